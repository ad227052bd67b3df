// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.dns;

/**
 * One mail exchanger.
 *
 * @param preference lower is tried first, 0 to 65535
 * @param host lower case without final dot; empty for the root, which means that the domain takes no mail (RFC 7505)
 */
public record MxRecord(int preference, String host) {
    /** Whether this is the null MX. */
    public boolean isNull() {
        return host.isEmpty();
    }
}
