// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

/**
 * Who the relay is at a server that wants a log-in (RFC 4954).
 *
 * @param user without control characters
 * @param judge says whether a server's certificate is good enough for a password
 */
public record LogIn(String user, Secret secret, CertificateJudge judge) {
    public LogIn {
        if (user.isEmpty() || user.length() > 255 || user.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new IllegalArgumentException("is no user name");
        }
    }
}
