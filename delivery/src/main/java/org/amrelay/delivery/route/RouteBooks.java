// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.route;

import java.util.concurrent.atomic.AtomicReference;

/** The route book in force, for those who decide on mail and those who deliver it. Safe for several threads. */
public final class RouteBooks {
    private final AtomicReference<RouteBook> current;

    public RouteBooks(RouteBook book) {
        this.current = new AtomicReference<>(book);
    }

    public RouteBook current() {
        return current.get();
    }

    /** From now on another book is in force, also for mail that waits. */
    public void replace(RouteBook book) {
        current.set(book);
    }
}
