// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.dsn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.amrelay.delivery.queue.NewMail;
import org.amrelay.delivery.queue.QueuedDelivery;
import org.amrelay.delivery.queue.QueuedRecipient;
import org.amrelay.delivery.route.NextHop;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.ReversePath;
import org.amrelay.mail.envelope.Envelope;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.envelope.Notify;
import org.amrelay.mail.envelope.ReturnContent;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.reply.Reply;
import org.junit.jupiter.api.Test;

class NoticeWriterTest {
    private static final Instant ACCEPTED = Instant.parse("2026-03-01T10:00:00Z");
    private static final Instant NOW = Instant.parse("2026-03-01T10:05:00Z");
    private static final String ORIGINAL =
            "Message-ID: <1@b.example>\r\nSubject: Grüße\r\n folded\r\n\r\nbody text\r\n.\r\n";
    private static final String PEER = "mx.a.example[192.0.2.1]:25";

    private final NoticeWriter writer = new NoticeWriter(NoticeSettings.defaults("relay.example"), new Random(1));

    @Test
    void writesAReportThatProgramsRead() throws IOException {
        EnvelopeRecipient bob = new EnvelopeRecipient(
                EmailAddress.of("bob@a.example"), EnumSet.of(Notify.FAILURE), Optional.of("rfc822;robert@old.example"));
        NewMail mail = write(Notice.Kind.FAILED, bob, Reply.of(550, "5.1.1", "no such\nuser"), PEER, Optional.empty());
        assertThat(mail.envelope().sender().isNull()).isTrue();
        assertThat(mail.envelope().recipients())
                .containsExactly(EnvelopeRecipient.of(EmailAddress.of("ann@b.example")));
        String boundary = boundary(text(mail));
        String expected = """
                Date: Sun, 1 Mar 2026 10:05:00 GMT
                From: Mail Delivery System <MAILER-DAEMON@relay.example>
                To: <ann@b.example>
                Message-ID: <ID@relay.example>
                In-Reply-To: <1@b.example>
                References: <1@b.example>
                Subject: Undelivered Mail Returned to Sender
                Auto-Submitted: auto-replied
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status;
                 boundary="BOUNDARY"

                This is a delivery status notice in MIME format.

                --BOUNDARY
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: quoted-printable

                This is the mail system at relay.example.

                Your message could not be delivered to the recipients below.
                The next server has refused it for good; it will not be tried again.

                <bob@a.example>
                    mx.a.example[192.0.2.1]:25 said: 550 5.1.1 no such user

                Your message was accepted on Sun, 1 Mar 2026 10:00:00 GMT as mail-1.
                Questions: postmaster@relay.example


                --BOUNDARY
                Content-Type: message/delivery-status
                Content-Transfer-Encoding: 7bit

                Original-Envelope-Id: QQ314159
                Reporting-MTA: dns; relay.example
                Arrival-Date: Sun, 1 Mar 2026 10:00:00 GMT

                Original-Recipient: rfc822;robert@old.example
                Final-Recipient: rfc822; bob@a.example
                Action: failed
                Status: 5.1.1
                Remote-MTA: dns; mx.a.example
                Diagnostic-Code: smtp; 550 5.1.1 no such user
                Last-Attempt-Date: Sun, 1 Mar 2026 10:05:00 GMT

                --BOUNDARY
                Content-Type: text/rfc822-headers
                Content-Transfer-Encoding: 8bit

                Message-ID: <1@b.example>
                Subject: Grüße
                 folded

                --BOUNDARY--
                """;
        assertThat(text(mail).replace(boundary, "BOUNDARY").replaceAll("<[0-9a-f]{32}@", "<ID@"))
                .isEqualTo(expected.replace("\n", "\r\n"));
    }

    @Test
    void returnsTheWholeMessageWhenTheSenderAskedForIt() throws IOException {
        NewMail mail =
                write(Notice.Kind.FAILED, bob(), Reply.of(550, "5.1.1", "no"), PEER, Optional.of(ReturnContent.FULL));
        assertThat(text(mail)).contains("Content-Type: message/rfc822\r\n", "\r\n\r\n" + ORIGINAL + "\r\n--");
        assertThat(mail.content().size()).isEqualTo(bytes(mail).length);
    }

