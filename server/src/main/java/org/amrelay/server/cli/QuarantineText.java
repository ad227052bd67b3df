// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import java.io.PrintWriter;
import java.util.stream.Collectors;
import org.amrelay.server.admin.QuarantineAnswers;

/** Mail in quarantine for people; what strangers wrote cannot move the cursor. */
record QuarantineText(PrintWriter out) {
    void line(QuarantineAnswers.Kept mail) {
        String to = mail.recipients().stream()
                .map(copy ->
                        Output.safe(copy.address()) + (copy.state().equals("kept") ? "" : " (" + copy.state() + ")"))
                .collect(Collectors.joining(", "));
        out.printf(
                "%d  %s  %s%s  %s -> %s  %s%n",
                mail.id(),
                mail.takenAt(),
                mail.kind(),
                mail.score().isEmpty() ? "" : " " + mail.score(),
                mail.sender().isEmpty() ? "<>" : Output.safe(mail.sender()),
                to,
                Output.safe(mail.subject()));
    }

    void whole(QuarantineAnswers.Kept mail) {
        out.printf("number     %d (mail %s, %d bytes)%n", mail.id(), Output.safe(mail.mail()), mail.size());
        out.printf("from       %s%n", Output.safe(mail.author()));
        out.printf("sender     %s%n", mail.sender().isEmpty() ? "<>" : Output.safe(mail.sender()));
        out.printf("subject    %s%n", Output.safe(mail.subject()));
        out.printf(
                "reason     %s, by %s: %s%s%s%n",
                mail.kind(),
                Output.safe(mail.rule()),
                Output.safe(mail.reason()),
                mail.score().isEmpty() ? "" : ", score " + mail.score(),
                mail.scanner().isEmpty() ? "" : ", says " + Output.safe(mail.scanner()));
        out.printf("taken out  %s in processor %s%n", mail.takenAt(), Output.safe(mail.processor()));
        out.printf(
                "goes on    %s%s%n",
                mail.point().isEmpty() ? "from the first processor" : "behind " + Output.safe(mail.point()),
                mail.releasable() ? "" : " (only with --insist)");
        out.printf("expires    %s%n", mail.expiresAt());
        out.printf("client     %s%n", mail.client());
        if (!mail.account().isEmpty()) {
            out.printf("account    %s%n", Output.safe(mail.account()));
        }
        if (!mail.reported().isEmpty()) {
            out.printf("reported   as %s%n", mail.reported());
        }
        mail.recipients()
                .forEach(copy -> out.printf(
                        "for        %s: %s since %s%s%n",
                        Output.safe(copy.address()),
                        copy.state(),
                        copy.changedAt(),
                        copy.by().isEmpty() ? "" : " by " + Output.safe(copy.by())));
    }

    void preview(QuarantineAnswers.Preview seen) {
        out.printf("From: %s%n", Output.safe(seen.author()));
        out.printf("To: %s%n", Output.safe(seen.to()));
        out.printf("Date: %s%n", Output.safe(seen.date()));
        out.printf("Subject: %s%n%n", Output.safe(seen.subject()));
        seen.text().lines().forEach(line -> out.println(Output.safe(line)));
        seen.links().forEach(link -> out.println("link: " + Output.safe(link)));
        seen.attachments().forEach(part -> out.println("attached: " + Output.safe(part)));
        if (!seen.whole()) {
            out.println("(something was left out)");
        }
    }

    static String words(String word, QuarantineAnswers.Decided done) {
        return word + ": " + done.mails() + " mails, " + done.recipients() + " recipients"
                + (done.before() > 0 ? "; about " + done.before() + " there was nothing left to decide" : "")
                + (done.refused() > 0 ? "; " + done.refused() + " may not be released without --insist" : "");
    }
}
