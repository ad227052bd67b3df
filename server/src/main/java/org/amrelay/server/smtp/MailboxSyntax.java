// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import java.util.Optional;
import javax.mail.internet.AddressException;
import org.apache.james.core.MailAddress;

/**
 * Mailboxes exactly as RFC 5321 §4.1.2 writes them, and nothing else.
 *
 * <p>James' own reading ignores what it does not expect; an open relay begins where two readings of one address differ.
 * So an address passes only when the grammar holds from its first to its last character and James reads back the very
 * same text. Never fails. Stateless.
 */
final class MailboxSyntax {
    private static final int LONGEST_LOCAL_PART = 64;
    private static final int LONGEST_DOMAIN = 253;
    private static final String ATEXT = "!#$%&'*+-/=?^_`{|}~";

    private MailboxSyntax() {}

    static Optional<MailAddress> parse(String text) {
        int at = endOfLocalPart(text);
        if (at < 1 || at > LONGEST_LOCAL_PART || at >= text.length() || text.charAt(at) != '@') {
            return Optional.empty();
        }
        String domain = text.substring(at + 1);
        if (!isDomain(domain) && !isLiteral(domain)) {
            return Optional.empty();
        }
        try {
            MailAddress address = new MailAddress(text);
            return address.asString().equalsIgnoreCase(text) ? Optional.of(address) : Optional.empty();
        } catch (AddressException e) {
            return Optional.empty();
        }
    }

    /** The position after the local part, or 0 when there is none. */
    private static int endOfLocalPart(String text) {
        return text.startsWith("\"") ? endOfQuoted(text) : endOfDotString(text);
    }

    private static int endOfQuoted(String text) {
        int i = 1;
        while (i < text.length() && text.charAt(i) != '"') {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            }
            if (i >= text.length() || text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return 0;
            }
            i++;
        }
        return i < text.length() && i > 1 ? i + 1 : 0;
    }

    private static int endOfDotString(String text) {
        int i = 0;
        while (i < text.length() && text.charAt(i) != '@') {
            char c = text.charAt(i);
            boolean dot = c == '.'
                    && i > 0
                    && text.charAt(i - 1) != '.'
                    && i + 1 < text.length()
                    && text.charAt(i + 1) != '@';
            if (!dot && !isLetterOrDigit(c) && ATEXT.indexOf(c) < 0) {
                return 0;
            }
            i++;
        }
        return i;
    }

    private static boolean isDomain(String text) {
        if (text.isEmpty() || text.length() > LONGEST_DOMAIN) {
            return false;
        }
        for (String label : text.split("\\.", -1)) {
            boolean letters = label.chars().allMatch(c -> isLetterOrDigit((char) c) || c == '-');
            if (label.isEmpty() || label.length() > 63 || !letters || label.startsWith("-") || label.endsWith("-")) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLiteral(String text) {
        return text.length() > 2
                && text.startsWith("[")
                && text.endsWith("]")
                && text.substring(1, text.length() - 1).chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
