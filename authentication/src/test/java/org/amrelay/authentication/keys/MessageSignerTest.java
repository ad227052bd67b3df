// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.amrelay.authentication.cases.Mails;
import org.amrelay.authentication.cases.TestKeys;
import org.amrelay.authentication.dkim.DkimEvaluator;
import org.amrelay.authentication.dkim.DkimResult;
import org.amrelay.authentication.dkim.OwnKey;
import org.amrelay.authentication.dkim.OwnSignatureCheck;
import org.amrelay.authentication.dkim.SignatureProvider;
import org.amrelay.authentication.dkim.SignedContent;
import org.amrelay.authentication.dkim.SignedNames;
import org.amrelay.authentication.keys.SigningResult.Signed;
import org.amrelay.authentication.keys.SigningResult.Unsigned;
import org.amrelay.mail.dns.Zone;
import org.amrelay.mail.message.MessageContent;
import org.junit.jupiter.api.Test;

class MessageSignerTest {
    private static final String TEXT = """
            From: Alice <alice@relay.example>
            To: bob@elsewhere.example
            Subject: caf\u00e9
            Date: Wed, 25 Nov 2026 10:00:00 +0000

            Hello

            """;
    private static final List<OwnKey> KEYS = List.of(
            new OwnKey(TestKeys.rsa("relay.example"), TestKeys.RSA.getPublic()),
            new OwnKey(TestKeys.ed25519("relay.example"), TestKeys.ED25519.getPublic()));

    private final MessageSigner signer = signer(SignedNames.SEEN);
    private final OwnSignatureCheck check = new OwnSignatureCheck(SignatureProvider.ofJava());

    private static MessageSigner signer(List<String> names) {
        return new MessageSigner(
                domain -> domain.equals("relay.example") ? KEYS : List.of(),
                names,
                Optional.empty(),
                SignatureProvider.ofJava(),
                InstantSource.system());
    }

    private static SignedContent signed(SigningResult result) {
        assertThat(result).isInstanceOf(Signed.class);
        return ((Signed) result).content();
    }

    private static List<DkimResult> verify(MessageContent content) throws IOException {
        return new DkimEvaluator(Zone.of(TestKeys.zone("relay.example")), InstantSource.system())
                .evaluate(Mails.header(content), content)
                .toCompletableFuture()
                .join();
    }

    @Test
    void signsWithEachKeyOfTheAuthorsDomain() throws IOException {
        SignedContent content = signed(signer.sign(Mails.of(TEXT)));

        assertThat(verify(content)).hasSize(2).allMatch(DkimResult::isPass);
        assertThat(content.size()).isEqualTo(Mails.text(content).length());
        assertThat(Mails.text(content)).endsWith(TEXT.replace("\n", "\r\n"));
        assertThat(check.flaws(content, content.keys())).isEmpty();
    }

    @Test
    void signsForASubdomainWithTheKeyAboveIt() throws IOException {
        MessageContent content = signed(signer.sign(Mails.of(TEXT.replace("alice@relay", "alice@a.b.relay"))));

        assertThat(verify(content))
                .allMatch(DkimResult::isPass)
                .allMatch(r -> r.domain().equals("relay.example"));
    }

    @Test
    void signsNothingWithoutAKey() throws IOException {
        assertThat(signer.sign(Mails.of(TEXT.replace("relay.example", "elsewhere.example"))))
                .isEqualTo(new Unsigned("there is no key for elsewhere.example"));
    }

    @Test
    void signsNothingOfSeveralAuthorsOrNone() throws IOException {
        assertThat(signer.sign(Mails.of("From: a@relay.example, b@other.example\n\nHello\n")))
                .isInstanceOf(Unsigned.class);
        assertThat(signer.sign(Mails.of("Subject: nobody\n\nHello\n"))).isInstanceOf(Unsigned.class);
        assertThat(signer.sign(Mails.of("From: \u0000\n\n"))).isInstanceOf(Unsigned.class);
        assertThat(signer.sign(Mails.of(""))).isInstanceOf(Unsigned.class);
    }

    @Test
    void nobodyCanAddAFieldThatWasOversigned() throws IOException {
        String text = Mails.text(signed(signer.sign(Mails.of(TEXT))));

        assertThat(verify(Mails.raw("Subject: another\r\n" + text))).noneMatch(DkimResult::isPass);
        assertThat(verify(Mails.raw("Received: from a by b\r\n" + text))).allMatch(DkimResult::isPass);
    }

    @Test
    void theOversignedFieldsCanBeOthers() throws IOException {
        String text = Mails.text(signed(signer(List.of("from", "x-loop")).sign(Mails.of(TEXT))));

        assertThat(text).contains("from:from:x-loop:to:subject");
        assertThat(verify(Mails.raw("X-Loop: yes\r\n" + text))).noneMatch(DkimResult::isPass);
    }

    @Test
    void saysWhatOthersBrokeAfterwards() throws IOException {
        SignedContent content = signed(signer.sign(Mails.of(TEXT)));
        String text = Mails.text(content);

        assertThat(check.flaws(Mails.raw(text + "-- \r\nadvertisement\r\n"), content.keys()))
                .hasSize(2)
                .allMatch(flaw -> flaw.endsWith("the body is not the one that was signed"));
        assertThat(check.flaws(Mails.raw(text.replace("Subject: ", "Subject: [x] ")), content.keys()))
                .hasSize(2)
                .allMatch(flaw -> flaw.endsWith("the header is not the one that was signed"));
        assertThat(check.flaws(Mails.of(TEXT), content.keys()))
                .hasSize(2)
                .allMatch(flaw -> flaw.endsWith("the signature is not there any more"));
        assertThat(check.flaws(Mails.raw("Received: from a by b\r\n" + text), content.keys()))
                .isEmpty();
    }
}
