// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.content;

import java.util.List;
import java.util.Set;
import org.amrelay.mail.settings.Parameter;
import org.amrelay.mail.settings.SourceLine;

/** Text that a rule asks for. */
public record TextSettings(
        @Parameter(description = "subject, body or attachments; without it subject and body")
        Set<TextPlace> in,

        @Parameter(description = "whole words or phrases, without regard to case; one is enough")
        List<String> words,

        @Parameter(description = "RE2 patterns, without regard to case; one is enough")
        List<String> patterns,

        @Parameter(
                description = "how often words and patterns are found together",
                defaultsTo = "1",
                min = 1,
                max = 1000)
        int count,

        SourceLine line) {}
