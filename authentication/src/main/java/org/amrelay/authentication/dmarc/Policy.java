// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.dmarc;

import java.util.Locale;

/** What a domain wants done with mail that fails (RFC 9989 §4.7, {@code p=}). */
public enum Policy {
    NONE,
    QUARANTINE,
    REJECT;

    /** The word in records and header fields. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** One level less, which domains ask for while they are testing ({@code t=y}). */
    Policy whileTesting() {
        return this == REJECT ? QUARANTINE : NONE;
    }
}
