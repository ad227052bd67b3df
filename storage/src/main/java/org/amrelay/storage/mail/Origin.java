// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.mail;

/**
 * The peer that gave us a mail.
 *
 * <p>Immutable. Values that are not known are empty text.
 *
 * @param remoteHost name of the peer as looked up, else its address
 * @param remoteAddress IP address without brackets
 * @param helo what the peer called itself
 * @param protocol how the mail came, as in a Received field (RFC 3848): {@code ESMTPSA}; empty for mail from within
 */
public record Origin(String remoteHost, String remoteAddress, String helo, String protocol) {
    /** Mail that the relay wrote itself, such as a bounce. */
    public static Origin within() {
        return new Origin("localhost", "127.0.0.1", "", "");
    }
}
