// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.iprev;

import java.net.InetAddress;
import java.util.Locale;

/**
 * What is known of a client's name.
 *
 * <p>Immutable.
 *
 * @param name the confirmed name with {@code PASS}, an unconfirmed one with {@code FAIL}; may be empty
 */
public record IprevResult(Status status, InetAddress client, String name, String reason) {
    /** The results of RFC 8601 §2.7.3. */
    public enum Status {
        /** A name of the client leads back to it. */
        PASS,
        /** No name leads back. */
        FAIL,
        /** The DNS did not say; asking later may give another answer. */
        TEMPERROR,
        /** The client has no name. */
        PERMERROR;

        /** The word in header fields. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
