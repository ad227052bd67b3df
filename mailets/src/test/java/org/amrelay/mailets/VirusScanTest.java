// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import javax.mail.MessagingException;
import org.amrelay.filtering.scanner.WithoutScanner;
import org.amrelay.filtering.virus.ScanResult;
import org.amrelay.filtering.virus.VirusProtection;
import org.amrelay.filtering.virus.VirusProtection.Engine;
import org.amrelay.james.VirusVerdict;
import org.apache.james.core.builder.MimeMessageBuilder;
import org.apache.mailet.Mail;
import org.apache.mailet.base.test.FakeMail;
import org.apache.mailet.base.test.FakeMailContext;
import org.apache.mailet.base.test.FakeMailetConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VirusScanTest {
    private final AtomicInteger asked = new AtomicInteger();
    private final FakeMailContext context = FakeMailContext.defaultContext();
    private FakeMail mail;

    @BeforeEach
    void aMailIsOnItsWay() throws Exception {
        mail = FakeMail.builder()
                .name("mail-1")
                .state("root")
                .recipient("bob@relay.example")
                .mimeMessage(MimeMessageBuilder.mimeMessageBuilder().setSubject("x"))
                .build();
    }

    private VirusProtection says(ScanResult result, WithoutScanner without) {
        Engine engine = new Engine(
                "ClamAV",
                message -> {
                    asked.incrementAndGet();
                    return CompletableFuture.completedFuture(result);
                },
                without,
                () -> {});
        return new VirusProtection(List.of(engine), Duration.ofSeconds(1));
    }

    private void serve(VirusProtection protection, String... settings) throws MessagingException {
        VirusScan mailet = new VirusScan(protection);
        FakeMailetConfig.Builder config =
                FakeMailetConfig.builder().mailetName("VirusScan").mailetContext(context);
        Arrays.stream(settings).forEach(s -> config.setProperty(s.split("=")[0], s.split("=")[1]));
        mailet.init(config.build());
        mailet.service(mail);
    }

    @Test
    void sendsMalwareElsewhereAndSaysWhatItIs() throws Exception {
        serve(says(new ScanResult.Infected("Eicar"), WithoutScanner.REFUSE), "infectedTo=bad");
        assertThat(mail.getState()).isEqualTo("bad");
        assertThat(VirusVerdict.of(mail)).contains(new VirusVerdict(VirusVerdict.Kind.INFECTED, "ClamAV", "Eicar"));
    }

    @Test
    void letsCleanMailGoOn() throws Exception {
        serve(says(new ScanResult.Clean(), WithoutScanner.REFUSE));
        assertThat(mail.getState()).isEqualTo("root");
        assertThat(VirusVerdict.of(mail)).contains(new VirusVerdict(VirusVerdict.Kind.CLEAN, "ClamAV", ""));
    }

    @Test
    void believesWhatTheHookHasFoundOut() throws Exception {
        new VirusVerdict(VirusVerdict.Kind.INFECTED, "ClamAV", "Eicar").attach(mail);
        serve(says(new ScanResult.Clean(), WithoutScanner.REFUSE));
        assertThat(mail.getState()).isEqualTo("virus");
        assertThat(asked).hasValue(0);
    }

    @Test
    void sendsWhatCannotBeScannedWhereItIsToldTo() throws Exception {
        serve(says(new ScanResult.Unscannable("too large"), WithoutScanner.REFUSE), "unscannableTo=quarantine");
        assertThat(mail.getState()).isEqualTo("quarantine");
    }

    @Test
    void letsWhatCannotBeScannedGoOnOtherwise() throws Exception {
        serve(says(new ScanResult.Unscannable("too large"), WithoutScanner.REFUSE));
        assertThat(mail.getState()).isEqualTo("root");
    }

    @Test
    void keepsMailWaitingWhileNoScannerAnswers() throws Exception {
        for (WithoutScanner without : List.of(WithoutScanner.REFUSE, WithoutScanner.HOLD_AND_RESCAN)) {
            mail.setState("root");
            serve(says(new ScanResult.Unavailable("connection refused", false), without));
            assertThat(mail.getState()).isEqualTo(Mail.GHOST);
            assertThat(VirusVerdict.of(mail)).isEmpty();
        }
        assertThat(context.getSentMails()).hasSize(2);
    }

    @Test
    void keepsMailWaitingThatABusyScannerHasNotLookedAtEvenWhereMailMayGoUnscanned() throws Exception {
        serve(says(new ScanResult.Unavailable("too many", true), WithoutScanner.ACCEPT));
        assertThat(mail.getState()).isEqualTo(Mail.GHOST);
        assertThat(context.getSentMails()).hasSize(1);
    }

    @Test
    void triesMailLaterOnWhichTheScannerFails() throws Exception {
        serve(says(new ScanResult.Troubled("clamd says: ERROR"), WithoutScanner.ACCEPT));
        assertThat(mail.getState()).isEqualTo(Mail.GHOST);
        assertThat(VirusVerdict.of(mail)).isEmpty();
    }

    @Test
    void goesOnWithoutAScannerWhenToldTo() throws Exception {
        serve(says(new ScanResult.Unavailable("connection refused", false), WithoutScanner.ACCEPT));
        assertThat(mail.getState()).isEqualTo("root");
        assertThat(VirusVerdict.of(mail))
                .contains(new VirusVerdict(VirusVerdict.Kind.SKIPPED, "ClamAV", "connection refused"));
    }

    @Test
    void goesOnWhereNothingIsScanned() throws Exception {
        serve(VirusProtection.none());
        assertThat(mail.getState()).isEqualTo("root");
        assertThat(VirusVerdict.of(mail)).isEmpty();
    }

    @Test
    void refusesAParameterThatItDoesNotKnow() {
        assertThatThrownBy(() -> serve(VirusProtection.none(), "infectTo=x")).hasMessageContaining("infectedTo");
    }
}
