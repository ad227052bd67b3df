// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.spam.rules;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Locale;
import java.util.Set;
import org.amrelay.mail.message.DecodedField;

/** Tests by an operator's pattern; RE2/J, so that its time is linear in the text. Stateless. */
final class PatternChecks {
    private static final int LONGEST_FIELD = 4_096;
    private static final int LONGEST_TEXT = 32_768;
    private static final int LONGEST_PATTERN = 1_000;

    private PatternChecks() {}

    /** @throws IllegalArgumentException with a sentence when it is no pattern */
    private static Pattern pattern(String text) {
        if (text.length() > LONGEST_PATTERN) {
            throw new IllegalArgumentException("a pattern has at most " + LONGEST_PATTERN + " characters");
        }
        try {
            return Pattern.compile(text, Pattern.CASE_INSENSITIVE);
        } catch (PatternSyntaxException wrong) {
            throw new IllegalArgumentException("'" + text + "' is no pattern: " + wrong.getMessage(), wrong);
        }
    }

    /** The decoded text of any field of a name. */
    static Check header(String name, String text) {
        Pattern pattern = pattern(text);
        String key = name.toLowerCase(Locale.ROOT);
        return specimen -> specimen.header().fields().stream()
                .filter(field -> field.key().equals(key))
                .map(DecodedField::text)
                .map(value -> value.substring(0, Math.min(value.length(), LONGEST_FIELD)))
                .filter(value -> pattern.matcher(value).find())
                .findFirst();
    }

    /** Any link. */
    static Check uri(String text) {
        Pattern pattern = pattern(text);
        return specimen -> specimen.links().stream()
                .limit(100)
                .map(link -> link.address().written())
                .map(written -> written.substring(0, Math.min(written.length(), LONGEST_FIELD)))
                .filter(written -> pattern.matcher(written).find())
                .findFirst();
    }

    /** The text that is seen, folded to small letters; only when one of the words is in it, which is quickly known. */
    static Check body(String text, Set<String> words) {
        Pattern pattern = pattern(text);
        return specimen -> {
            String folded = specimen.folded();
            if (!words.isEmpty() && words.stream().noneMatch(folded::contains)) {
                return java.util.Optional.empty();
            }
            String cut = folded.substring(0, Math.min(folded.length(), LONGEST_TEXT));
            return Check.when(pattern.matcher(cut).find(), text);
        };
    }
}
