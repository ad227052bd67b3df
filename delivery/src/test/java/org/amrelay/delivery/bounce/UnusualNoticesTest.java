// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.bounce;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.amrelay.delivery.bounce.reason.BounceCategory;
import org.junit.jupiter.api.Test;

/** Notices whose form misleads: their fields, their headers or their words say something else at first sight. */
class UnusualNoticesTest {
    private final BounceParser parser = new BounceParser();

    private BounceResult read(String message) {
        return parser.read(message.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aWarningThatSpeaksOfTheEndIsStillADelay() {
        BounceResult result = read("""
                From: Mail Delivery System <Mailer-Daemon@relay.example>
                To: alice@sender.example
                Subject: Warning: message 1Gdrvl-0006Gp-PU delayed 48 hours

                A message that you sent has not yet been delivered to one or more of its
                recipients after more than 48 hours on the queue on relay.example.

                The address to which the message has not yet been delivered is:

                  bob@far.example
                    Delay reason: SMTP error from remote mail server after RCPT TO:<bob@far.example>:
                    host mx.far.example [192.0.2.5]: 452 mailbox full

                No action is required on your part. Delivery attempts will continue for
                some time, and this warning may be repeated at intervals if the message
                remains undelivered. Eventually the mail delivery software will give up,
                and when that happens, the message will be returned to you.
                """);
        assertThat(result).isInstanceOf(BounceResult.DelayNotice.class);
        assertThat(result.recipients()).singleElement().satisfies(each -> {
            assertThat(each.address()).isEqualTo("bob@far.example");
            assertThat(each.reason().category()).isEqualTo(BounceCategory.MAILBOX_FULL);
        });
    }

    @Test
    void aReportThatAsksToBeLetInIsAChallenge() {
        assertThat(read("""
                From: noreply@guestlist.example
                To: alice@sender.example
                Subject: Re: Hello
                Content-Type: multipart/report; report-type=delivery-status; boundary=b

                --b
                Content-Type: text/plain

                Your message has been waitlisted. Please add yourself to my Guest List.
                --b
                Content-Type: message/delivery-status

                Reporting-MTA: dns; guestlist.example

                Final-Recipient: rfc822; bob@far.example
                Action: failed
                Status: 4.7.0
                Diagnostic-Code: smtp; Sender not pre-approved
                --b--
                """)).isInstanceOf(BounceResult.ChallengeResponse.class);
    }

    private static String disposition(String subject, String words, String kind) {
        return """
                Return-Path: <>
                From: Mail Delivery Subsystem <postmaster@far.example>
                To: alice@sender.example
                Subject: %s
                Content-Type: multipart/report; report-type=disposition-notification; boundary=b

                --b
                Content-Type: text/plain

                %s
                --b
                Content-Type: message/disposition-notification

                Final-Recipient: rfc822; bob@far.example
                Disposition: %s
                --b--
                """.formatted(subject, words, kind);
    }

    // RFC 8098 §3.2.6.2
    @Test
    void aMessageThatAProgramThrewAwayIsABounce() {
        BounceResult result = read(disposition(
                "Automatically rejected mail",
                "Your message to <bob@far.example> was automatically rejected:\nQuota exceeded",
                "automatic-action/MDN-sent-automatically; deleted"));
        assertThat(result).isInstanceOf(BounceResult.Bounce.class);
        assertThat(result.recipients().get(0).reason().category()).isEqualTo(BounceCategory.MAILBOX_FULL);
    }

    @Test
    void whatAPersonReadOrThrewAwayIsNone() {
        assertThat(read(disposition(
                        "Read: Hello", "Your message was displayed.", "manual-action/MDN-sent-manually; displayed")))
                .isInstanceOf(BounceResult.AutoReply.class);
        assertThat(read(disposition(
                        "Not read: Hello",
                        "Your message was deleted without being read.",
                        "manual-action/MDN-sent-automatically; deleted")))
                .isInstanceOf(BounceResult.AutoReply.class);
    }

    @Test
    void namesEachRecipientThatAnOldServerLists() {
        BounceResult result = read("""
                From: Mail Delivery Subsystem <MAILER-DAEMON@relay.example>
                To: alice@sender.example
                Subject: Returned mail: User unknown

                   ----- Transcript of session follows -----
                554 <bob@far.example>... 550 Host unknown (Authoritative answer from name server)
                While talking to mx.near.example:
                >>> RCPT To:<carol@near.example>
                <<< 550 <carol@near.example>... User unknown
                550 <carol@near.example>... User unknown

                   ----- Unsent message follows -----
                Received: by relay.example
                From: alice@sender.example
                """);
        assertThat(result.recipients())
                .extracting(each -> each.address() + " " + each.reason().category())
                .containsExactly("bob@far.example DOMAIN_UNKNOWN", "carol@near.example ADDRESS_UNKNOWN");
    }

    @Test
    void oneReasonIsThatOfAllWhomNobodyTellsApart() {
        BounceResult result = read("""
                From: "Gateway" <>
                To: alice@sender.example
                Subject: Mail could not be delivered
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: text/plain

                The following mail could not be delivered.
                Reason: Exceeded Maximum Delivery Attempts.
                --b
                Content-Type: message/rfc822

                Received: from mail.sender.example
                From: alice@sender.example
                To: bob@far.example, carol@near.example
                Subject: Hello

                Hello
                --b--
                """);
        assertThat(result.recipients())
                .extracting(each -> each.address() + " " + each.reason().category())
                .containsExactly("bob@far.example CONNECTION", "carol@near.example CONNECTION");
    }

    @Test
    void aMailboxThatUnsubscribesItsOwnerComplains() {
        assertThat(read("""
                From: bob@far.example
                To: opt-out@sender.example
                Subject: unsubscribe
                Auto-Submitted: auto-replied
                X-Apple-Unsubscribe: true

                The mailbox sent this to unsubscribe.
                """)).isInstanceOfSatisfying(BounceResult.Complaint.class, complaint -> {
            assertThat(complaint.feedbackType()).isEqualTo("opt-out");
            assertThat(complaint.complainants()).containsExactly("bob@far.example");
        });
    }

    @Test
    void readsLettersThatHtmlWritesAsNames() {
        BounceResult result = read("""
                From: postmaster@far.example
                To: alice@sender.example
                Subject: Unzustellbar: Hallo
                Content-Type: text/html; charset=us-ascii

                <html><body><p>Ihre Nachricht an <b>bob@far.example</b> konnte nicht zugestellt werden.</p>
                <p>Das Postfach des Empf&auml;ngers ist &uuml;berf&uuml;llt.</p></body></html>
                """);
        assertThat(result.recipients()).singleElement().satisfies(each -> {
            assertThat(each.address()).isEqualTo("bob@far.example");
            assertThat(each.reason().category()).isEqualTo(BounceCategory.MAILBOX_FULL);
        });
    }

    @Test
    void whoForwardsANoticeWritesNone() {
        assertThat(read("""
                From: Alice <alice@sender.example>
                To: helpdesk@sender.example
                Subject: Fwd: Undelivered Mail Returned to Sender

                What does that mean?

                > <bob@far.example>: 550 5.1.1 User unknown
                """)).isInstanceOf(BounceResult.NotABounce.class);
    }
}
