// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.results;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.amrelay.authentication.results.AuthenticationResults.MethodResult;
import org.amrelay.authentication.results.AuthenticationResults.Property;
import org.amrelay.mail.message.HeaderField;
import org.amrelay.mail.message.HeaderSection;

/**
 * The header field Authentication-Results: written, and recognised when it pretends to be ours (RFC 8601 §2.2, §5).
 *
 * <p>Every value is a token or a quoted string of printable US-ASCII, of limited length, whatever it was before.
 */
public final class AuthenticationResultsField {
    private static final String NAME = "Authentication-Results";
    private static final int LONGEST_VALUE = 320;
    private static final String NOT_IN_TOKENS = "()<>@,;:\\\"/[]?= ";

    private AuthenticationResultsField() {}

    /** The field to put before all others. */
    public static HeaderField write(AuthenticationResults results) {
        return HeaderField.of(NAME + ": " + payload(results));
    }

    /** What stands behind the colon, folded between results. */
    public static String payload(AuthenticationResults results) {
        StringBuilder text = new StringBuilder(value(results.authservId()));
        if (results.results().isEmpty()) {
            return text.append("; none").toString();
        }
        for (MethodResult result : results.results()) {
            text.append(";\r\n\t").append(token(result.method())).append('=').append(token(result.result()));
            result.reason().ifPresent(reason -> text.append("\r\n\t reason=").append(quoted(cleaned(reason))));
            for (Property property : result.properties()) {
                text.append("\r\n\t ")
                        .append(token(property.type()))
                        .append('.')
                        .append(token(property.name()));
                text.append('=').append(propertyValue(property.value()));
            }
        }
        return text.toString();
    }

    /** Words of protocols, which only our own code chooses. */
    private static String token(String text) {
        if (!isToken(text)) {
            throw new IllegalArgumentException("not a token: " + text);
        }
        return text;
    }

    private static String value(String text) {
        String clean = cleaned(text);
        return isToken(clean) ? clean : quoted(clean);
    }

    /** A local part may stand before the domain without quotes (RFC 8601 §2.2, pvalue). */
    private static String propertyValue(String text) {
        String clean = cleaned(text);
        int at = clean.lastIndexOf('@');
        boolean address = at >= 0 && (at == 0 || isToken(clean.substring(0, at))) && isToken(clean.substring(at + 1));
        return address || isToken(clean) ? clean : quoted(clean);
    }

    private static String cleaned(String text) {
        StringBuilder clean = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), LONGEST_VALUE); i++) {
            char c = text.charAt(i);
            clean.append(c >= ' ' && c <= '~' ? c : '?');
        }
        return clean.toString();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(AuthenticationResultsField::isTokenCharacter);
    }

    /** RFC 2045 §5.1. */
    static boolean isTokenCharacter(int c) {
        return c > ' ' && c <= '~' && NOT_IN_TOKENS.indexOf(c) < 0;
    }

    /**
     * The fields that claim to come from us, although nobody of us has seen the message yet (RFC 8601 §5).
     *
     * <p>A field whose author cannot be read is among them: other readers might see our name in it.
     *
     * @param ours all names under which we write such fields
     */
    public static List<HeaderField> forged(HeaderSection header, Set<String> ours) {
        List<String> names = ours.stream().map(n -> n.toLowerCase(Locale.ROOT)).toList();
        return header.named(NAME).stream()
                .filter(field -> AuthenticationResultsParser.authservId(field.body())
                        .fold(id -> names.contains(id.toLowerCase(Locale.ROOT)), why -> true))
                .toList();
    }
}
