// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.content;

import java.util.List;
import java.util.Map;
import org.amrelay.mail.settings.Parameter;
import org.amrelay.mail.settings.YamlSettings;

/** {@code conf/content-rules.yaml} as it is written. */
public record ContentRuleFile(
        @Parameter(description = "addresses, @domains and @*.domains under names that rules use as group:name")
        Map<String, List<WrittenAddress>> groups,

        @Parameter(description = "the rules; those with the lower priority first, else in their order")
        List<RuleSettings> rules) {
    /** No rules. */
    public static ContentRuleFile none() {
        return new ContentRuleFile(Map.of(), List.of());
    }

    /**
     * Reads the file's text.
     *
     * @param environment what {@code ${NAME}} in a value stands for
     * @throws org.amrelay.mail.settings.InvalidSettingsException with all mistakes, each with its line
     */
    public static ContentRuleFile read(String text, Map<String, String> environment) {
        return YamlSettings.read(ContentRuleFile.class, text, environment);
    }
}
