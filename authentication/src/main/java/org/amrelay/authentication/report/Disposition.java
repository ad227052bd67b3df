// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.report;

import java.util.Locale;

/** What became of a message as far as DMARC is concerned (RFC 9990 §2.1.1.8). */
public enum Disposition {
    NONE,
    QUARANTINE,
    REJECT;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
