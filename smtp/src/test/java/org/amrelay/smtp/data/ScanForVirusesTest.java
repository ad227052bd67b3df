// SPDX-License-Identifier: Apache-2.0
package org.amrelay.smtp.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.amrelay.filtering.scanner.WithoutScanner;
import org.amrelay.filtering.virus.ScanResult;
import org.amrelay.filtering.virus.VirusProtection;
import org.amrelay.filtering.virus.VirusProtection.Engine;
import org.amrelay.james.VirusVerdict;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.server.core.MailImpl;
import org.apache.james.server.core.MimeMessageInputStreamSource;
import org.apache.james.server.core.MimeMessageWrapper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScanForVirusesTest {
    private final BaseHierarchicalConfiguration config = new BaseHierarchicalConfiguration();
    private MailImpl mail;

    @BeforeEach
    void aMessageHasCome() throws Exception {
        mail = MailImpl.builder()
                .name("mail-1")
                .sender("a@b.example")
                .addRecipient("bob@relay.example")
                .build();
        byte[] text = "Subject: x\r\n\r\nx\r\n".getBytes(StandardCharsets.US_ASCII);
        mail.setMessageNoCopy(
                new MimeMessageWrapper(MimeMessageInputStreamSource.create("m", new ByteArrayInputStream(text))));
    }

    private HookResult says(CompletableFuture<ScanResult> result, WithoutScanner without) throws Exception {
        SMTPSession session = (SMTPSession) Proxy.newProxyInstance(
                SMTPSession.class.getClassLoader(),
                new Class<?>[] {SMTPSession.class},
                (self, method, arguments) -> method.getName().equals("getSessionID") ? "session-1" : null);
        Engine engine = new Engine("ClamAV", message -> result, without, () -> {});
        ScanForViruses hook = new ScanForViruses(new VirusProtection(List.of(engine), Duration.ofMillis(50)));
        hook.init(config);
        return hook.onMessage(session, mail);
    }

    private static CompletableFuture<ScanResult> result(ScanResult result) {
        return CompletableFuture.completedFuture(result);
    }

    @Test
    void refusesMalwareWithItsName() throws Exception {
        HookResult answer = says(result(new ScanResult.Infected("Eicar-Test")), WithoutScanner.HOLD_AND_RESCAN);
        assertThat(answer.getSmtpRetCode()).isEqualTo("554");
        assertThat(answer.getSmtpDescription()).isEqualTo("5.7.0 The message contains malware: Eicar-Test");
    }

    @Test
    void onlyWritesItDownWhenToldSo() throws Exception {
        config.addProperty("onVirus", "record");
        HookResult answer = says(result(new ScanResult.Infected("Eicar-Test")), WithoutScanner.HOLD_AND_RESCAN);
        assertThat(answer).isEqualTo(HookResult.DECLINED);
        assertThat(VirusVerdict.of(mail)).map(VirusVerdict::detail).contains("Eicar-Test");
    }

    @Test
    void takesCleanMail() throws Exception {
        assertThat(says(result(new ScanResult.Clean()), WithoutScanner.REFUSE)).isEqualTo(HookResult.DECLINED);
        assertThat(VirusVerdict.of(mail)).map(VirusVerdict::kind).contains(VirusVerdict.Kind.CLEAN);
    }

    @Test
    void refusesForNowWithoutAScannerWhenToldSo() throws Exception {
        HookResult answer = says(result(new ScanResult.Unavailable("gone", false)), WithoutScanner.REFUSE);
        assertThat(answer.getSmtpRetCode()).isEqualTo("451");
        assertThat(answer.getSmtpDescription()).startsWith("4.7.0 ").doesNotContain("gone");
    }

    @Test
    void takesMailThatIsToBeScannedLater() throws Exception {
        HookResult answer = says(new CompletableFuture<>(), WithoutScanner.HOLD_AND_RESCAN);
        assertThat(answer).isEqualTo(HookResult.DECLINED);
        assertThat(VirusVerdict.of(mail)).isEmpty();
    }

    @Test
    void saysThatItWasNotScannedWhenItNeedNotBe() throws Exception {
        assertThat(says(result(new ScanResult.Unavailable("gone", false)), WithoutScanner.ACCEPT))
                .isEqualTo(HookResult.DECLINED);
        assertThat(VirusVerdict.of(mail)).map(VirusVerdict::kind).contains(VirusVerdict.Kind.SKIPPED);
    }
}
