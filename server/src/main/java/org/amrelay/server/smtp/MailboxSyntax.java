// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.mail.internet.AddressException;
import org.amrelay.james.Addresses;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.InternationalDomain;
import org.apache.james.core.MailAddress;

/**
 * Mailboxes exactly as RFC 5321 §4.1.2 writes them, with the letters beyond ASCII of RFC 6531 §3.3, and nothing else.
 *
 * <p>James' own reading ignores what it does not expect; an open relay begins where two readings of one address differ.
 * So an address passes only when the grammar holds from its first to its last character and James reads back the very
 * same text. Whether characters beyond ASCII may come at all is not decided here. Never fails. Stateless.
 */
final class MailboxSyntax {
    private static final int LONGEST_LOCAL_PART = 64;
    private static final int LONGEST_DOMAIN = 253;
    private static final String ATEXT = "!#$%&'*+-/=?^_`{|}~";
    private static final String JOINERS = "\u200c\u200d";

    private MailboxSyntax() {}

    static Optional<MailAddress> parse(String text) {
        int at = endOfLocalPart(text);
        if (at < 1 || at >= text.length() || text.charAt(at) != '@') {
            return Optional.empty();
        }
        String local = text.substring(0, at);
        String domain = text.substring(at + 1);
        if (local.getBytes(StandardCharsets.UTF_8).length > LONGEST_LOCAL_PART) {
            return Optional.empty();
        }
        boolean known = isLiteral(domain)
                || InternationalDomain.toAscii(domain)
                        .filter(MailboxSyntax::isDomain)
                        .isPresent();
        return known ? read(new EmailAddress(local, domain)) : Optional.empty();
    }

    private static Optional<MailAddress> read(EmailAddress given) {
        try {
            MailAddress address = Addresses.toJames(given);
            return Addresses.of(address).equals(given) ? Optional.of(address) : Optional.empty();
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
            if (i >= text.length() || text.charAt(i) < ' ' || (text.charAt(i) > '~' && !isLetterBeyondAscii(text, i))) {
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
            if (!dot && !isLetterOrDigit(c) && ATEXT.indexOf(c) < 0 && !isLetterBeyondAscii(text, i)) {
                return 0;
            }
            i++;
        }
        return i;
    }

    /** UTF8-non-ascii, but for what shows as nothing, as space, or in another place than it stands. */
    private static boolean isLetterBeyondAscii(String text, int i) {
        char c = text.charAt(i);
        if (c < 0xa0) {
            return false;
        }
        boolean secondHalf = Character.isLowSurrogate(c) && i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
        int point = secondHalf ? text.codePointAt(i - 1) : text.codePointAt(i);
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> false;
            case Character.FORMAT -> JOINERS.indexOf(point) >= 0;
            default -> true;
        };
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
