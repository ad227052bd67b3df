// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.content;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.settings.Parameter;
import org.amrelay.mail.settings.SourceLine;

/** What a rule does; several things together, of reject, quarantine and hold one. */
public record ActionSettings(
        @Parameter(description = "refuse the mail with this text; an account gets it as a notice")
        Optional<String> reject,

        @Parameter(description = "keep the mail in the quarantine", defaultsTo = "false")
        boolean quarantine,

        @Parameter(description = "keep the mail until somebody lets it go", defaultsTo = "false")
        boolean hold,

        @Parameter(description = "send the mail to these addresses instead")
        List<EmailAddress> redirect,

        @Parameter(description = "send the mail to these addresses as well")
        List<EmailAddress> copy,

        @Parameter(description = "take out the attachments that the rule has found", defaultsTo = "false")
        boolean stripAttachments,

        @Parameter(description = "put this text in the place of the attachments that the rule has found")
        Optional<String> replaceAttachments,

        @Parameter(description = "header fields that get these values")
        Map<String, String> setHeader,

        @Parameter(description = "header fields that are added")
        Map<String, String> addHeader,

        @Parameter(description = "header fields that are taken away")
        List<String> removeHeader,

        @Parameter(description = "text in front of the subject, unless it is there already")
        Optional<String> subjectTag,

        @Parameter(description = "tell these addresses what was found, masked")
        List<EmailAddress> tell,

        @Parameter(description = "add spam points", defaultsTo = "0")
        double score,

        @Parameter(description = "deliver it over verified TLS all the way only (RFC 8689)", defaultsTo = "false")
        boolean requireTls,

        @Parameter(description = "ask no further rule", defaultsTo = "false")
        boolean stop,

        SourceLine line) {}
