// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.virus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.amrelay.filtering.scanner.ScannerPool;
import org.amrelay.filtering.virus.ScanResult.Clean;
import org.amrelay.filtering.virus.ScanResult.Infected;
import org.amrelay.filtering.virus.ScanResult.Troubled;
import org.amrelay.filtering.virus.ScanResult.Unavailable;
import org.amrelay.filtering.virus.ScanResult.Unscannable;
import org.amrelay.mail.MovableClock;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.settings.YamlSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClamAvTest {
    private static final String HEADER = "From: a@b.example\r\nSubject: x\r\nContent-Type: text/plain\r\n";

    @TempDir
    Path directory;

    private final MovableClock clock = new MovableClock("2026-03-01T10:00:00Z");
    private final List<AutoCloseable> open = new ArrayList<>();
    private ScriptedClamd clamd;

    @BeforeEach
    void start() throws Exception {
        clamd = new ScriptedClamd();
        open.add(clamd);
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private PooledScanner clamAv(String settings, ScriptedClamd... hosts) {
        String addresses =
                Arrays.stream(hosts).map(host -> host.address().toString()).collect(Collectors.joining(", "));
        ClamAvSettings read = YamlSettings.read(
                ClamAvSettings.class, "hosts: " + addresses + "\ndatabase: " + directory + "\n" + settings, Map.of());
        Duration rest = Duration.ofMillis(50);
        PooledScanner clamAv = Engines.clamAv(
                read,
                new ScannerPool.Manners(read.connections(), read.timeout(), rest, rest, rest.multipliedBy(4)),
                clock);
        open.add(clamAv);
        return clamAv;
    }

    private static MessageContent message(String text) {
        return MessageContent.of(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static ScanResult scan(PooledScanner clamAv, String text) throws Exception {
        return scan(clamAv, message(text));
    }

    private static ScanResult scan(PooledScanner clamAv, MessageContent message) throws Exception {
        return clamAv.scan(message).toCompletableFuture().get();
    }

    @Test
    void sendsTheWholeMessageAndBelievesTheAnswer() throws Exception {
        PooledScanner clamAv = clamAv("", clamd);
        String large = HEADER + "\r\n" + "0123456789\r\n".repeat(20_000);
        assertThat(scan(clamAv, large)).isEqualTo(new Clean());
        assertThat(clamd.scanned).containsExactly(large.getBytes(StandardCharsets.ISO_8859_1));
        clamd.answer = any -> "stream: Eicar-Test-Signature FOUND";
        assertThat(scan(clamAv, HEADER + "\r\nother")).isEqualTo(new Infected("Eicar-Test-Signature"));
    }

    @Test
    void speaksOverASocketInTheFileSystem() throws Exception {
        try (ScriptedClamd local = new ScriptedClamd(directory.resolve("clamd.ctl"))) {
            assertThat(scan(clamAv("", local), HEADER + "\r\nx")).isEqualTo(new Clean());
        }
    }

    @Test
    void cleansTheNameOfASignature() throws Exception {
        clamd.answer = any -> "stream: Bad\r\nX-Evil: \u00e4 " + "n".repeat(300) + " FOUND";
        assertThat(scan(clamAv("", clamd), HEADER + "\r\nx")).isInstanceOfSatisfying(Infected.class, found -> {
            assertThat(found.signature()).startsWith("Bad__X-Evil:_").hasSize(200);
            assertThat(found.signature().chars()).allMatch(c -> c > ' ' && c < 127);
        });
    }

    @Test
    void doesNotAskAboutWhatIsTooLarge() throws Exception {
        PooledScanner clamAv = clamAv("largest: 1KB\n", clamd);
        assertThat(scan(clamAv, HEADER + "\r\n" + "x".repeat(2000))).isInstanceOf(Unscannable.class);
        assertThat(clamd.commands).isEmpty();
    }

    @Test
    void hearsThatClamdWantsNoMoreWhileItStillSends() throws Exception {
        clamd.limit = 100_000;
        ScanResult result = scan(clamAv("", clamd), HEADER + "\r\n" + "x".repeat(8_000_000));
        assertThat(result)
                .isInstanceOfSatisfying(
                        Unscannable.class,
                        unscannable -> assertThat(unscannable.why()).contains("StreamMaxLength"));
    }

    @Test
    void asksTheNextHostAndComesBackToTheBrokenOneWhenItAnswersAProbe() throws Exception {
        ScriptedClamd broken = new ScriptedClamd();
        open.add(broken);
        broken.answer = any -> ScriptedClamd.HANG_UP;
        broken.pong = ScriptedClamd.HANG_UP;
        PooledScanner clamAv = clamAv("", broken, clamd);
        AtomicInteger recoveries = new AtomicInteger();
        clamAv.onRecovery(recoveries::incrementAndGet);
        for (int i = 0; i < 6; i++) {
            assertThat(scan(clamAv, HEADER + "\r\n" + i)).isEqualTo(new Clean());
        }
        await().untilAsserted(() -> assertThat(broken.commands).contains("zPING"));
        assertThat(broken.scanned).hasSize(1);
        assertThat(recoveries).hasValue(0);
        broken.answer = any -> "stream: OK";
        broken.pong = "PONG";
        await().untilAsserted(() -> assertThat(recoveries).hasValue(1));
        for (int i = 6; i < 10; i++) {
            assertThat(scan(clamAv, HEADER + "\r\n" + i)).isEqualTo(new Clean());
        }
        assertThat(broken.scanned).hasSizeGreaterThan(1);
    }

    @Test
    void saysAtOnceThatNobodyAnswersWhileAllRest() throws Exception {
        PooledScanner clamAv = clamAv("", clamd);
        clamd.close();
        assertThat(scan(clamAv, HEADER + "\r\n1")).isInstanceOf(Unavailable.class);
        assertThat(clamAv.isUp()).isFalse();
        assertThat(scan(clamAv, HEADER + "\r\n2"))
                .isInstanceOfSatisfying(
                        Unavailable.class,
                        unavailable -> assertThat(unavailable.cause()).startsWith("no host of ClamAV works: "));
    }

    @Test
    void blamesTheHostWhenItDoesNotEvenAnswerAPing() throws Exception {
        clamd.answer = any -> ScriptedClamd.SILENCE;
        clamd.pong = ScriptedClamd.SILENCE;
        PooledScanner clamAv = clamAv("timeout: 300ms\n", clamd);
        assertThat(scan(clamAv, HEADER + "\r\n1")).isInstanceOf(Unavailable.class);
        assertThat(clamAv.isUp()).isFalse();
    }

    @Test
    void doesNotLetEverybodyWaitToTheEndForAHostThatStands() throws Exception {
        clamd.answer = any -> ScriptedClamd.SILENCE;
        clamd.pong = ScriptedClamd.SILENCE;
        PooledScanner clamAv = clamAv("timeout: 5m\n", clamd);
        clamAv.scan(message(HEADER + "\r\n1"));
        await().until(() -> !clamAv.isUp());
        assertThat(scan(clamAv, HEADER + "\r\n2")).isInstanceOf(Unavailable.class);
    }

    @Test
    void blamesTheMessageWhenTheHostIsWellOtherwise() throws Exception {
        clamd.answer = any -> ScriptedClamd.SILENCE;
        PooledScanner clamAv = clamAv("timeout: 300ms\n", clamd);
        assertThat(scan(clamAv, HEADER + "\r\n1")).isInstanceOf(Unscannable.class);
        assertThat(clamAv.isUp()).isTrue();
    }

    @Test
    void holdsAnErrorAgainstTheMessageAndNotAgainstTheHost() throws Exception {
        clamd.answer = message -> new String(message, StandardCharsets.ISO_8859_1).endsWith("poison")
                ? "stream: Can't write to file ERROR"
                : "stream: OK";
        PooledScanner clamAv = clamAv("", clamd);
        assertThat(scan(clamAv, HEADER + "\r\npoison"))
                .isEqualTo(new Troubled("clamd says: Can't write to file ERROR"));
        assertThat(clamAv.isUp()).isTrue();
        assertThat(scan(clamAv, HEADER + "\r\nplain")).isEqualTo(new Clean());
    }

    @Test
    void givesEachScanItsFullTimeHoweverLongItWaitedForItsTurn() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        clamd.answer = message -> {
            if (new String(message, StandardCharsets.ISO_8859_1).endsWith("slow")) {
                uninterrupted(first);
            }
            return "stream: Bad FOUND";
        };
        PooledScanner clamAv = clamAv("connections: 1\ntimeout: 20s\n", clamd);
        CompletableFuture<ScanResult> slow =
                clamAv.scan(message(HEADER + "\r\nslow")).toCompletableFuture();
        CompletableFuture<ScanResult> queued =
                clamAv.scan(message(HEADER + "\r\nqueued")).toCompletableFuture();
        first.countDown();
        assertThat(slow.get()).isEqualTo(new Infected("Bad"));
        assertThat(queued.get()).isEqualTo(new Infected("Bad"));
    }

    private static void uninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void asksOnceForWhoAskTwiceMeanwhile() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        clamd.answer = message -> {
            uninterrupted(go);
            return "stream: OK";
        };
        PooledScanner clamAv = clamAv("", clamd);
        CompletableFuture<ScanResult> hook =
                clamAv.scan(message(HEADER + "\r\nx")).toCompletableFuture();
        CompletableFuture<ScanResult> mailet =
                clamAv.scan(message(HEADER + "\r\nx")).toCompletableFuture();
        go.countDown();
        assertThat(hook.get()).isEqualTo(new Clean());
        assertThat(mailet.get()).isEqualTo(new Clean());
        assertThat(clamd.scanned).hasSize(1);
    }

    @Test
    void remembersNoAlarmAndHashesFieldsThatAreLong() throws Exception {
        PooledScanner clamAv = clamAv("", clamd);
        scan(clamAv, HEADER + "\r\nwarm-up");
        clamd.answer = any -> "stream: Bad FOUND";
        scan(clamAv, HEADER + "\r\nalarm");
        clamd.answer = any -> "stream: OK";
        assertThat(scan(clamAv, HEADER + "\r\nalarm")).isEqualTo(new Clean());
        int before = clamd.scanned.size();
        scan(clamAv, "To: x" + "x".repeat(600) + "\r\n" + HEADER + "\r\nalarm");
        assertThat(clamd.scanned).hasSize(before + 1);
    }

    @Test
    void takesNoSilentHangUpForAnAnswer() throws Exception {
        clamd.answer = any -> ScriptedClamd.HANG_UP;
        assertThat(scan(clamAv("", clamd), HEADER + "\r\n1")).isInstanceOf(Troubled.class);
    }

    @Test
    void takesNoFloodForAnAnswer() throws Exception {
        clamd.answer = any -> "x".repeat(100_000);
        assertThat(scan(clamAv("", clamd), HEADER + "\r\n1")).isInstanceOf(Troubled.class);
    }

    @Test
    void scansTheCopiesOfAMailingOnce() throws Exception {
        PooledScanner clamAv = clamAv("", clamd);
        scan(clamAv, HEADER + "To: warm-up\r\n\r\nwarm-up");
        for (int i = 0; i < 5; i++) {
            scan(clamAv, "Received: from x" + i + "\r\n" + HEADER + "To: u" + i + "@b.example\r\n\r\nbody");
        }
        assertThat(clamd.scanned).hasSize(2);
        scan(clamAv, HEADER + "To: u@b.example\r\nX-Other: 1\r\n\r\nbody");
        scan(clamAv, HEADER + "To: u@b.example\r\n\r\nbody ");
        assertThat(clamd.scanned).hasSize(4);
    }

    @Test
    void forgetsWhenTheSignaturesAreOthers() throws Exception {
        PooledScanner clamAv = clamAv("", clamd);
        String mail = HEADER + "\r\nbody";
        scan(clamAv, HEADER + "\r\nwarm-up");
        scan(clamAv, mail);
        scan(clamAv, mail);
        assertThat(clamd.scanned).hasSize(2);
        clamd.version = "ClamAV 1.0.7/2";
        clamd.answer = any -> "stream: New FOUND";
        clock.advance(Duration.ofSeconds(11));
        assertThat(scan(clamAv, mail)).isEqualTo(new Infected("New"));
        Files.writeString(directory.resolve("local.hdb"), "a signature");
        clamd.answer = any -> "stream: Newer FOUND";
        clock.advance(Duration.ofSeconds(11));
        scan(clamAv, HEADER + "\r\nlooks again");
        assertThat(scan(clamAv, mail)).isEqualTo(new Infected("Newer"));
    }

    @Test
    void doesNotBlameClamdForADiskOfOurs() throws Exception {
        PooledScanner clamAv = clamAv("", clamd);
        MessageContent broken = new MessageContent() {
            private int times;

            @Override
            public InputStream open() throws IOException {
                if (times++ < 2) {
                    return message(HEADER + "\r\nx").open();
                }
                throw new IOException("bad sector");
            }

            @Override
            public long size() {
                return HEADER.length() + 3;
            }
        };
        assertThat(scan(clamAv, broken)).isEqualTo(new Unavailable("the message cannot be read", false));
        assertThat(clamAv.isUp()).isTrue();
    }

    @Test
    void turnsAwayWhatItCannotTakeInTime() throws Exception {
        clamd.answer = any -> ScriptedClamd.SILENCE;
        PooledScanner clamAv = clamAv("connections: 1\ntimeout: 20s\n", clamd);
        List<CompletableFuture<ScanResult>> results = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            results.add(clamAv.scan(message(HEADER + "\r\n" + i)).toCompletableFuture());
        }
        await().untilAsserted(() -> assertThat(results.stream().filter(CompletableFuture::isDone))
                .hasSizeGreaterThanOrEqualTo(15)
                .allSatisfy(result -> assertThat(result.get())
                        .isEqualTo(new Unavailable("ClamAV has too many questions waiting", true))));
    }
}
