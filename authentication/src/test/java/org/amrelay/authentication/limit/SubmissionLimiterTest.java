// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.reply.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubmissionLimiterTest {
    private Instant now = Instant.parse("2026-11-23T12:30:00Z");

    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    };

    private SubmissionLimiter limiter(String... rules) {
        List<LimitRule> parsed = Arrays.stream(rules)
                .map(rule -> LimitRule.parse("rule-" + Arrays.asList(rules).indexOf(rule), rule))
                .toList();
        return new SubmissionLimiter(parsed, new MemoryLimits(), clock);
    }

    private static LimitSubject subject(String account, String client) {
        try {
            return new LimitSubject(account, InetAddress.getByName(client));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static final LimitSubject ANN = subject("ann@ours.test", "192.0.2.1");

    private static void admits(Optional<Reply> reply) {
        assertThat(reply).isEmpty();
    }

    private static void defers(Optional<Reply> reply) {
        assertThat(reply).hasValueSatisfying(r -> assertThat(r.toString()).startsWith("450 4.7.1 "));
    }

    @Test
    void saysWhichLimitAndWhenToTryAgain() {
        SubmissionLimiter limiter = limiter("2 messages per account in 1h fixed");
        admits(limiter.message(ANN));
        admits(limiter.message(ANN));
        assertThat(limiter.message(ANN).map(Reply::toString))
                .hasValue("450 4.7.1 the limit of 2 messages per account in 1h is reached (rule-0); "
                        + "try again in 31 minutes, at 2026-11-23T13:00:01Z");
        now = Instant.parse("2026-11-23T13:00:00Z");
        admits(limiter.message(ANN));
    }

    @Test
    void aSlidingWindowHasRoomAtTheTimeThatItNamed() {
        SubmissionLimiter limiter = limiter("2 messages per account in 16m");
        admits(limiter.message(ANN));
        now = now.plus(Duration.ofMinutes(10));
        admits(limiter.message(ANN));
        String text = limiter.message(ANN).orElseThrow().text();
        Instant room = Instant.parse(text.substring(text.lastIndexOf(' ') + 1));
        assertThat(room).isBetween(now.plus(Duration.ofMinutes(6)), now.plus(Duration.ofMinutes(8)));
        now = room;
        admits(limiter.message(ANN));
        defers(limiter.message(ANN));
    }

    @Test
    void countsPerAccountAddressNetworkAndDomain() {
        admitsOnce("account", ANN, subject("ANN@ours.test", "203.0.113.1"), subject("bob@ours.test", "192.0.2.1"));
        admitsOnce("address", ANN, subject("x@y.test", "192.0.2.1"), subject("ann@ours.test", "192.0.2.2"));
        admitsOnce("network", ANN, subject("x@y.test", "192.0.2.200"), subject("ann@ours.test", "192.0.3.1"));
        admitsOnce("domain", ANN, subject("bob@ours.test", "203.0.113.1"), subject("ann@yours.test", "192.0.2.1"));
        LimitSubject six = subject("ann@ours.test", "2001:db8:1:2::1");
        admitsOnce("address", six, subject("x@y.test", "2001:db8:1:2:ffff::1"), subject("x@y.test", "2001:db8:1:3::1"));
        admitsOnce("network", six, subject("x@y.test", "2001:db8:1:ffff::1"), subject("x@y.test", "2001:db8:2::1"));
    }

    private void admitsOnce(String scope, LimitSubject one, LimitSubject same, LimitSubject other) {
        SubmissionLimiter limiter = limiter("1 messages per " + scope + " in 1h");
        admits(limiter.message(one));
        defers(limiter.message(same));
        admits(limiter.message(other));
    }

    private static EmailAddress to(int number) {
        return EmailAddress.of("to" + number + "@other.test");
    }

    @Test
    void countsRecipientsDifferentOnesAndBytes() {
        SubmissionLimiter limiter = limiter(
                "5 recipients per account in 1h",
                "2 distinct-recipients per account in 1h",
                "1KB bytes per account in 1h");
        admits(limiter.recipient(ANN, to(1)));
        admits(limiter.recipient(ANN, EmailAddress.of("TO1@other.test")));
        admits(limiter.recipient(ANN, to(2)));
        defers(limiter.recipient(ANN, to(3)));
        admits(limiter.recipient(ANN, to(2)));
        admits(limiter.recipient(ANN, to(1)));
        assertThat(limiter.recipient(ANN, to(1)).map(Reply::text))
                .hasValueSatisfying(text -> assertThat(text).contains("5 recipients per account"));
        admits(limiter.bytes(ANN, 1000));
        defers(limiter.bytes(ANN, 25));
        admits(limiter.bytes(ANN, 24));
        now = now.plus(Duration.ofMinutes(70));
        admits(limiter.recipient(ANN, to(3)));
        defers(limiter.bytes(ANN, 2000));
    }

    @Test
    void judgesNewRecipientsOnlyAgainstAPast() {
        SubmissionLimiter limiter = limiter("50% new-recipients per account in 1h");
        for (int i = 0; i < 40; i++) {
            admits(limiter.recipient(ANN, to(i)));
        }
        now = now.plus(Duration.ofHours(3));
        for (int i = 0; i < 10; i++) {
            admits(limiter.recipient(ANN, to(i)));
        }
        int newcomers = 0;
        while (newcomers < 100 && limiter.recipient(ANN, to(100 + newcomers)).isEmpty()) {
            newcomers++;
        }
        assertThat(newcomers).isEqualTo(10);
        admits(limiter.recipient(ANN, to(1)));
        admits(limiter.recipient(ANN, to(100)));
    }

    @Test
    void aClockThatGoesBackGivesNoRoom() {
        SubmissionLimiter limiter = limiter("1 messages per account in 1h");
        admits(limiter.message(ANN));
        now = now.minus(Duration.ofDays(2));
        defers(limiter.message(ANN));
    }

    @Test
    void boundsItsMemory() {
        MemoryLimits store = new MemoryLimits(100);
        SubmissionLimiter limiter = new SubmissionLimiter(
                List.of(LimitRule.parse("a", "50 distinct-recipients per account in 1h")), store, clock);
        for (int account = 0; account < 50; account++) {
            for (int i = 0; i < 20; i++) {
                admits(limiter.recipient(subject("a" + account + "@ours.test", "192.0.2.1"), to(i)));
            }
        }
        assertThat(store.size()).isLessThanOrEqualTo(5);
    }

    @Test
    void recipientsThatLeftTheWindowTakeNoRoomInMemory() {
        MemoryLimits store = new MemoryLimits(100);
        SubmissionLimiter limiter = new SubmissionLimiter(
                List.of(
                        LimitRule.parse("a", "50 distinct-recipients per account in 1h"),
                        LimitRule.parse("b", "1 messages per account in 31d")),
                store,
                clock);
        admits(limiter.message(subject("bob@ours.test", "192.0.2.1")));
        for (int hour = 0; hour < 50; hour++) {
            for (int i = 0; i < 20; i++) {
                admits(limiter.recipient(ANN, to(i)));
            }
            now = now.plus(Duration.ofHours(2));
        }
        defers(limiter.message(subject("bob@ours.test", "192.0.2.1")));
    }

    @Test
    void whatIsRefusedTakesNoMemoryEither() {
        MemoryLimits store = new MemoryLimits(100);
        SubmissionLimiter limiter = new SubmissionLimiter(
                List.of(
                        LimitRule.parse("a", "5 messages per address in 1h"),
                        LimitRule.parse("b", "1 messages per account in 1h")),
                store,
                clock);
        admits(limiter.message(ANN));
        for (int i = 0; i < 250; i++) {
            defers(limiter.message(subject("ann@ours.test", "198.51.100." + i)));
        }
        assertThat(store.size()).isLessThanOrEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "many messages per account in 1h",
                "5 messages",
                "5 mails per account in 1h",
                "5 messages per planet in 1h",
                "5 messages per account in 1w",
                "5 messages per account in 0s",
                "5 messages per account in 99d",
                "0 messages per account in 1h",
                "5% messages per account in 1h",
                "50 new-recipients per account in 1h",
                "100% new-recipients per account in 1h",
                "10001 distinct-recipients per account in 1h",
                "5 messages per account in 1h sliding",
                "-5 messages per account in 1h"
            })
    void refusesWhatIsNoRule(String text) {
        assertThatThrownBy(() -> LimitRule.parse("x", text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsNetworks() throws Exception {
        assertThat(ClientNetwork.parse("192.0.2.77/24").map(Object::toString)).hasValue("192.0.2.0/24");
        assertThat(ClientNetwork.parse("::1").orElseThrow().contains(InetAddress.getByName("::1")))
                .isTrue();
        assertThat(ClientNetwork.parse("192.0.2.0/33")).isEmpty();
        assertThat(ClientNetwork.parse("192.0.2.0/")).isEmpty();
        assertThat(ClientNetwork.parse("example.org")).isEmpty();
        assertThat(ClientNetwork.parse("192.0.2")).isEmpty();
    }

    @Test
    void bansTwiceAsLongEachTimeUpToAnEnd() throws Exception {
        BanPolicy policy = new BanPolicy(
                Duration.ofMinutes(10),
                Duration.ofHours(1),
                Duration.ofDays(1),
                List.of(ClientNetwork.parse("203.0.113.0/24").orElseThrow()));
        InetAddress client = InetAddress.getByName("192.0.2.1");
        Optional<Ban> ban = Optional.empty();
        for (long minutes : new long[] {10, 20, 40, 60, 60}) {
            ban = policy.next(client, ban, now);
            assertThat(ban).hasValueSatisfying(b -> {
                assertThat(Duration.between(b.since(), b.until())).isEqualTo(Duration.ofMinutes(minutes));
                assertThat(b.holdsAt(b.until())).isFalse();
            });
            now = ban.orElseThrow().until();
        }
        now = now.plus(Duration.ofDays(1));
        assertThat(policy.next(client, ban, now)).map(Ban::number).hasValue(1);
        assertThat(policy.next(InetAddress.getByName("203.0.113.9"), ban, now)).isEmpty();
    }
}
