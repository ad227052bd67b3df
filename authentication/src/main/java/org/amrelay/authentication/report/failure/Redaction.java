// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.report.failure;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.amrelay.mail.message.HeaderField;

/**
 * Replaces local parts of addresses by keyed digests, so that equal ones can be told to be equal, but not who they are (RFC
 * 6590 §3).
 *
 * <p>Safe for several threads.
 */
public final class Redaction {
    /** How a message came and was signed; subjects and whatever else people write are not in the list. */
    private static final Set<String> SHOWN = Set.of(
            "arc-authentication-results",
            "arc-message-signature",
            "arc-seal",
            "authentication-results",
            "content-type",
            "date",
            "dkim-signature",
            "list-id",
            "message-id",
            "mime-version",
            "received",
            "received-spf",
            "return-path");
    /** Of these only the addresses. */
    private static final Set<String> ADDRESSES =
            Set.of("cc", "from", "reply-to", "resent-from", "resent-sender", "resent-to", "sender", "to");

    private static final int DIGEST_OCTETS = 15;
    private static final int LONGEST_LOCAL_PART = 256;
    private static final String IN_LOCAL_PART = "!#$%&'*+-/=?^_`{|}~.";

    private final SecretKeySpec key;

    /** @param key some secret octets, the same as long as digests shall be comparable */
    public Redaction(byte[] key) {
        this.key = new SecretKeySpec(key.clone(), "HmacSHA256");
    }

    /** The field for strangers; empty text when it is not for them at all. */
    String field(HeaderField field) {
        if (ADDRESSES.contains(field.key())) {
            return field.name() + ": " + addresses(field.body());
        }
        return SHOWN.contains(field.key()) ? text(field.raw()) : "";
    }

    /** A text with all local parts replaced. */
    String text(String text) {
        StringBuilder redacted = new StringBuilder(text.length());
        int done = 0;
        for (int at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
            int start = startOfLocalPart(text, done, at);
            redacted.append(text, done, start);
            if (start < at) {
                redacted.append(digest(text.substring(start, at)));
            }
            redacted.append('@');
            done = at + 1;
        }
        return redacted.append(text, done, text.length()).toString();
    }

    private String addresses(String body) {
        StringBuilder addresses = new StringBuilder();
        int done = 0;
        for (int at = body.indexOf('@'); at >= 0; at = body.indexOf('@', at + 1)) {
            int start = startOfLocalPart(body, done, at);
            int end = at + 1;
            while (end < body.length() && isOfDomain(body.charAt(end))) {
                end++;
            }
            if (start < at && end > at + 1) {
                addresses
                        .append(addresses.isEmpty() ? "<" : ",\r\n <")
                        .append(digest(body.substring(start, at)))
                        .append(body, at, end)
                        .append('>');
            }
            done = at + 1;
        }
        return addresses.toString();
    }

    private static boolean isOfDomain(char c) {
        return Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_';
    }

    private static int startOfLocalPart(String text, int from, int at) {
        int lowest = Math.max(from, at - LONGEST_LOCAL_PART);
        int start = at;
        if (start > lowest && text.charAt(start - 1) == '"') {
            int quote = start - 2;
            while (quote > lowest && (text.charAt(quote) != '"' || text.charAt(quote - 1) == '\\')) {
                quote--;
            }
            return Math.max(quote, lowest);
        }
        while (start > lowest && isOfLocalPart(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    /** The equals sign of {@code i=joe@} stays; a tag's name is nobody's. */
    private static boolean isOfLocalPart(char c) {
        return c != '=' && (Character.isLetterOrDigit(c) || IN_LOCAL_PART.indexOf(c) >= 0 || c > 0x7f);
    }

    private String digest(String localPart) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            byte[] digest = mac.doFinal(localPart.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().encodeToString(java.util.Arrays.copyOf(digest, DIGEST_OCTETS));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has HmacSHA256", e);
        }
    }
}
