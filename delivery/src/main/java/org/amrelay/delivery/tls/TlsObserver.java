// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tls;

import java.net.InetSocketAddress;

/** Hears what came of TLS in each session, for reports; quick, throws nothing, any thread. */
@FunctionalInterface
public interface TlsObserver {
    void observed(TlsOutcome outcome, InetSocketAddress own, InetSocketAddress server);

    /** Nobody wants to know. */
    static TlsObserver none() {
        return (outcome, own, server) -> {};
    }
}
