// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive;

import java.util.List;
import java.util.Map;
import org.amrelay.filtering.sensitive.custom.PatternType;
import org.amrelay.filtering.sensitive.custom.WordList;
import org.amrelay.mail.settings.Parameter;
import org.amrelay.mail.settings.YamlSettings;

/** What a site may say about sensitive types. */
public record SensitiveSettings(
        @Parameter(
                description = "so many finds of each type are reported of one text",
                defaultsTo = "1000",
                min = 1,
                max = 100_000)
        int mostFinds,

        @Parameter(
                description = "countries whose phone numbers are found without their code, near a word such as phone",
                defaultsTo = "US, GB, DE, FR, ES, IT, NL, BE, CH, AT, AU, IN, BR, PL, SE")
        List<String> phoneRegions,

        @Parameter(
                description = "so many different mail addresses are a list",
                defaultsTo = "10",
                min = 2,
                max = 100_000)
        int addressesInAList,

        @Parameter(
                description =
                        "values that never count, such as card numbers for tests; spaces and hyphens in them do not matter",
                defaultsTo = "")
        List<String> ignore,

        @Parameter(description = "types that are lists of words", defaultsTo = "")
        List<WordList> dictionaries,

        @Parameter(description = "types that are regular expressions", defaultsTo = "")
        List<PatternType> patterns) {
    public SensitiveSettings {
        phoneRegions = List.copyOf(phoneRegions);
        ignore = List.copyOf(ignore);
        dictionaries = List.copyOf(dictionaries);
        patterns = List.copyOf(patterns);
        if (phoneRegions.stream().anyMatch(region -> !region.matches("[A-Z]{2}"))) {
            throw new IllegalArgumentException("phone-regions are codes of two capital letters");
        }
    }

    /** All defaults. */
    public static SensitiveSettings standard() {
        return read("most-finds: 1000", Map.of());
    }

    /**
     * Reads a YAML text.
     *
     * @param environment what {@code ${NAME}} in a value stands for
     * @throws org.amrelay.mail.settings.InvalidSettingsException with all mistakes
     */
    public static SensitiveSettings read(String text, Map<String, String> environment) {
        return YamlSettings.read(SensitiveSettings.class, text, environment);
    }
}
