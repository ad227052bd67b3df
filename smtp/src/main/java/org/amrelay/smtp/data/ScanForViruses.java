// SPDX-License-Identifier: Apache-2.0
package org.amrelay.smtp.data;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.amrelay.filtering.scanner.WithoutScanner;
import org.amrelay.filtering.virus.ScanResult;
import org.amrelay.filtering.virus.VirusProtection;
import org.amrelay.filtering.virus.VirusProtection.Outcome;
import org.amrelay.james.AnswersLater;
import org.amrelay.james.HookAnswer;
import org.amrelay.james.MailContent;
import org.amrelay.james.RelayHook;
import org.amrelay.james.VirusVerdict;
import org.amrelay.mail.reply.Reply;
import org.amrelay.mail.settings.Parameter;
import org.amrelay.smtp.DoesNotBlock;
import org.amrelay.smtp.data.Authenticate.Consequence;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.smtpserver.JamesMessageHook;
import org.apache.mailet.Mail;

/**
 * Has a message scanned while its sender still listens, writes the verdict on the mail, and refuses malware (554 5.7.0).
 *
 * <p>What is not known in time is left to the mailet VirusScan, or refused for now, as {@code scanners.yaml} says. Waits
 * without a thread in our server, with one in a stock James.
 */
public final class ScanForViruses extends RelayHook<ScanForViruses.Settings>
        implements JamesMessageHook, AnswersLater, DoesNotBlock {
    public record Settings(
            @Parameter(description = "when malware is found: refuse or record", defaultsTo = "refuse")
            Consequence onVirus) {}

    private final VirusProtection protection;

    @Inject
    public ScanForViruses(VirusProtection protection) {
        this.protection = protection;
    }

    @Override
    public HookResult onMessage(SMTPSession session, Mail mail) {
        return onMessageLater(session, mail).toCompletableFuture().join();
    }

    @Override
    public CompletionStage<HookResult> onMessageLater(SMTPSession session, Mail mail) {
        return answerLater(
                session,
                () -> protection.isOn() ? scanned(mail) : CompletableFuture.completedFuture(HookAnswer.pass()));
    }

    private CompletionStage<HookAnswer> scanned(Mail mail) throws MessagingException {
        return protection
                .scanWithin(protection.budget(), MailContent.of(mail))
                .thenApply(outcome -> outcome.map(known -> decide(mail, known)).orElseGet(HookAnswer::pass));
    }

    /** Without a verdict the mailet has it scanned; only who wants no mail without one refuses it for now. */
    private static HookAnswer unknown(Outcome outcome, String cause) {
        return outcome.without() == WithoutScanner.REFUSE
                ? HookAnswer.refuse(Reply.of(451, "4.7.0", "The message cannot be scanned now, try again later"), cause)
                : HookAnswer.pass();
    }

    private HookAnswer decide(Mail mail, Outcome outcome) {
        if (outcome.result() instanceof ScanResult.Troubled troubled) {
            return unknown(outcome, troubled.cause());
        }
        if (outcome.mustWait() && outcome.result() instanceof ScanResult.Unavailable missing) {
            return unknown(outcome, missing.cause());
        }
        VirusVerdict.of(outcome).attach(mail);
        return outcome.result() instanceof ScanResult.Infected infected
                        && settings().onVirus() == Consequence.REFUSE
                ? HookAnswer.refuse(
                        Reply.of(554, "5.7.0", "The message contains malware: " + infected.signature()),
                        outcome.engine() + " found " + infected.signature())
                : HookAnswer.pass();
    }
}
