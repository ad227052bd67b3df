// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tls;

import java.security.cert.X509Certificate;
import java.util.List;

/** Judges the certificates of a server. Pure but for the clock; takes milliseconds; safe for several threads. */
@FunctionalInterface
public interface PeerCheck {
    /** Takes any server. */
    PeerCheck NONE = chain -> new PeerVerdict.Unchecked();

    /** @param chain as the server sent it, its own certificate first, at least one */
    PeerVerdict check(List<X509Certificate> chain);
}