    @Test
    void returnsTheHeaderOnlyOfDelayedMailAndOfLargeMail() throws IOException {
        NewMail delayed = write(
                Notice.Kind.DELAYED, bob(), Reply.of(450, "4.2.1", "busy"), PEER, Optional.of(ReturnContent.FULL));
        assertThat(text(delayed)).contains("text/rfc822-headers").doesNotContain("body text");
        MessageContent large = content(ORIGINAL + "x".repeat(2_000_000));
        NewMail failed = writer.write(
                        new Notice(Notice.Kind.FAILED, List.of(told(bob(), Reply.of(552, "5.2.3", "big"), PEER))),
                        delivery(Optional.of(ReturnContent.FULL), large),
                        NOW)
                .orElseThrow();
        assertThat(failed.content().size()).isLessThan(4000);
    }

    @Test
    void cannotBeTalkedIntoHeadersPartsOrProgramsByAPeer() throws IOException {
        Reply evil = new Reply(
                550,
                Optional.empty(),
                "no\r\nAction: delivered\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n<b>\0é " + "y".repeat(5000));
        EnvelopeRecipient odd = new EnvelopeRecipient(
                EmailAddress.of("bob@a.example"), EnumSet.of(Notify.FAILURE), Optional.of("rfc822;a\r\nStatus: 2.0.0"));
        String text = text(write(Notice.Kind.FAILED, odd, evil, PEER, Optional.empty()));
        assertThat(text.lines()).doesNotContain("Action: delivered", "Status: 2.0.0", "--x", "Content-Type: text/html");
        String status = text.substring(text.indexOf("Original-Envelope-Id"), text.indexOf("text/rfc822-headers"));
        assertThat(status.chars()).allMatch(c -> c == '\r' || c == '\n' || (c >= ' ' && c < 127));
        assertThat(text.lines()).allMatch(line -> line.length() < 2100);
        assertThat(text).contains("Status: 5.0.0");
    }

    @Test
    void saysOurOwnWordsWhereNoPeerSpoke() throws IOException {
        String text =
                text(write(Notice.Kind.EXPIRED, bob(), Reply.of(451, "4.4.1", "no connection"), "", Optional.empty()));
        assertThat(text)
                .contains("Status: 4.4.7", "Diagnostic-Code: X-Active-Mail-Relay; 451 4.4.1 no connection")
                .doesNotContain("Remote-MTA");
    }

    @Test
    void writesNothingToTheNullSender() throws IOException {
        Notice notice = new Notice(Notice.Kind.FAILED, List.of(told(bob(), Reply.of(550, "5.1.1", "no"), PEER)));
        QueuedDelivery fromNobody = delivery(ReversePath.nullSender(), Optional.empty(), content(ORIGINAL));
        assertThat(writer.write(notice, fromNobody, NOW)).isEmpty();
        assertThat(writer.writeWithoutOriginal(notice, fromNobody, NOW)).isEmpty();
    }

    @Test
    void standsWithoutTheOriginal() throws IOException {
        Notice notice = new Notice(Notice.Kind.FAILED, List.of(told(bob(), Reply.of(550, "5.1.1", "no"), PEER)));
        String text = text(writer.writeWithoutOriginal(notice, delivery(Optional.empty(), content(ORIGINAL)), NOW)
                .orElseThrow());
        assertThat(text)
                .contains("Status: 5.1.1")
                .doesNotContain("rfc822-headers")
                .endsWith("--\r\n");
    }

