// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.InternationalDomain;

/**
 * The ASCII address that stands for an internationalised one inside James, whose {@code MailAddress} takes no other
 * (docs/decisions/0072).
 *
 * <p>Its domain is the true one in A-labels, so that all that James decides by domain stays right. Its local part holds
 * local part and domain as written, in hexadecimal. An ASCII address that looks like a stand-in gets one itself; so nobody
 * outside can name an address by two texts. Stateless.
 */
final class StandIn {
    private static final String MARK = "=utf8=";
    private static final char SEPARATOR = '.';

    private StandIn() {}

    static boolean isNeeded(EmailAddress address) {
        return address.needsUtf8() || address.localPart().startsWith(MARK);
    }

    static String localPart(EmailAddress address) {
        String local = MARK + hex(address.localPart());
        return InternationalDomain.isAscii(address.domain()) ? local : local + SEPARATOR + hex(address.domain());
    }

    /** The address that a local part stands for; empty when it is no stand-in. */
    static Optional<EmailAddress> read(String localPart, String domain) {
        if (!localPart.startsWith(MARK)) {
            return Optional.empty();
        }
        String rest = localPart.substring(MARK.length());
        int separator = rest.indexOf(SEPARATOR);
        try {
            String local = text(separator < 0 ? rest : rest.substring(0, separator));
            String written = separator < 0 ? domain : text(rest.substring(separator + 1));
            // Another domain was put in its place meanwhile, as a rewrite rule does
            boolean same = InternationalDomain.canonical(written).equalsIgnoreCase(domain);
            EmailAddress address = new EmailAddress(local, same ? written : domain);
            return isNeeded(address) ? Optional.of(address) : Optional.empty();
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(String hex) {
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8);
    }
}
