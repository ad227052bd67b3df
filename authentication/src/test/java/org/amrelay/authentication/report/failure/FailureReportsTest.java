// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.report.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.amrelay.authentication.MessageAuthenticator;
import org.amrelay.authentication.MessageVerdict;
import org.amrelay.authentication.cases.Mails;
import org.amrelay.authentication.cases.TestKeys;
import org.amrelay.authentication.dkim.DkimSigner;
import org.amrelay.authentication.report.failure.PendingFailures.Pending;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.Zone;
import org.amrelay.mail.message.MessageContent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9991, and of RFC 9989 §4.7 the tags ruf and fo. */
class FailureReportsTest {
    private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
    private static final String TEXT =
            "Received: from a.example (a.example [198.51.100.9]) by b.example for <bob@b.example>\n"
                    + "From: Joe Doe <joe@example.com>, \"Ann @ Home\" <\"a b\"@example.com>\n"
                    + "To: bob@b.example\nSubject: Private Matter\nMessage-ID: <m1@example.com>\n\nHello.\n";
    private static final Redaction REDACTION = new Redaction(new byte[] {1, 2, 3});

    private static MessageVerdict evaluate(String policy, String client, String sender, MessageContent mail)
            throws IOException {
        Dns dns = Zone.of(
                TestKeys.zone("example.com"),
                TestKeys.zone("other.example"),
                "example.com TXT \"v=spf1 ip4:192.0.2.1 -all\"",
                "other.example TXT \"v=spf1 ip4:192.0.2.1 -all\"",
                "; SERVFAIL broken.example",
                "_dmarc.example.com TXT \"v=DMARC1; p=reject; " + policy + "\"");
        return new MessageAuthenticator(dns, "mx.relay.example", InstantSource.fixed(NOW))
                .evaluate(InetAddress.getByName(client), "a.example", sender, Mails.header(mail), mail)
                .toCompletableFuture()
                .join();
    }

    private static Optional<FailedMessage> failed(String policy, String client, String sender, MessageContent mail)
            throws IOException {
        MessageVerdict verdict = evaluate(policy, client, sender, mail);
        return FailedMessage.of(
                verdict, Mails.header(mail), new FailedMessage.Reception(sender, "mx; dmarc=fail", true, NOW));
    }

    private static MessageContent signed(MessageContent mail, String domain) throws IOException {
        DkimSigner signer = new DkimSigner(List.of(TestKeys.rsa(domain)), Optional.empty(), InstantSource.fixed(NOW));
        return Mails.with(signer.sign(Mails.header(mail), mail), mail);
    }

    private static MessageContent mail(String kind) throws IOException {
        MessageContent plain = Mails.of(TEXT.replace("Joe Doe <joe@example.com>, \"Ann", "\"Ann")
                .replace("<\"a b\"@example.com>", "<joe@example.com>"));
        return switch (kind) {
            case "plain" -> plain;
            case "signed" -> signed(plain, "example.com");
            case "foreign" -> signed(plain, "other.example");
            default ->
                Mails.of(new String(signed(plain, "example.com").open().readAllBytes(), StandardCharsets.ISO_8859_1)
                        .replace("\r\n", "\n")
                        .replace("Hello", "Hallo"));
        };
    }