    private String about(String header, NoticeTemplates templates) throws IOException {
        NoticeWriter other =
                new NoticeWriter(NoticeSettings.defaults("relay.example").withTemplates(templates), new Random(1));
        Notice notice = new Notice(Notice.Kind.FAILED, List.of(told(bob(), Reply.of(550, "5.1.1", "no"), PEER)));
        return other.write(notice, delivery(Optional.empty(), content(header + ORIGINAL)), NOW)
                .map(mail -> {
                    try {
                        return text(mail);
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                })
                .orElse("");
    }

    private static NoticeTemplates german() {
        return new NoticeTemplates(
                java.util.Map.of(
                        "de",
                        NoticeTemplate.parse(
                                "subject-failed = Unzustellbare Nachricht f\u00fcr Sie\nfailed = Leider nicht.\\nNie.")),
                "en");
    }

    @Test
    void speaksTheLanguageOfTheOriginalWithEnglishBelow() throws IOException {
        String german = about("Accept-Language: fr-FR, de-AT;q=0.8\r\n", german());
        assertThat(german)
                .contains("Subject: =?utf-8?B?")
                .contains("Leider nicht.\r\nNie.\r\n")
                .contains("Your message could not be delivered")
                .contains("Status: 5.1.1");
        assertThat(german.indexOf("Leider")).isLessThan(german.indexOf("could not be delivered"));
        assertThat(about("Content-Language: en\r\nAccept-Language: de\r\n", german()))
                .doesNotContain("Leider");
        assertThat(about("Content-Language: tlh\r\n", german())).doesNotContain("Leider");
    }

    @Test
    void neverAnswersAnswersOfPrograms() throws IOException {
        assertThat(about("Auto-Submitted: auto-replied (vacation)\r\n", NoticeTemplates.english()))
                .isEmpty();
        assertThat(about("Content-Type: multipart/report; boundary=x\r\n", NoticeTemplates.english()))
                .isEmpty();
        assertThat(about("Auto-Submitted: auto-generated\r\n", NoticeTemplates.english()))
                .isNotEmpty();
    }

    @Test
    void writesInternationalAddressesAsTheyAre() throws IOException {
        EnvelopeRecipient joerg = EnvelopeRecipient.of(EmailAddress.of("j\u00f6rg@b\u00fccher.example"));
        String text = text(write(Notice.Kind.FAILED, joerg, Reply.of(550, "5.1.1", "no"), PEER, Optional.empty()));
        assertThat(text)
                .contains("Content-Type: message/global-delivery-status\r\nContent-Transfer-Encoding: 8bit")
                .contains("Final-Recipient: utf-8; j\u00f6rg@b\u00fccher.example\r\n");
    }

    @Test
    void namesTheLineOfATemplateThatIsWrong() {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> NoticeTemplate.parse("# x\nfaild = no"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 2")
                .hasMessageContaining("faild");
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> new NoticeTemplates(java.util.Map.of(), "de"))
                .hasMessageContaining("'de'");
    }

    private static EnvelopeRecipient bob() {
        return EnvelopeRecipient.of(EmailAddress.of("bob@a.example"));
    }

    private static NoticeRecipient told(EnvelopeRecipient recipient, Reply reply, String peer) {
        return new NoticeRecipient(recipient, reply, peer);
    }

    private NewMail write(
            Notice.Kind kind, EnvelopeRecipient recipient, Reply reply, String peer, Optional<ReturnContent> ret)
            throws IOException {
        Notice notice = new Notice(kind, List.of(told(recipient, reply, peer)));
        return writer.write(notice, delivery(ret, content(ORIGINAL)), NOW).orElseThrow();
    }

    private static QueuedDelivery delivery(Optional<ReturnContent> ret, MessageContent content) {
        return delivery(ReversePath.of("ann@b.example"), ret, content);
    }

    private static QueuedDelivery delivery(ReversePath sender, Optional<ReturnContent> ret, MessageContent content) {
        Envelope envelope = new Envelope(sender, List.of(bob()), Optional.of("QQ314159"), ret, Optional.empty(), false);
        return new QueuedDelivery(
                1,
                "mail-1",
                envelope,
                List.of(new QueuedRecipient(2, bob(), Optional.empty())),
                new NextHop.MailExchangersOf("a.example"),
                content,
                ACCEPTED,
                ACCEPTED.plus(Duration.ofDays(5)),
                0,
                false);
    }

    private static MessageContent content(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return new MessageContent() {
            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }

            @Override
            public long size() {
                return bytes.length;
            }
        };
    }

    private static String boundary(String text) {
        int start = text.indexOf("boundary=\"") + 10;
        return text.substring(start, text.indexOf('"', start));
    }

    private static byte[] bytes(NewMail mail) throws IOException {
        try (InputStream in = mail.content().open()) {
            return in.readAllBytes();
        }
    }

    private static String text(NewMail mail) throws IOException {
        return new String(bytes(mail), UTF_8);
    }
}
