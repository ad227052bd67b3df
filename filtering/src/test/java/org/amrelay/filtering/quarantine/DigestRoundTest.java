// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.quarantine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.amrelay.mail.MovableClock;
import org.amrelay.mail.address.EmailAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DigestRoundTest {
    private static final Instant SIX = Instant.parse("2026-11-25T06:00:00Z");
    private static final EmailAddress ANN = EmailAddress.of("ann@ours.example");
    private static final EmailAddress BEN = EmailAddress.of("ben@ours.example");
    private static final EmailAddress FAR = EmailAddress.of("abe@elsewhere.example");

    private final MovableClock clock = MemoryQuarantine.clockAt(SIX);
    private final MemoryQuarantine memory = new MemoryQuarantine(clock);
    private final AtomicInteger names = new AtomicInteger();

    static List<String> languages() {
        return DigestTexts.LANGUAGES;
    }

    private DigestRound round(String times, String language) {
        DigestSettings settings = new DigestSettings(
                DigestSettings.checkedUrl("https://q.example"),
                "mail.example",
                DigestTexts.of(language),
                Duration.ofDays(60));
        LinkSigner links = new LinkSigner("secret".getBytes(StandardCharsets.UTF_8), clock);
        return new DigestRound(
                memory,
                new DigestComposer(settings, links, ZoneOffset.UTC),
                DigestTimes.parse(times, ZoneOffset.UTC),
                address -> address.domain().equals("ours.example"),
                () -> "digest-" + names.incrementAndGet(),
                Map.of("mark", "true"),
                clock);
    }

    private static List<String> parts(DigestMail digest) {
        try (var in = digest.content().open()) {
            String mail = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            List<String> parts = new ArrayList<>(List.of(mail));
            for (int from = mail.indexOf("base64\r\n\r\n");
                    from >= 0;
                    from = mail.indexOf("base64\r\n\r\n", from + 1)) {
                String body =
                        mail.substring(from + 10, mail.indexOf("--=_", from)).strip();
                parts.add(new String(Base64.getMimeDecoder().decode(body), StandardCharsets.UTF_8));
            }
            return parts;
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Test
    void tellsAtItsTimeOnceAndOnlyThoseWhoAreOurs() {
        DigestRound round = round("07:00, 16:00", "en");
        memory.add(1, 10, SIX.plus(Duration.ofDays(30)), ANN, FAR);

        assertThat(round.round()).as("before its time").isZero();
        clock.advance(Duration.ofHours(1));
        memory.add(2, 10, SIX.plus(Duration.ofDays(30)), BEN);
        assertThat(round.round()).as("not what came at that moment").isEqualTo(1);
        assertThat(round.round()).isZero();
        memory.add(3, 10, SIX.plus(Duration.ofDays(30)), ANN);
        clock.advance(Duration.ofHours(8));
        assertThat(round.round()).isZero();
        clock.advance(Duration.ofHours(1));
        assertThat(round.round()).isEqualTo(2);

        assertThat(memory.sent).extracting(DigestMail::to).containsExactly(ANN, ANN, BEN);
        assertThat(memory.sent).extracting(DigestMail::about).containsExactly(List.of(1L), List.of(3L), List.of(2L));
        assertThat(memory.sent.get(0).attributes()).containsEntry("mark", "true");
    }

    @Test
    void tellsAtOnceWhenSomebodyAsks() {
        DigestRound round = round("07:00", "en");
        memory.add(1, 10, SIX.plus(Duration.ofDays(30)), ANN, BEN, FAR);

        assertThat(round.tell(FAR)).isFalse();
        assertThat(round.tell(BEN)).isTrue();
        assertThat(round.tell(BEN)).isFalse();
        assertThat(round.everybody()).isEqualTo(1);
    }

    @Test
    void whatStrangersWroteIsTextOnly() {
        memory.add(1, 10, SIX.plus(Duration.ofDays(30)), "<script>alert('1')</script>", true, ANN);
        round("07:00", "en").everybody();

        List<String> parts = parts(memory.sent.get(0));
        assertThat(parts.get(0))
                .contains("Auto-Submitted: auto-generated\r\n", "Message-ID: <digest-1@mail.example>")
                .doesNotContain("script");
        assertThat(parts.get(2))
                .doesNotContain("<script", "<b>Eve")
                .contains("&lt;script&gt;alert(&#39;1&#39;)", "&lt;b&gt;Eve");
    }

    @Test
    void whatIsNotReleasableIsNotOffered() {
        memory.add(1, 10, SIX.plus(Duration.ofDays(30)), "x", false, ANN);
        round("07:00", "en").everybody();

        assertThat(parts(memory.sent.get(0)).get(1))
                .contains("https://q.example/quarantine/delete/")
                .doesNotContain("/release/", "/allow/");
    }

    @ParameterizedTest
    @MethodSource("languages")
    void everyLanguageHasEveryText(String language) {
        DigestTexts texts = DigestTexts.of(language);
        assertThat(texts.language()).isEqualTo(language);
        assertThat(texts.keys()).isEqualTo(DigestTexts.of("en").keys());
        assertThat(texts.text("subject", "count", "3")).contains("3");
        assertThat(texts.text("intro", "recipient", "ann@ours.example")).contains("ann@ours.example");
        memory.add(1, 10, SIX.plus(Duration.ofDays(30)), ANN);
        round("07:00", language).everybody();
        assertThat(parts(memory.sent.get(0)).get(1))
                .contains(texts.text("release") + ": https://q.example/quarantine/release/");
        assertThat(parts(memory.sent.get(0)).get(0).lines().filter(line -> line.length() > 200))
                .isEmpty();
    }

    @Test
    void otherLanguagesAreEnglish() {
        assertThat(DigestTexts.of("tlh").language()).isEqualTo("en");
        assertThat(DigestTexts.of("pt-BR").language()).isEqualTo("pt");
        assertThatThrownBy(() -> DigestTexts.of("en").text("nothing")).hasMessageContaining("nothing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "25:00", "07:00;08:00", " , "})
    void refusesWhatAreNoTimes(String times) {
        assertThatThrownBy(() -> DigestTimes.parse(times, ZoneId.of("UTC")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "q.example",
                "ftp://q.example/",
                "https://",
                "https://q.example/?x",
                "javascript:alert(1)",
                "https://a@q.example",
                "a b"
            })
    void refusesWhatIsNoPublicUrl(String url) {
        assertThatThrownBy(() -> DigestSettings.checkedUrl(url)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theLastTimeMayBeYesterdays() {
        DigestTimes times = DigestTimes.parse("16:00,07:00", ZoneOffset.UTC);
        assertThat(times.lastUntil(SIX)).isEqualTo(Instant.parse("2026-11-24T16:00:00Z"));
        assertThat(times.lastUntil(SIX.plus(Duration.ofHours(1)))).isEqualTo(Instant.parse("2026-11-25T07:00:00Z"));
    }
}