    @ParameterizedTest(name = "{0} {1} {2} {3}")
    @CsvSource({
        // fo, client, sender, mail, Auth-Failure, Identity-Alignment
        "0, 198.51.100.9, joe@example.com, plain, dmarc, dkim spf",
        "'', 198.51.100.9, joe@example.com, plain, dmarc, dkim spf",
        "0, 192.0.2.1, joe@example.com, plain, -, -",
        "0, 198.51.100.9, joe@example.com, signed, -, -",
        "0, 192.0.2.1, joe@other.example, plain, dmarc, dkim spf",
        "0, 192.0.2.1, joe@other.example, foreign, dmarc, dkim spf",
        "1, 192.0.2.1, joe@example.com, plain, dmarc, dkim",
        "1, 198.51.100.9, joe@example.com, signed, dmarc, spf",
        "1, 192.0.2.1, joe@example.com, signed, -, -",
        "1, 192.0.2.1, joe@broken.example, signed, -, -",
        "d, 198.51.100.9, joe@example.com, plain, -, -",
        "d, 192.0.2.1, joe@example.com, broken, signature, dkim",
        "s, 192.0.2.1, joe@other.example, plain, -, -",
        "s, 198.51.100.9, joe@other.example, signed, spf, spf",
        "d:s, 198.51.100.9, joe@other.example, broken, signature, dkim spf",
        "0:d, 198.51.100.9, joe@other.example, broken, dmarc, dkim spf",
        "x, 198.51.100.9, joe@example.com, plain, dmarc, dkim spf",
        "0, 198.51.100.9, '', plain, -, -"
    })
    void tellsWhatTheDomainAsksFor(
            String options, String client, String sender, String mail, String failure, String unaligned)
            throws IOException {
        String policy = "ruf=mailto:f@example.com" + (options.isEmpty() ? "" : "; fo=" + options);
        Optional<FailedMessage> found = failed(policy, client, sender, mail(mail));
        assertThat(found.map(FailedMessage::failure).orElse("-")).isEqualTo(failure);
        assertThat(found.map(each -> String.join(" ", each.unaligned())).orElse("-"))
                .isEqualTo(unaligned);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rua=mailto:d@example.com", "ruf=; fo=1", "psd=y; ruf=mailto:f@example.com"})
    void tellsNobodyWhoDidNotAsk(String policy) throws IOException {
        assertThat(failed(policy, "198.51.100.9", "joe@example.com", mail("plain")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: multipart/report; report-type=feedback-report; boundary=x\n",
                "Content-Type: Multipart/REPORT; boundary=x\n",
                "Auto-Submitted: auto-generated\n"
            })
    void tellsNothingOfReports(String field) throws IOException {
        assertThat(failed("ruf=mailto:f@example.com", "198.51.100.9", "joe@example.com", Mails.of(field + TEXT)))
                .isEmpty();
    }

    private static String written(FailureReportDetail detail, MessageContent mail) throws IOException {
        FailedMessage message = failed("ruf=mailto:f@example.com", "198.51.100.9", "joe@example.com", mail)
                .orElseThrow();
        return new String(
                new FailureReportWriter("mx.relay.example", detail, REDACTION)
                        .write(
                                new Pending(message, 3),
                                Optional.of("v=spf1 ip4:192.0.2.1 -all"),
                                "f@example.com",
                                "0a1b",
                                NOW)
                        .open()
                        .readAllBytes(),
                StandardCharsets.ISO_8859_1);
    }

    @Test
    void showsTheHeaderWithoutPeople() throws IOException {
        String report = written(FailureReportDetail.REDACTED, mail("broken"));

        assertThat(report)
                .contains("multipart/report; report-type=feedback-report")
                .contains("\r\nFeedback-Type: auth-failure\r\n")
                .contains("\r\nAuth-Failure: dmarc\r\n")
                .contains("\r\nIdentity-Alignment: dkim, spf\r\n")
                .contains("\r\nReported-Domain: example.com\r\n")
                .contains("\r\nSource-IP: 198.51.100.9\r\n")
                .contains("\r\nDelivery-Result: reject\r\n")
                .contains("\r\nIncidents: 3\r\n")
                .contains("\r\nDKIM-Domain: example.com\r\n")
                .contains("\r\nSPF-DNS: txt : example.com : \"v=spf1 ip4:192.0.2.1 -all\"\r\n")
                .contains("\r\nOriginal-Mail-From: <" + REDACTION.text("joe@example.com") + ">\r\n")
                .contains("\r\nFrom: <" + REDACTION.text("joe@example.com") + ">\r\n")
                .contains("for <" + REDACTION.text("bob@b.example") + ">")
                .doesNotContain("joe@", "bob@", "Private", "Ann", "Hallo", "a b");
    }

    @Test
    void showsTheHeaderAsItCameButNeverTheBody() throws IOException {
        assertThat(written(FailureReportDetail.FULL, mail("plain")))
                .contains("for <bob@b.example>", "Subject: Private Matter", "Original-Mail-From: <joe@example.com>")
                .doesNotContain("Hello");
    }

    @Test
    void isReadAgain() throws IOException {
        String report = written(FailureReportDetail.FULL, mail("broken"));
        int start = report.indexOf("Feedback-Type");
        ReceivedFailure read = FailureReportParser.parse(
                        report.substring(start, report.indexOf("\r\n\r\n", start)), NOW)
                .fold(valid -> valid, why -> {
                    throw new AssertionError(why);
                });
        assertThat(read)
                .isEqualTo(new ReceivedFailure(
                        "ActiveMailRelay",
                        "example.com",
                        "198.51.100.9",
                        "dmarc",
                        "dkim, spf",
                        "<joe@example.com>",
                        "reject",
                        "example.com/rsa",
                        3,
                        NOW));
    }

    @Test
    void aStrangersFieldBeginsNoOther() throws IOException {
        FailedMessage message = failed("ruf=mailto:f@example.com", "198.51.100.9", "joe@example.com", mail("plain"))
                .orElseThrow();
        FailedMessage forged = new FailedMessage(
                message.domain(),
                message.author(),
                message.destinations(),
                message.failure(),
                message.unaligned(),
                message.signature(),
                message.spf(),
                "a\r\nReported-Domain: victim.example\r\n\r\n@b.example",
                message.client(),
                "x\ny",
                false,
                message.header(),
                NOW);
        String report = new String(
                new FailureReportWriter("mx.relay.example", FailureReportDetail.FULL, REDACTION)
                        .write(new Pending(forged, 1), Optional.of("v=spf1 \r\nX: y"), "f@example.com", "0a1b", NOW)
                        .open()
                        .readAllBytes(),
                StandardCharsets.ISO_8859_1);
        assertThat(report).doesNotContain("\nReported-Domain: victim", "\nX: y", "\ny");
    }

    @Test
    void equalPathsAreOneReportAndTheDayHasALimit() throws IOException {
        FailedMessage message = failed("ruf=mailto:f@example.com", "198.51.100.9", "joe@example.com", mail("plain"))
                .orElseThrow();
        List<Instant> time = new ArrayList<>(List.of(NOW));
        PendingFailures pending = new PendingFailures(() -> time.get(0));
        pending.add(message);
        pending.add(message);
        assertThat(pending.take()).containsExactly(new Pending(message, 2));
        assertThat(pending.take()).isEmpty();

        for (int i = 0; i < 30; i++) {
            pending.add(message);
            pending.take();
        }
        assertThat(pending.dropped()).isEqualTo(11);
        time.set(0, NOW.plusSeconds(86_400));
        pending.add(message);
        assertThat(pending.take()).hasSize(1);
        assertThat(pending.dropped()).isZero();
    }

    @Test
    void longHeadersAreCut() throws IOException {
        MessageContent mail =
                Mails.of("From: joe@example.com\n" + ("X-Long: " + "y".repeat(900) + "\n").repeat(200) + "\nbody\n");
        FailedMessage message = failed("ruf=mailto:f@example.com", "198.51.100.9", "joe@example.com", mail)
                .orElseThrow();
        assertThat(message.header().size()).isBetween(30, 40);
    }
}
