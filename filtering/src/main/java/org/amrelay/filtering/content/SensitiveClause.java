// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.content;

import java.util.Set;
import org.amrelay.mail.settings.Parameter;
import org.amrelay.mail.settings.SourceLine;

/** Sensitive values that a rule asks for. */
public record SensitiveClause(
        @Parameter(description = "types of values; one is enough", example = "iban")
        Set<String> types,

        @Parameter(description = "subject, body or attachments; without it everywhere")
        Set<TextPlace> in,

        @Parameter(description = "how many are found together", defaultsTo = "1", min = 1, max = 1000)
        int count,

        @Parameter(description = "how sure each must be, in percent", defaultsTo = "75", min = 0, max = 100)
        int confidence,

        SourceLine line) {}
