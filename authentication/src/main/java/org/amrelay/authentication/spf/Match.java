// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.spf;

/** What a mechanism said of the client (RFC 7208 §5): errors end the whole evaluation. */
record Match(Kind kind, String reason) {
    enum Kind {
        YES,
        NO,
        TEMPERROR,
        PERMERROR
    }

    static final Match YES = new Match(Kind.YES, "");
    static final Match NO = new Match(Kind.NO, "");

    static Match of(boolean matches) {
        return matches ? YES : NO;
    }

    static Match temporary(String reason) {
        return new Match(Kind.TEMPERROR, reason);
    }

    static Match permanent(String reason) {
        return new Match(Kind.PERMERROR, reason);
    }
}
