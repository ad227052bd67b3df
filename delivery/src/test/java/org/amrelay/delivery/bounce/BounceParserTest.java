// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.bounce;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.amrelay.delivery.bounce.reason.BounceCategory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BounceParserTest {
    private static final String ORIGINAL = """
            Received: from mail.sender.example by mx.far.example; Thu, 2 Jul 2026 10:00:00 +0000
            Message-ID: <abc@sender.example>
            From: Alice <alice@sender.example>
            To: Bob <bob@far.example>
            Subject: Hello

            Hello Bob, write to carol@other.example.
            """;

    private final BounceParser parser = new BounceParser();

    private BounceResult read(String message) {
        return parser.read(message.getBytes(StandardCharsets.UTF_8));
    }

    private static String report(String fields) {
        return """
                Return-Path: <>
                From: MAILER-DAEMON@mx.far.example (Mail Delivery System)
                To: alice@sender.example
                Subject: Undelivered Mail Returned to Sender
                Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

                --b1
                Content-Type: text/plain

                I'm sorry to have to inform you that your message could not be delivered.

                --b1
                Content-Type: message/delivery-status

                %s
                --b1
                Content-Type: message/rfc822

                %s
                --b1--
                """.formatted(fields, ORIGINAL);
    }

    private static String daemon(String subject, String body) {
        return "Return-Path: <>\nFrom: MAILER-DAEMON@mx.far.example\nTo: alice@sender.example\nSubject: " + subject
                + "\n\n" + body;
    }

    @Test
    void readsAStandardReport() {
        BounceResult result = read(report("""
                Reporting-MTA: dns; mx.far.example
                Original-Envelope-Id: order-7

                Original-Recipient: rfc822;robert@far.example
                Final-Recipient: rfc822; bob@far.example
                Action: failed
                Status: 5.1.1
                Remote-MTA: dns; store.far.example
                Diagnostic-Code: smtp; 550 5.1.1 <bob@far.example>:
                 Recipient address rejected: User unknown
                """));
        assertThat(result).isInstanceOfSatisfying(BounceResult.Bounce.class, bounce -> {
            assertThat(bounce.original().messageId()).contains("<abc@sender.example>");
            assertThat(bounce.original().envelopeId()).contains("order-7");
            assertThat(bounce.original().to()).containsExactly("bob@far.example");
            BouncedRecipient bob = bounce.recipients().get(0);
            assertThat(bob.address()).isEqualTo("bob@far.example");
            assertThat(bob.original()).contains("robert@far.example");
            assertThat(bob.remoteMta()).contains("store.far.example");
            assertThat(bob.diagnostic()).endsWith("User unknown");
            assertThat(bob.reason().category()).isEqualTo(BounceCategory.ADDRESS_UNKNOWN);
            assertThat(bob.reason().isDefinite()).isTrue();
        });
    }

    @ParameterizedTest(name = "{0} and {1} is a {2}")
    @CsvSource({
        "failed, 5.1.1, bounce",
        "failed, 4.4.7, bounce",
        "delayed, 4.4.1, delay",
        "delivered, 2.0.0, success",
        "relayed, 2.0.0, success",
        "expanded, 2.1.5, success",
        "'', 5.0.0, bounce",
        "'', 4.2.0, delay",
        "failure, 5.0.0, bounce"
    })
    void tellsTheKindsOfReportApart(String action, String status, String kind) {
        assertThat(read(report("Final-Recipient: rfc822; bob@far.example\n"
                                + (action.isEmpty() ? "" : "Action: " + action + "\n") + "Status: " + status + "\n"))
                        .kind())
                .isEqualTo(kind);
    }

    @Test
    void tellsOnlyOfThoseThatFailedWhenSomeDid() {
        BounceResult result = read(report("""
                Final-Recipient: rfc822; bob@far.example
                Action: delivered
                Status: 2.0.0

                Final-Recipient: rfc822; eve@far.example
                Action: failed
                Status: 5.2.2
                """));
        assertThat(result.recipients()).extracting(BouncedRecipient::address).containsExactly("eve@far.example");
    }

    @Test
    void separatesRecipientsWithoutEmptyLinesBetweenThem() {
        BounceResult result = read(report("""
                Reporting-MTA: dns; mx.far.example
                Final-Recipient: rfc822; bob@far.example
                Action: failed
                Status: 5.1.1
                Final-Recipient: rfc822; eve@far.example
                Action: failed
                Status: 5.2.2
                """));
        assertThat(result.recipients())
                .extracting(BouncedRecipient::address, each -> each.reason().category())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("bob@far.example", BounceCategory.ADDRESS_UNKNOWN),
                        org.assertj.core.groups.Tuple.tuple("eve@far.example", BounceCategory.MAILBOX_FULL));
    }

    @Test
    void readsFieldsInPlainTextWithoutAnyBoundary() {
        BounceResult result = read("""
                From: postmaster@mx.far.example
                To: alice@sender.example
                Subject: Delivery report
                Content-Type: multipart/report; report-type=delivery-status

                Your message was not delivered.

                Reporting-MTA: dns; mx.far.example
                Final-Recipient: rfc822;bob@far.example
                Action: failed
                Status: 5.2.1 (mailbox disabled)
                """);
        assertThat(result.recipients()).singleElement().satisfies(bob -> {
            assertThat(bob.address()).isEqualTo("bob@far.example");
            assertThat(bob.reason().category()).isEqualTo(BounceCategory.MAILBOX_INACTIVE);
        });
    }

    @Test
    void findsThePartsOfAContainerWithTheWrongBoundary() {
        String wrong = report("Final-Recipient: rfc822; bob@far.example\nAction: failed\nStatus: 5.1.1\n")
                .replace("boundary=\"b1\"", "boundary=\"nothing\"");
        assertThat(read(wrong).recipients())
                .extracting(BouncedRecipient::address)
                .containsExactly("bob@far.example");
    }

    @Test
    void readsInternationalAddresses() {
        String report = report("Final-Recipient: utf-8; j\u00f6rg@b\u00fccher.example\nAction: failed\nStatus: 5.1.1\n")
                .replace("message/delivery-status", "message/global-delivery-status");
        assertThat(read(report).recipients())
                .extracting(BouncedRecipient::address)
                .containsExactly("j\u00f6rg@b\u00fccher.example");
    }

    @Test
    void readsTheMacLineEndsOfOldServers() {
        String report = report("Final-Recipient: rfc822; bob@far.example\nAction: failed\nStatus: 5.1.1\n");
        assertThat(read(report.replace('\n', '\r')).recipients()).hasSize(1);
        assertThat(read(report.replace("\n", "\r\n")).recipients()).hasSize(1);
    }

    @Test
    void readsEximsHeaderAndWords() {
        BounceResult result = read("X-Failed-Recipients: bob@far.example, eve@far.example\n"
                + daemon("Mail delivery failed: returning message to sender", """
                        This message was created automatically by mail delivery software.

                        A message that you sent could not be delivered to all of its recipients.

                          bob@far.example
                            host mx.far.example [192.0.2.1]
                            SMTP error from remote mail server after RCPT TO:<bob@far.example>:
                            550 No such user here
                          eve@far.example
                            mailbox is full: retry timeout exceeded

                        ------ This is a copy of the message, including all the headers. ------

                        """ + ORIGINAL));
        assertThat(result.recipients())
                .extracting(each -> each.reason().category())
                .containsExactly(BounceCategory.ADDRESS_UNKNOWN, BounceCategory.MAILBOX_FULL);
    }

    @Test
    void readsQmailsWordsAndNotTheAddressesOfTheOriginal() {
        BounceResult result = read(daemon("failure notice", """
                Hi. This is the qmail-send program at far.example.
                I'm afraid I wasn't able to deliver your message to the following addresses.
                This is a permanent error; I've given up. Sorry it didn't work out.

                <bob@far.example>:
                192.0.2.7 does not like recipient.
                Remote host said: 550 5.1.1 unknown
                Giving up on 192.0.2.7.

                --- Below this line is a copy of the message.

                """ + ORIGINAL));
        assertThat(result.recipients()).singleElement().satisfies(bob -> {
            assertThat(bob.address()).isEqualTo("bob@far.example");
            assertThat(bob.reason().category()).isEqualTo(BounceCategory.ADDRESS_UNKNOWN);
        });
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "Unzustellbar: Angebot, Der Empfänger <bob@far.example> ist unbekannt. Die Nachricht konnte nicht zugestellt werden., address-unknown",
        "Non remis : devis, La boîte de <bob@far.example> est pleine : quota dépassé. Le message n'a pas été remis., mailbox-full",
        "No se puede entregar, No se pudo entregar a <bob@far.example>: el usuario no existe, address-unknown",
        "Mancato recapito, Impossibile recapitare a <bob@far.example>: utente sconosciuto, address-unknown",
        "Falha na entrega, Não foi possível entregar a <bob@far.example>: caixa postal está cheia, mailbox-full",
        "配信エラー, <bob@far.example> 宛のメールは配信できませんでした。ユーザー不明, address-unknown",
        "系统退信, 无法投递到 <bob@far.example> 邮箱已满, mailbox-full",
        "Сообщение не доставлено, Адрес <bob@far.example> не существует; не удалось доставить, address-unknown"
    })
    void readsManyLanguages(String subject, String body, String category) {
        String encoded =
                "=?utf-8?B?" + Base64.getEncoder().encodeToString(subject.getBytes(StandardCharsets.UTF_8)) + "?=";
        BounceResult result =
                read(daemon(encoded, body).replace("\n\n", "\nContent-Type: text/plain; charset=utf-8\n\n"));
        assertThat(result.kind()).isEqualTo("bounce");
        assertThat(result.recipients()).singleElement().satisfies(bob -> {
            assertThat(bob.address()).isEqualTo("bob@far.example");
            assertThat(bob.reason().category().word()).isEqualTo(category);
        });
    }

    @Test
    void readsTheJapaneseCharacterSet() {
        byte[] message = daemon("failure notice", "<bob@far.example> メールボックスが一杯です。送信できませんでした\n")
                .getBytes(Charset.forName("ISO-2022-JP"));
        assertThat(parser.read(message).recipients())
                .extracting(each -> each.reason().category())
                .containsExactly(BounceCategory.MAILBOX_FULL);
    }

    @Test
    void readsANoticeThatIsHtmlOnly() {
        String html = daemon(
                "Undeliverable: Hello",
                "<html><style>p {x: y@z.example}</style><p>Delivery has failed to"
                        + " these recipients:</p><p><a href=\"mailto:bob@far.example\">bob@far.example</a></p>"
                        + "<p>The email address you entered couldn&#39;t be found. #550 5.1.10 RESOLVER.ADR.RecipientNotFound</p>");
        BounceResult result = read(html.replace("\n\n", "\nContent-Type: text/html\n\n"));
        assertThat(result.recipients()).singleElement().satisfies(bob -> {
            assertThat(bob.address()).isEqualTo("bob@far.example");
            assertThat(bob.reason().category()).isEqualTo(BounceCategory.ADDRESS_UNKNOWN);
        });
    }

    @Test
    void takesTheRecipientOfTheOriginalWhenTheNoticeNamesPeopleOnly() {
        BounceResult result = read(daemon("Undeliverable: Hello", """
                Your message did not reach some or all of the intended recipients.

                      Bob Example on 02.07.2026 10:00
                            The e-mail account does not exist at the organization.

                """ + ORIGINAL));
        assertThat(result.recipients()).extracting(BouncedRecipient::address).containsExactly("bob@far.example");
    }

    @Test
    void takesTheRecipientOutOfTheReturnPathWhenNothingElseNamesIt() {
        String message = daemon("Delivery failed", "The message could not be delivered: user unknown.\n")
                .replace("To: alice@sender.example", "To: news-bounces+bob=far.example@sender.example");
        assertThat(read(message).recipients())
                .extracting(BouncedRecipient::address)
                .containsExactly("bob@far.example");
    }

    @Test
    void readsAWarningInWordsAsADelay() {
        BounceResult result = read(daemon("Warning: could not send message for past 4 hours", """
                    **********************************************
                    **      THIS IS A WARNING MESSAGE ONLY      **
                    **  YOU DO NOT NEED TO RESEND YOUR MESSAGE  **
                    **********************************************

                   ----- The following addresses had transient non-fatal errors -----
                <bob@far.example>
                """));
        assertThat(result.kind()).isEqualTo("delay");
        assertThat(result.recipients()).extracting(BouncedRecipient::address).containsExactly("bob@far.example");
    }

    @Test
    void readsAFeedbackReport() {
        BounceResult result = read("""
                From: feedback@far.example
                To: abuse@sender.example
                Subject: FW: Hello
                Content-Type: multipart/report; report-type=feedback-report; boundary=f

                --f
                Content-Type: text/plain

                This is an email abuse report.
                --f
                Content-Type: message/feedback-report

                Feedback-Type: abuse
                User-Agent: FarLoop/1.0
                Version: 1
                Original-Rcpt-To: <bob@far.example>
                Source-IP: 192.0.2.5
                Reported-Domain: sender.example

                --f
                Content-Type: message/rfc822

                """ + ORIGINAL + "\n--f--\n");
        assertThat(result).isInstanceOfSatisfying(BounceResult.Complaint.class, complaint -> {
            assertThat(complaint.feedbackType()).isEqualTo("abuse");
            assertThat(complaint.isUnwanted()).isTrue();
            assertThat(complaint.complainants()).containsExactly("bob@far.example");
            assertThat(complaint.sourceIp()).contains("192.0.2.5");
            assertThat(complaint.reportedDomain()).isEqualTo(Optional.of("sender.example"));
            assertThat(complaint.original().messageId()).contains("<abc@sender.example>");
        });
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "Out of office: Hello, I am away until Monday. Write to bob@far.example instead., auto-reply",
        "Abwesenheitsnotiz, Ich bin nicht im Büro., auto-reply",
        "Please confirm your message to bob, Click on the link to prove that you are a person., challenge-response"
    })
    void tellsAnswersOfProgramsFromBounces(String subject, String body, String kind) {
        String answer =
                "Return-Path: <>\nFrom: bob@far.example\nTo: alice@sender.example\nAuto-Submitted: auto-replied\n"
                        + "Subject: " + subject + "\n\n" + body;
        assertThat(read(answer).kind()).isEqualTo(kind);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "Lunch?, Shall we meet at noon? My address is carol@other.example.",
        "Re: Undelivered Mail Returned to Sender, It did not reach bob@far.example: user unknown. What now?",
        "Delivery of your parcel, Your parcel could not be delivered to the given address."
    })
    void leavesOrdinaryMailAlone(String subject, String body) {
        String mail =
                "Return-Path: <carol@other.example>\nFrom: Carol <carol@other.example>\nTo: alice@sender.example\n"
                        + "In-Reply-To: <1@sender.example>\nSubject: " + subject + "\n\n" + body;
        assertThat(read(mail)).isInstanceOf(BounceResult.NotABounce.class);
    }

    @Test
    void peopleWhoSpeakOfFailedDeliveriesSendNoBounce() {
        assertThat(
                        read(
                                "Return-Path: <carol@other.example>\nFrom: Carol <carol@other.example>\nTo: alice@sender.example\n"
                                        + "Subject: delivery failed?\n\nIt could not be delivered to bob@far.example - user unknown?"))
                .isInstanceOf(BounceResult.NotABounce.class);
    }

    @Test
    void whomOneMayAskIsNoRecipient() {
        BounceResult result = read(daemon("Undelivered Mail Returned to Sender", """
                Your message could not be delivered.
                For further assistance, please contact <help@far.example>
                or write again with this report to
                help@far.example and say when.

                <bob@far.example>: host mx.far.example[192.0.2.1] refused to talk to me: 554 5.7.1 IP=192.0.2.9
                 - Ask your postmaster or contact tosa@far.example (listed by reputation)
                """));
        assertThat(result.recipients()).singleElement().satisfies(bob -> {
            assertThat(bob.address()).isEqualTo("bob@far.example");
            assertThat(bob.reason().category()).isEqualTo(BounceCategory.REPUTATION);
        });
    }

    @Test
    void findsTheCodeBelowTheClearWords() {
        BounceResult result =
                read("X-Failed-Recipients: bob@far.example\n" + daemon("Delivery Status Notification (Failure)", """
                Your message wasn't delivered to bob@far.example because the address couldn't be found, or is unable to
                receive mail.

                The response was:

                550 5.1.1 The email account that you tried to reach does not exist.
                """));
        assertThat(result.recipients()).singleElement().satisfies(bob -> {
            assertThat(bob.reason().category()).isEqualTo(BounceCategory.ADDRESS_UNKNOWN);
            assertThat(bob.reason().status()).map(Object::toString).contains("5.1.1");
        });
    }

    @Test
    void readsABounceInsideTheMessageOfAGateway() {
        String inner = report("Final-Recipient: rfc822; bob@far.example\nAction: failed\nStatus: 5.1.1\n");
        String outer = "Return-Path: <>\nFrom: postmaster@gw.example\nTo: alice@sender.example\nSubject: Report\n"
                + "Content-Type: multipart/mixed; boundary=outer\n\n--outer\nContent-Type: message/rfc822\n\n" + inner
                + "\n--outer--\n";
        assertThat(read(outer).recipients())
                .extracting(BouncedRecipient::address)
                .containsExactly("bob@far.example");
    }

    @Test
    void anEmptyMessageIsNoBounce() {
        assertThat(parser.read(new byte[0])).isInstanceOf(BounceResult.NotABounce.class);
        assertThat(List.of(read("\n\n"), read("Content-Type: multipart/report\n\n")))
                .allSatisfy(result -> assertThat(result).isInstanceOf(BounceResult.NotABounce.class));
    }
}
