// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.amrelay.authentication.cases.Mails;
import org.amrelay.authentication.cases.TestKeys;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.Zone;
import org.amrelay.mail.message.HeaderField;
import org.amrelay.mail.message.HeaderSection;
import org.amrelay.mail.message.MessageContent;

class DkimSignerProperties {
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
    private static final Dns DNS = Zone.of(TestKeys.zone("example.com"));
    private static final DkimSigner SIGNER = new DkimSigner(
            List.of(TestKeys.rsa("example.com"), TestKeys.ed25519("example.com")),
            Optional.of(Duration.ofDays(7)),
            InstantSource.fixed(NOW));

    @Property(seed = "1", tries = 100)
    void whatIsSignedVerifies(
            @ForAll @StringLength(max = 30) @CharRange(from = ' ', to = 'ÿ') String subject,
            @ForAll @StringLength(max = 60) @Chars({'\r', '\n', ' ', '\t', 'x', '.', 'ÿ'}) String body)
            throws IOException {
        MessageContent signed = signed(Mails.raw("From: joe@example.com\r\nSubject:" + subject + "\r\n\r\n" + body));
        assertThat(evaluate(signed, NOW)).extracting(DkimResult::reason).containsExactly("", "");
        assertThat(evaluate(signed, NOW)).allMatch(DkimResult::isPass);
        assertThat(evaluate(signed, NOW.plus(Duration.ofDays(7)))).noneMatch(DkimResult::isPass);
        assertThat(Mails.header(signed).fields().get(0).raw().lines()).allMatch(line -> line.length() <= 78);
    }

    @Property(seed = "1", tries = 200)
    void whatIsChangedDoesNot(@ForAll @IntRange(max = 100_000) int position, @ForAll byte octet) throws IOException {
        MessageContent mail =
                Mails.of("From: Joe <joe@example.com>\nTo: sue@example.net\nSubject: Hi\n\nHello,\nworld.\n");
        MessageContent signed = signed(mail);
        byte[] octets = Mails.text(signed).getBytes(StandardCharsets.ISO_8859_1);
        HeaderSection header = Mails.header(signed);
        int start = header.fields().stream()
                .limit(2)
                .mapToInt(f -> f.raw().length() + 2)
                .sum();
        int at = start + position % (octets.length - start);
        Assume.that(octets[at] != octet);
        byte before = octets[at];
        octets[at] = octet;
        boolean sameForReaders =
                isSpace(before) || isSpace(octet) || Character.toLowerCase(before) == Character.toLowerCase(octet);
        Assume.that(!sameForReaders);
        assertThat(evaluate(MessageContent.of(octets), NOW)).noneMatch(DkimResult::isPass);
    }

    @Property(seed = "1", tries = 2000)
    void anythingElseIsSurvived(@ForAll @StringLength(max = 80) @CharRange(from = ' ', to = '~') String text)
            throws IOException {
        MessageContent mail = Mails.raw("DKIM-Signature: " + text + "\r\nFrom: joe@example.com\r\n\r\n");
        assertThat(evaluate(mail, NOW)).hasSize(1).noneMatch(DkimResult::isPass);
        assertThat(KeyRecordParser.parse(text)).isNotNull();
        assertThat(KeyRecordParser.parse("p=" + text)).isNotNull();
    }

    @Property(seed = "1", tries = 20)
    void addingAFieldThatReadersSeeIsNoticed(@ForAll @IntRange(max = 5) int which) throws IOException {
        String name = List.of("From", "To", "Subject", "Reply-To", "Content-Type", "Date")
                .get(which);
        MessageContent signed = signed(Mails.raw("From: joe@example.com\r\n\r\nHi\r\n"));
        MessageContent added = Mails.with(List.of(HeaderField.of(name + ": x")), signed);
        assertThat(evaluate(added, NOW)).noneMatch(DkimResult::isPass);
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }

    private static MessageContent signed(MessageContent mail) throws IOException {
        return Mails.with(SIGNER.sign(Mails.header(mail), mail), mail);
    }

    private static List<DkimResult> evaluate(MessageContent mail, Instant now) throws IOException {
        return new DkimEvaluator(DNS, InstantSource.fixed(now))
                .evaluate(Mails.header(mail), mail)
                .toCompletableFuture()
                .join();
    }
}
