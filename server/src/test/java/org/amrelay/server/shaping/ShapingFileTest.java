// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.shaping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.amrelay.delivery.shaping.Shaping;
import org.amrelay.delivery.shaping.ShapingMemory;
import org.amrelay.delivery.shaping.ShapingRules;
import org.amrelay.delivery.shaping.SiteNames;
import org.amrelay.delivery.shaping.SiteThrottle;
import org.amrelay.mail.reply.Reply;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.StartRefused;
import org.amrelay.server.home.TestHome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapingFileTest {
    private static final Instant NOW = Instant.parse("2026-11-25T10:02:00Z");

    @TempDir
    private Path directory;

    private static ShapingRules parse(String... lines) {
        return ShapingFile.parse(String.join("\n", lines), "shaping.yaml");
    }

    @Test
    void readsEverything() {
        ShapingRules rules = parse(
                "limits: {concurrency: 7, per-hour: 900}",
                "recovery: {every: 10m, by: 0.25}",
                "retry: {delays: [1m, 2h], jitter: 0, delay-notice: 30m}",
                "warm-up: {source: 192.0.2.1, start: 2026-11-01, caps: [1, 2]}",
                "warm-up-sources: [{source: 192.0.2.8, caps: [3]}, {source: '2001:db8::1', caps: [4, 5]}]",
                "weights: {News@example.org: 0.5}",
                "sites:",
                "  - {name: a, exchangers: [A.example], next-hops: [b.example], limits: {per-day: 5}, retry: {expiry: 1d}}",
                "replies:",
                "  - {name: r, sites: [a], codes: [421, 5], enhanced: [4.7.0], says: [slow], slow: 0.5, pause: 1m,"
                        + " hold-account: 2m, keep-mail: true}");
        assertThat(rules.limits().perHour()).isEqualTo(900);
        assertThat(rules.recovery().every()).isEqualTo(Duration.ofMinutes(10));
        assertThat(rules.retryOf("x").orElseThrow().delays())
                .containsExactly(Duration.ofMinutes(1), Duration.ofHours(2));
        assertThat(rules.retryOf("a").orElseThrow().expiry()).isEqualTo(Duration.ofDays(1));
        assertThat(rules.warmUp().orElseThrow().caps()).containsExactly(1L, 2L);
        assertThat(rules.sources()).hasSize(2);
        assertThat(rules.sources().values())
                .extracting(plan -> plan.caps().get(0))
                .containsExactlyInAnyOrder(3L, 4L);
        assertThat(rules.weight("news@example.org")).isEqualTo(0.5);
        assertThat(rules.replies())
                .singleElement()
                .satisfies(rule -> assertThat(rule.keepMail()).isTrue());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "limit: {}|line 1, column 1: 'limit' is unknown, did you mean 'limits'?",
                "limits: {concurency: 3}|line 1, column 10: 'concurency' is unknown, did you mean 'concurrency'?",
                "limits: {concurrency: 0}|line 1, column 23: 'concurrency' is '0', but must be a number from 1 to",
                "limits: 3|line 1, column 9: names with values are expected",
                "retry: {delays: [5x]}|line 1, column 18: 'delays' is '5x', but must be times like",
                "retry: {delays: 5m}|line 1, column 17: 'delays' is a list",
                "retry: {delays: [0s]}|line 1, column 8: a schedule needs delays, all of them above zero",
                "warm-up: {start: yesterday, caps: [1]}|line 1, column 18: 'start' is 'yesterday', but must be a day",
                "warm-up: {caps: []}|line 1, column 10: a warm-up needs a cap",
                "warm-up-sources: [{caps: [1]}]|line 1, column 19: 'source' is missing",
                "warm-up-sources: [{source: here, caps: [1]}]|line 1, column 19: ",
                "'warm-up-sources: [{source: 192.0.2.1, caps: [1]}, {source: 192.0.2.1, caps: [2]}]'|there twice",
                "sites: [{exchangers: [a]}]|line 1, column 9: 'name' is missing",
                "'sites: [{name: a}, {name: a}]'|line 1, column 20: the site 'a' is there twice",
                "replies: [{name: a, slow: 0.5}]|line 1, column 11: a rule that fits every reply",
                "'replies: [{name: a, sites: [b], codes: [4]}]'|line 1, column 11: the site 'b' is not under 'sites'",
                "replies: [{name: a, codes: [4], slow: 2}]|line 1, column 39: 'slow' is '2', but must be",
                "replies: [{name: a, codes: [4], keep-mail: perhaps}]|column 44: 'keep-mail' is 'perhaps'",
                "weights: {a: 0}|a weight is 0.001 to 1000",
                "weights: {a: much}|line 1, column 14: 'a' is 'much'",
                "'limits: ['|shaping.yaml line 1, column",
            })
    void namesThePlaceOfAMistake(String text, String message) {
        assertThatThrownBy(() -> parse(text.replace("'", "")))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining(message)
                .hasMessageStartingWith("shaping.yaml");
    }

    @Test
    void aHomeHasTheShippedRulesAndItsOwnWinOverThem() throws Exception {
        Home home = TestHome.in(directory);
        assertThat(home.conf().resolve("shaping.yaml")).exists();
        int shipped = ShapingFile.read(home).replies().size();
        assertThat(shipped).isGreaterThan(20);
        Files.delete(home.conf().resolve("shaping.yaml"));
        assertThat(ShapingFile.read(home).replies()).hasSize(shipped);
        Files.writeString(home.conf().resolve("shaping.yaml"), "");
        assertThat(ShapingFile.read(home).replies()).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "gmail-smtp-in.l.google.com|421|4.7.28|Our system has detected an unusual rate of unsolicited mail|rate 40 %",
                "aspmx.l.google.com|421|4.7.0|Try again later, closing connection|paused until 10:07, then rate 50 %",
                "aspmx.l.google.com|450|4.2.1|The user you are trying to contact is receiving mail too quickly|",
                "hotmail-com.olc.protection.outlook.com|421|4.7.0|RP-001 Unfortunately, some messages weren't sent|paused until 10:12, then rate 50 %",
                "hotmail-com.olc.protection.outlook.com|550|5.7.1|part of their network is on our block list (S3150)|paused until 12:02, then rate 20 %",
                "a-example.mail.protection.outlook.com|451|4.7.500|Server busy. Please try again later from 192.0.2.1|paused until 10:07, then rate 50 %",
                "mta5.am0.yahoodns.net|421|4.7.0|[TSS04] Messages from 192.0.2.1 temporarily deferred|paused until 10:17, then rate 40 %",
                "mta5.am0.yahoodns.net|553|5.7.2|[TSS09] All messages from 192.0.2.1 will be permanently deferred|paused until 11:02, then rate 20 %",
                "mx1.mail.icloud.com|450|4.2.2|rate limited|paused until 10:12, then rate 50 %",
                "mx00.emig.gmx.net|554|5.7.1|Reject due to policy restrictions|paused until 11:02, then rate 20 %",
                "mx1.comcast.net|421|4.1.0|Too many sessions opened RL000001|paused until 10:17, then rate 40 %",
                "smtp-in.orange.fr|421|4.7.0|Service refuse. OFR004_104 [104]|paused until 10:17, then rate 40 %",
                "mx.small.example|421|4.7.0|Too many concurrent SMTP connections|rate 50 %",
                "mx.small.example|550|5.1.1|no such user|",
                "mx.small.example|451|4.7.1|greylisted, try again in 5 minutes|",
            })
    void theShippedRulesKnowWhatProvidersSay(String host, int code, String enhanced, String text, String what) {
        ShapingRules rules = ShapingFile.read(TestHome.in(directory));
        String site = new SiteNames(rules.sites()).of(java.util.List.of(host));
        SiteThrottle throttle = Shaping.open(rules, ShapingMemory.none(), NOW).throttle(site);
        throttle.answered(Reply.of(code, enhanced, text), NOW);
        assertThat(throttle.sentence(NOW)).startsWith(what == null ? "" : what + " because");
        assertThat(throttle.sentence(NOW).isEmpty()).isEqualTo(what == null);
    }

    @Test
    void theSchemaNamesWhatTheReaderKnows() throws Exception {
        Path schema = Stream.of(Path.of("../conf"), Path.of("conf"))
                .map(conf -> conf.resolve("schema/shaping.schema.json"))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
        String text = Files.readString(schema);
        for (String name :
                "limits recovery retry warm-up warm-up-sources weights sites replies concurrency messages-per-connection per-second per-minute per-hour per-day every by settle lowest delays jitter expiry delay-notice source start caps name exchangers next-hops codes enhanced says slow pause hold-account keep-mail"
                        .split(" ")) {
            assertThat(text).contains("\"" + name + "\": {");
        }
    }
}
