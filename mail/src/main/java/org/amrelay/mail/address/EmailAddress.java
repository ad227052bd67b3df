// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.address;

import java.util.Locale;
import java.util.Optional;

/**
 * A mailbox of an SMTP envelope: local part as given, domain in lower case (RFC 5321 §2.4, §4.1.2; in UTF-8 RFC 6531 §3.3).
 *
 * <p>The local part keeps its quoting and its case. Two addresses are equal when local parts are equal to the letter
 * and domains are equal without regard to case. Immutable.
 *
 * @param localPart 1 to 64 octets, as written, quotes included
 * @param domain 1 to 255 octets, lower case, in A-labels (RFC 5890); an address literal keeps its brackets
 */
public record EmailAddress(String localPart, String domain) implements Comparable<EmailAddress> {
    private static final int LONGEST_LOCAL_PART = 64;
    private static final int LONGEST_DOMAIN = 255;

    public EmailAddress {
        if (localPart.isEmpty() || domain.isEmpty()) {
            throw new IllegalArgumentException("an address needs a local part and a domain");
        }
        if (hasControl(localPart) || hasControl(domain)) {
            throw new IllegalArgumentException("an address holds no control characters");
        }
        domain = InternationalDomain.canonical(domain).toLowerCase(Locale.ROOT);
    }

    /**
     * Reads {@code local@domain} without brackets.
     *
     * @return empty when there is no {@code @}, a side is empty or too long (RFC 5321 §4.5.3.1), or a control character is in it
     */
    public static Optional<EmailAddress> parse(String text) {
        int at = text.lastIndexOf('@');
        if (at < 1 || at == text.length() - 1) {
            return Optional.empty();
        }
        if (octets(text, 0, at) > LONGEST_LOCAL_PART || octets(text, at + 1, text.length()) > LONGEST_DOMAIN) {
            return Optional.empty();
        }
        if (hasControl(text)) {
            return Optional.empty();
        }
        return Optional.of(new EmailAddress(text.substring(0, at), text.substring(at + 1)));
    }

    /**
     * The same as {@link #parse} for text that is known to be an address.
     *
     * @throws IllegalArgumentException when it is not
     */
    public static EmailAddress of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("not an address: " + text));
    }

    /** In UTF-8, in which addresses go over the wire (RFC 6531 §3.3). */
    private static int octets(String text, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            // The two halves of a surrogate pair have four octets together
            count += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return count;
    }

    /** Whether the local part has characters beyond ASCII, so that only SMTPUTF8 can carry it (RFC 6531 §3.2). */
    public boolean needsUtf8() {
        return !InternationalDomain.isAscii(localPart);
    }

    private static boolean hasControl(String text) {
        return text.chars().anyMatch(c -> c < ' ' || c == 0x7f);
    }

    @Override
    public int compareTo(EmailAddress other) {
        return toString().compareTo(other.toString());
    }

    /** {@code local@domain}; the domain in letters when the local part is beyond ASCII as well. */
    @Override
    public String toString() {
        return localPart + '@' + (needsUtf8() ? InternationalDomain.readable(domain) : domain);
    }

    /** {@code local@domain} with the domain in A-labels. */
    public String toAsciiDomain() {
        return localPart + '@' + domain;
    }
}
