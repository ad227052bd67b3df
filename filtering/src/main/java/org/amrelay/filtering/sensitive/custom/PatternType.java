// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive.custom;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import org.amrelay.mail.settings.Parameter;

/** One entry of {@code patterns}: a type that is a regular expression, with or without words near it. */
public record PatternType(
        @Parameter(description = "name of the type, in small letters with hyphens", example = "staff-number")
        String name,

        @Parameter(description = "regular expression of RE2", example = "\\bEMP-[0-9]{6}\\b")
        String pattern,

        @Parameter(description = "words that raise the confidence to 85 when within 300 characters", defaultsTo = "")
        List<String> keywords,

        @Parameter(description = "whether it counts only with such a word", defaultsTo = "false")
        boolean needsKeyword,

        @Parameter(description = "confidence without such a word", defaultsTo = "75", min = 1, max = 100)
        int confidence) {
    private static final int LONGEST = 1000;

    public PatternType {
        keywords = List.copyOf(keywords);
        TypeNames.check(name);
        if (pattern.length() > LONGEST) {
            throw new IllegalArgumentException("pattern of " + name + " is longer than " + LONGEST + " characters");
        }
        compile(name, pattern);
    }

    Pattern compiled() {
        return compile(name, pattern);
    }

    private static Pattern compile(String name, String pattern) {
        try {
            Pattern compiled = Pattern.compile(pattern);
            if (compiled.matcher("").find()) {
                throw new IllegalArgumentException("pattern of " + name + " matches the empty text");
            }
            return compiled;
        } catch (PatternSyntaxException wrong) {
            throw new IllegalArgumentException("pattern of " + name + ": " + wrong.getDescription(), wrong);
        }
    }
}
