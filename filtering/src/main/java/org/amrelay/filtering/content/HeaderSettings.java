// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.content;

import java.util.List;
import java.util.Optional;
import org.amrelay.mail.settings.Parameter;
import org.amrelay.mail.settings.SourceLine;

/** A header field that a rule asks for; with its name alone, whether it is there. */
public record HeaderSettings(
        @Parameter(description = "name of the field", example = "X-Mailer")
        String name,

        @Parameter(description = "words of which one is in it, without regard to case")
        List<String> contains,

        @Parameter(description = "RE2 pattern that is found in it, without regard to case")
        Optional<String> matches,

        SourceLine line) {}
