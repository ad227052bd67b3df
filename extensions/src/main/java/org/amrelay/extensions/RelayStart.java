// SPDX-License-Identifier: Apache-2.0
package org.amrelay.extensions;

import javax.inject.Inject;
import org.apache.james.utils.UserDefinedStartable;

/** Starts the delivery engine together with James; the line {@code guice.extension.startable} names it. */
public final class RelayStart implements UserDefinedStartable {
    private final DeliveryService service;

    /** Called by James. */
    @Inject
    public RelayStart(DeliveryService service) {
        this.service = service;
    }

    @Override
    public void start() {
        service.start();
    }
}
