// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive.custom;

import java.util.List;
import org.amrelay.mail.settings.Parameter;

/** One entry of {@code dictionaries}: a type that is a list of words. */
public record WordList(
        @Parameter(description = "name of the type, in small letters with hyphens", example = "project-names")
        String name,

        @Parameter(
                description = "words and phrases, compared without case and accents",
                example = "Bluebird, Project Zeus")
        List<String> words,

        @Parameter(description = "confidence of a find", defaultsTo = "75", min = 1, max = 100)
        int confidence) {
    private static final int LONGEST_WORD = 200;

    public WordList {
        words = List.copyOf(words);
        TypeNames.check(name);
        if (words.isEmpty() || words.stream().anyMatch(word -> word.isBlank() || word.length() > LONGEST_WORD)) {
            throw new IllegalArgumentException(
                    "words of dictionary " + name + " need 1 to " + LONGEST_WORD + " characters each");
        }
    }
}
