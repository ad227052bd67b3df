// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.content;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.amrelay.mail.address.DomainPattern;
import org.amrelay.mail.settings.DataSize;
import org.amrelay.mail.settings.Parameter;
import org.amrelay.mail.settings.SourceLine;

/** What a rule asks for; all that is given must hold, of a list one. */
public record ConditionSettings(
        @Parameter(
                description = "envelope senders: addresses, @domain, @*.domain, group:name, or <> for the null sender")
        List<WrittenAddress> sender,

        @Parameter(description = "authors of the From field, written as senders are")
        List<WrittenAddress> author,

        @Parameter(description = "envelope recipients, written as senders are; asked for each of them")
        List<WrittenAddress> recipient,

        @Parameter(description = "domains of the envelope sender")
        List<DomainPattern> senderDomains,

        @Parameter(description = "domains of the recipient; asked for each of them")
        List<DomainPattern> recipientDomains,

        @Parameter(description = "inbound, outbound or internal; asked for each recipient")
        Set<MailDirection> direction,

        @Parameter(description = "header fields, all of them")
        List<HeaderSettings> header,

        @Parameter(description = "the message has more than that")
        Optional<DataSize> largerThan,

        @Parameter(description = "one attachment that is all of this")
        Optional<AttachmentSettings> attachment,

        @Parameter(description = "words or patterns in text")
        Optional<TextSettings> text,

        @Parameter(description = "sensitive values") Optional<SensitiveClause> sensitive,

        @Parameter(description = "a result of authentication, such as spf=fail or dmarc=pass; one of the list")
        List<String> authentication,

        @Parameter(description = "more spam points than that")
        Optional<Double> spamScoreAbove,

        @Parameter(description = "none, signed or encrypted")
        Set<MessageProtection> protection,

        @Parameter(description = "when the mail is looked at")
        Optional<TimeSettings> time,

        @Parameter(description = "all of these hold") List<ConditionSettings> all,

        @Parameter(description = "one of these holds") List<ConditionSettings> any,

        @Parameter(description = "this does not hold") Optional<ConditionSettings> not,

        SourceLine line) {}
