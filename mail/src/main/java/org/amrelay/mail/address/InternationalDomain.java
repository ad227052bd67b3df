// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.address;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/**
 * A domain with letters beyond ASCII in the form that DNS and servers without SMTPUTF8 know: A-labels (RFC 5890 §2.3.2.1).
 *
 * <p>Labels are brought into normal form C and lower case, as users type them, and mapped no further (RFC 5895 §2 leaves
 * that to who takes input); unlike the older IDNA of {@code java.net.IDN}, sharp s and final sigma keep their own names
 * (RFC 5894 §7.2). Stateless.
 */
public final class InternationalDomain {
    private static final String ACE = "xn--";
    private static final int LONGEST_LABEL = 63;
    private static final int LONGEST_DOMAIN = 253;
    /** Joiners and the marks that belong to words of some scripts (RFC 5892 §2.6, appendix A). */
    private static final String OTHERS = "-\u00b7\u0375\u05f3\u05f4\u30fb\u200c\u200d";

    private InternationalDomain() {}

    /** Whether all characters are ASCII, so that there is nothing to convert. */
    public static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7e) {
                return false;
            }
        }
        return true;
    }

    /**
     * The domain in ASCII; a domain in ASCII as it is.
     *
     * @return empty when a label has a character that no domain has, is empty, or is too long
     */
    public static Optional<String> toAscii(String domain) {
        if (isAscii(domain)) {
            return Optional.of(domain);
        }
        StringBuilder ascii = new StringBuilder(domain.length() + 16);
        String normal = Normalizer.normalize(domain.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
        for (String label : normal.split("\\.", -1)) {
            String converted = isAscii(label) ? label : ACE + Punycode.encode(label);
            if (label.isEmpty() || converted.length() > LONGEST_LABEL || !isLabel(label)) {
                return Optional.empty();
            }
            ascii.append(ascii.isEmpty() ? "" : ".").append(converted);
        }
        return ascii.length() > LONGEST_DOMAIN ? Optional.empty() : Optional.of(ascii.toString());
    }

    /** The same, or the domain as it is when it has no such form; for comparing and looking up. */
    public static String canonical(String domain) {
        return toAscii(domain).orElse(domain);
    }

    /** The domain as people read it: A-labels that are some become letters, all else stays. */
    public static String readable(String domain) {
        if (!domain.contains(ACE)) {
            return domain;
        }
        StringBuilder text = new StringBuilder(domain.length());
        for (String label : domain.split("\\.", -1)) {
            text.append(text.isEmpty() ? "" : ".")
                    .append(
                            label.startsWith(ACE)
                                    ? Punycode.decode(label.substring(ACE.length()))
                                            .filter(read -> canonical(read).equals(label))
                                            .orElse(label)
                                    : label);
        }
        return text.toString();
    }

    private static boolean isLabel(String label) {
        return !label.startsWith("-")
                && !label.endsWith("-")
                && !isMark(label.codePointAt(0))
                && label.codePoints()
                        .allMatch(c -> Character.isLetterOrDigit(c) || isMark(c) || c == '_' || OTHERS.indexOf(c) >= 0);
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }
}
