// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tlspolicy;

import java.util.concurrent.CompletionStage;
import org.amrelay.delivery.tls.TlsRequirement;

/** What the hosts of one destination must reach. */
@FunctionalInterface
public interface DestinationTls {
    /**
     * For one host.
     *
     * @param host a name or an address literal
     * @param addressesAreSecure whether the look-up of its addresses was validated
     * @return completes normally, perhaps with a refusal
     */
    CompletionStage<TlsRequirement> of(String host, int port, boolean addressesAreSecure);
}
