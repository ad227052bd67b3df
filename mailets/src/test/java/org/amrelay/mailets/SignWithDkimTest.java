// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import javax.mail.MessagingException;
import org.amrelay.authentication.dkim.OwnKey;
import org.amrelay.authentication.dkim.OwnSignatureCheck;
import org.amrelay.authentication.dkim.SignatureProvider;
import org.amrelay.authentication.keys.PrivateKeyReader;
import org.amrelay.authentication.keys.SigningKeys;
import org.amrelay.james.MailContent;
import org.apache.james.core.builder.MimeMessageBuilder;
import org.apache.mailet.base.test.FakeMail;
import org.apache.mailet.base.test.FakeMailetConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignWithDkimTest {
    private static final SignatureProvider JAVA = SignatureProvider.ofJava();

    @TempDir
    private Path directory;

    private final FakeMailetConfig.Builder config = FakeMailetConfig.builder();
    private FakeMail mail;
    private String pem = "";
    private OwnKey key;

    @BeforeEach
    void aMailIsOnItsWay() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        key = PrivateKeyReader.pem("relay.example", "s", pem);
        mail = FakeMail.builder()
                .name("mail-1")
                .recipient("bob@elsewhere.example")
                .mimeMessage(MimeMessageBuilder.mimeMessageBuilder()
                        .addFrom("alice@relay.example")
                        .setSubject("hello")
                        .setText("Hello\n"))
                .build();
    }

    private void service(SigningKeys keys) throws MessagingException {
        SignWithDkim mailet = new SignWithDkim(keys, JAVA, Clock.systemUTC());
        mailet.init(config.build());
        mailet.service(mail);
    }

    private List<String> flaws() throws Exception {
        return new OwnSignatureCheck(JAVA).flaws(MailContent.of(mail), List.of(key));
    }

    @Test
    void signsWithTheKeyOfTheAuthorsDomain() throws Exception {
        service(domain -> List.of(key));

        assertThat(mail.getMessage().getAllHeaderLines().nextElement()).startsWith("DKIM-Signature: v=1; a=ed25519");
        assertThat(flaws()).isEmpty();
    }

    @Test
    void leavesTheMessageAloneWithoutAKey() throws Exception {
        byte[] before = MailContent.of(mail).open().readAllBytes();

        service(SigningKeys.none());

        assertThat(MailContent.of(mail).open().readAllBytes()).isEqualTo(before);
    }

    @Test
    void takesKeysFromPemFiles() throws Exception {
        Path file = Files.writeString(directory.resolve("key.pem"), pem, StandardCharsets.US_ASCII);
        config.setProperty("keys", "s._domainkey.Relay.example=" + file);

        service(SigningKeys.none());

        assertThat(flaws()).isEmpty();
    }

    @Test
    void saysWhatIsWrongWithAPemFile() throws Exception {
        Path file = Files.writeString(directory.resolve("key.pem"), "nothing", StandardCharsets.US_ASCII);

        config.setProperty("keys", "s._domainkey.relay.example=" + file);
        assertThatThrownBy(() -> service(SigningKeys.none()))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("key.pem, which has no line -----BEGIN PRIVATE KEY-----");

        config.setProperty("keys", "s._domainkey.relay.example=" + directory.resolve("missing.pem"));
        assertThatThrownBy(() -> service(SigningKeys.none())).hasMessageContaining("missing.pem, which cannot be read");

        config.setProperty("keys", "relay.example=" + file);
        assertThatThrownBy(() -> service(SigningKeys.none()))
                .hasMessageContaining("is not selector._domainkey.domain=file");
    }

    @Test
    void refusesToLeaveOutTheAuthor() {
        config.setProperty("oversigned", "to, subject");

        assertThatThrownBy(() -> service(SigningKeys.none())).hasMessageContaining("'oversigned' leaves out From");
    }
}
