// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.content;

import java.util.List;
import java.util.Optional;
import org.amrelay.mail.settings.Parameter;
import org.amrelay.mail.settings.SourceLine;

/** One rule as it is written. */
public record RuleSettings(
        @Parameter(description = "name in logs, traces and explanations", example = "cards-to-outside")
        String name,

        @Parameter(description = "for people") Optional<String> description,

        @Parameter(
                description = "enforce, audit (recorded only) or test (seen by amr explain only)",
                defaultsTo = "enforce")
        RuleMode mode,

        @Parameter(description = "rules with a lower number are asked earlier", defaultsTo = "100")
        int priority,

        @Parameter(description = "what must hold, all of it; without it every mail")
        Optional<ConditionSettings> when,

        @Parameter(description = "where one of these holds the rule does not")
        List<ConditionSettings> except,

        @Parameter(description = "what is done") Optional<ActionSettings> then,

        SourceLine line) {}
