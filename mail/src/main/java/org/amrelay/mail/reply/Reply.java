// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.reply;

import java.util.Optional;

/**
 * One SMTP reply (RFC 5321 §4.2): code, enhanced code where one was given, and the text of all its lines.
 *
 * <p>Immutable.
 *
 * @param code 200 to 599
 * @param enhanced the enhanced code (RFC 2034), when the peer gave one
 * @param text lines joined by line feeds, without codes; never null, may be empty
 */
public record Reply(int code, Optional<EnhancedCode> enhanced, String text) {
    public Reply {
        if (code < 200 || code > 599) {
            throw new IllegalArgumentException("not a reply code: " + code);
        }
    }

    public static Reply of(int code, String enhanced, String text) {
        return new Reply(code, EnhancedCode.atStartOf(enhanced), text);
    }

    /** The same reply with a remark of ours behind the peer's words. */
    public Reply with(String remark) {
        return new Reply(code, enhanced, text.isEmpty() ? "(" + remark + ")" : text + " (" + remark + ")");
    }

    /** 2xx: done. */
    public boolean isPositive() {
        return code < 300;
    }

    /** 4xx: try later. */
    public boolean isTemporary() {
        return code >= 400 && code < 500;
    }

    /** 5xx: final. */
    public boolean isPermanent() {
        return code >= 500;
    }

    /** {@code 550 5.1.1 no such user}, in one line. */
    @Override
    public String toString() {
        return code + " " + enhanced.map(e -> e + " ").orElse("") + text.replace('\n', ' ');
    }
}
