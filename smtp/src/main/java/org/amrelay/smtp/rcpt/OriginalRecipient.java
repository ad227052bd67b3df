// SPDX-License-Identifier: Apache-2.0
package org.amrelay.smtp.rcpt;

import java.util.Locale;
import java.util.Optional;
import javax.mail.internet.AddressException;
import org.amrelay.james.Addresses;
import org.amrelay.mail.address.EmailAddress;
import org.apache.james.core.MailAddress;
import org.apache.mailet.DsnParameters.XText;

/** Reads the value of ORCPT: {@code rfc822;} in xtext (RFC 3461 §4.2) or {@code utf-8;} (RFC 6533 §3). Stateless. */
final class OriginalRecipient {
    private static final String ESCAPE = "\\x{";
    private static final int LONGEST_ESCAPE = 6;

    private OriginalRecipient() {}

    /** Empty for anything that is no address in one of the two forms. */
    static Optional<MailAddress> parse(String value) {
        int semicolon = value.indexOf(';');
        String text = value.substring(semicolon + 1);
        return switch (value.substring(0, Math.max(0, semicolon)).toLowerCase(Locale.ROOT)) {
            case "rfc822" -> XText.isValid(text) ? address(XText.decode(text)) : Optional.empty();
            case "utf-8" -> unescaped(text).flatMap(OriginalRecipient::address);
            default -> Optional.empty();
        };
    }

    private static Optional<MailAddress> address(String text) {
        Optional<EmailAddress> address = EmailAddress.parse(text);
        try {
            return address.isPresent() ? Optional.of(Addresses.toJames(address.get())) : Optional.empty();
        } catch (AddressException none) {
            return Optional.empty();
        }
    }

    /** Characters as they are, or by their number as {@code \x{F6}}. */
    private static Optional<String> unescaped(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        int from = 0;
        for (int at = text.indexOf(ESCAPE); at >= 0; at = text.indexOf(ESCAPE, from)) {
            int end = text.indexOf('}', at);
            int start = at + ESCAPE.length();
            if (end <= start || end - start > LONGEST_ESCAPE) {
                return Optional.empty();
            }
            try {
                plain.append(text, from, at).appendCodePoint(Integer.parseInt(text, start, end, 16));
            } catch (IllegalArgumentException noCharacter) {
                return Optional.empty();
            }
            from = end + 1;
        }
        return Optional.of(plain.append(text, from, text.length()).toString());
    }
}
