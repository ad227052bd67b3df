// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.preflight;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.mime.MailDate;

/**
 * What was found about mail to many, and what its sender reads about it: nothing of the text. Immutable.
 *
 * @param account whose campaign it is
 * @param authorDomain under which it is written
 * @param recipients so far
 * @param isNew whether nobody was told within the last day
 */
public record CampaignFindings(
        String account, String authorDomain, long recipients, boolean isNew, List<Shortcoming> shortcomings) {
    public CampaignFindings {
        shortcomings = List.copyOf(shortcomings);
    }

    /** Whether providers refuse such mail. */
    public boolean hasErrors() {
        return shortcomings.stream().anyMatch(each -> each.requirement().isError());
    }

    /** Whether somebody is to be told. */
    public boolean isNews() {
        return isNew && !shortcomings.isEmpty();
    }

    /** The names of what is missing, for the trace. */
    @Override
    public String toString() {
        return "to about " + recipients + "; missing: "
                + shortcomings.stream()
                        .map(each -> each.requirement().toString())
                        .toList();
    }

    /**
     * The message (RFC 5322), not to be answered by programs (RFC 3834).
     *
     * @param id left of the at-sign of its Message-ID
     * @param held whether the mail was kept back
     */
    public MessageContent message(EmailAddress postmaster, EmailAddress sender, String id, boolean held, Instant now) {
        long errors = shortcomings.stream()
                .filter(each -> each.requirement().isError())
                .count();
        StringBuilder text = new StringBuilder();
        line(text, "From: Postmaster <" + postmaster + ">");
        line(text, "To: <" + sender + ">");
        line(
                text,
                "Subject: Mail of " + authorDomain + " to many: " + errors + " errors, "
                        + (shortcomings.size() - errors) + " warnings");
        line(text, "Date: " + MailDate.format(now));
        line(text, "Message-ID: <" + id + '@' + postmaster.domain() + '>');
        line(text, "Auto-Submitted: auto-generated");
        line(text, "MIME-Version: 1.0");
        line(text, "Content-Type: text/plain; charset=utf-8");
        line(text, "Content-Transfer-Encoding: 8bit");
        line(text, "");
        line(text, "The account " + account + " has written to about " + recipients);
        line(text, "recipients as " + authorDomain + " within a short time. Large providers ask more of");
        line(text, "such mail than of other mail. This is missing:");
        line(text, "");
        for (Shortcoming each : shortcomings) {
            line(text, (each.requirement().isError() ? "ERROR   " : "warning ") + each.requirement());
            line(text, "        found: " + each.found());
            line(text, "        to do: " + each.requirement().advice());
        }
        line(text, "");
        line(text, held ? "The mail is kept back until somebody has looked at it." : "The mail was sent all the same.");
        line(text, "You are told of it once a day.");
        return MessageContent.of(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** What was found goes into one line, whatever a message brought along. */
    private static void line(StringBuilder text, String line) {
        line.codePoints().filter(c -> !Character.isISOControl(c)).limit(600).forEach(text::appendCodePoint);
        text.append("\r\n");
    }
}
