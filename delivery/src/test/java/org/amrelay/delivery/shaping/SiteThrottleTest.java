// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.shaping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amrelay.mail.reply.Reply;
import org.junit.jupiter.api.Test;

class SiteThrottleTest {
    private static final Reply UNUSUAL = Reply.of(421, "4.7.28", "Our system has detected an unusual rate of mail");
    private static final Reply BLOCKED = Reply.of(550, "5.7.1", "Unfortunately, part of their network (S3150) is");

    private Instant now = Instant.parse("2026-11-25T10:02:00Z");

    private static ShapingRules rules(SiteLimits limits, Optional<WarmUp> warmUp) {
        return new ShapingRules(
                SiteLimits.none(),
                List.of(new SiteRule("google", List.of("google.com"), List.of(), limits, Optional.empty())),
                List.of(
                        new ReplyRule(
                                "unusual",
                                List.of("google"),
                                List.of(421),
                                List.of("4.7.28"),
                                List.of(),
                                0.4,
                                Duration.ZERO,
                                Duration.ZERO,
                                false),
                        new ReplyRule(
                                "blocked",
                                List.of(),
                                List.of(5),
                                List.of(),
                                List.of("S3150"),
                                0.5,
                                Duration.ofHours(2),
                                Duration.ofHours(1),
                                true)),
                Recovery.standard(),
                warmUp,
                Map.of(),
                Optional.empty());
    }

    private static SiteThrottle throttle(SiteLimits limits) {
        return new SiteThrottle("google", rules(limits, Optional.empty()), "");
    }

    private int begin(SiteThrottle throttle, Duration time, Duration step) {
        int begun = 0;
        for (Instant end = now.plus(time); now.isBefore(end); now = now.plus(step)) {
            while (begun < 100_000 && throttle.blocked(now).isEmpty()) {
                throttle.began(now);
                begun++;
            }
        }
        return begun;
    }

    @Test
    void keepsToEachRate() {
        SiteThrottle throttle = throttle(new SiteLimits(0, 0, 10, 100, 1000, 1500));
        assertThat(begin(throttle, Duration.ofSeconds(5), Duration.ofMillis(250)))
                .isEqualTo(50);
        assertThat(begin(throttle, Duration.ofSeconds(55), Duration.ofMillis(250)))
                .isEqualTo(50);
        assertThat(begin(throttle, Duration.ofMinutes(57), Duration.ofSeconds(1)))
                .isEqualTo(900);
        assertThat(begin(throttle, Duration.ofHours(3), Duration.ofSeconds(30))).isEqualTo(500);
        assertThat(throttle.sentence(now)).isEqualTo("1500 a day are reached; goes on 2026-11-26 00:00");
        now = Instant.parse("2026-11-26T00:00:00Z");
        assertThat(throttle.blocked(now)).isEmpty();
    }

    @Test
    void saysWhatARepeatedReplyLedTo() {
        SiteThrottle throttle = throttle(new SiteLimits(20, 0, 100, 0, 0, 0));
        for (int i = 0; i < 17; i++) {
            throttle.answered(UNUSUAL, now.plusSeconds(i));
        }
        now = now.plusSeconds(17);
        assertThat(throttle.sentence(now)).isEqualTo("rate 40 % because 421-4.7.28 x17 since 10:02; next raise 10:32");
        assertThat(throttle.concurrency(20)).isEqualTo(8);
        assertThat(throttle.ratePerSecond()).isEqualTo(40);
        assertThat(begin(throttle, Duration.ofSeconds(10), Duration.ofMillis(250)))
                .isBetween(380, 445);
        assertThat(throttle.decisions())
                .singleElement()
                .satisfies(decision -> assertThat(decision.toString())
                        .isEqualTo("rate 40 % because 421-4.7.28 x1 since 10:02; next raise 10:32"));
    }

    @Test
    void slowsDownAgainWhenItHasSettledAndComesBackStepByStep() {
        SiteThrottle throttle = throttle(SiteLimits.none());
        throttle.answered(UNUSUAL, now);
        now = now.plus(Duration.ofMinutes(2));
        throttle.answered(UNUSUAL, now);
        assertThat(throttle.factor()).isCloseTo(0.16, org.assertj.core.data.Offset.offset(1e-9));
        now = now.plus(Duration.ofMinutes(30));
        throttle.blocked(now);
        assertThat(throttle.factor()).isCloseTo(0.26, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(throttle.sentence(now)).endsWith("; next raise 11:04");
        now = now.plus(Duration.ofHours(8));
        throttle.blocked(now);
        assertThat(throttle.factor()).isEqualTo(1);
        assertThat(throttle.sentence(now)).isEmpty();
    }

    @Test
    void holdsASiteWithoutARateToAPartOfWhatItWasGiven() {
        SiteThrottle throttle = throttle(SiteLimits.none());
        for (int i = 0; i < 3000; i++) {
            throttle.began(now.plusMillis(i * 100L));
        }
        now = now.plusSeconds(300);
        throttle.answered(UNUSUAL, now);
        assertThat(throttle.ratePerSecond()).isBetween(3.5, 4.5);
        assertThat(begin(throttle, Duration.ofSeconds(100), Duration.ofMillis(250)))
                .isBetween(350, 450);
    }

    @Test
    void pausesKeepsTheMailAndHoldsTheAccount() {
        SiteThrottle throttle = throttle(SiteLimits.none());
        Reaction reaction = throttle.answered(BLOCKED, now).orElseThrow();
        assertThat(reaction.keepMail()).isTrue();
        assertThat(reaction.holdAccount()).isEqualTo(Duration.ofHours(1));
        assertThat(reaction.decision())
                .map(Object::toString)
                .contains(
                        "paused until 12:02, then rate 50 % because 550-5.7.1 S3150 x1 since 10:02; next raise 12:32");
        assertThat(throttle.blocked(now.plusSeconds(7199))).isPresent();
        assertThat(throttle.blocked(now.plusSeconds(7200))).isEmpty();
        assertThat(throttle.factor()).isEqualTo(0.5);
    }

    @Test
    void learnsNothingFromOrdinaryReplies() {
        SiteThrottle throttle = throttle(SiteLimits.none());
        assertThat(throttle.answered(Reply.of(450, "4.2.1", "mailbox busy"), now))
                .isEmpty();
        assertThat(throttle.answered(Reply.of(421, "4.7.2", ""), now)).isEmpty();
        assertThat(throttle.answered(Reply.of(250, "4.7.28", "S3150"), now)).isEmpty();
        assertThat(throttle.factor()).isEqualTo(1);
    }

    @Test
    void warmsANewAddressUpDayByDay() {
        WarmUp plan = new WarmUp("192.0.2.7", Optional.of(LocalDate.of(2026, 11, 25)), List.of(50L, 100L));
        SiteThrottle throttle = new SiteThrottle("google", rules(SiteLimits.none(), Optional.of(plan)), "");
        assertThat(begin(throttle, Duration.ofMinutes(10), Duration.ofMinutes(1)))
                .isEqualTo(50);
        assertThat(throttle.sentence(now))
                .isEqualTo("50 a day are reached, day 1 of the warm-up of 192.0.2.7; goes on 2026-11-26 00:00");
        now = Instant.parse("2026-11-26T08:00:00Z");
        assertThat(begin(throttle, Duration.ofMinutes(10), Duration.ofMinutes(1)))
                .isEqualTo(100);
        now = Instant.parse("2026-11-27T08:00:00Z");
        assertThat(throttle.blocked(now)).isEmpty();
        assertThat(begin(throttle, Duration.ofSeconds(1), Duration.ofSeconds(1)))
                .isEqualTo(100_000);
    }

    @Test
    void remembersTheStartOfAWarmUpTheDayAndTheBackOff() {
        Map<String, String> kept = new HashMap<>();
        ShapingMemory memory = new ShapingMemory() {
            @Override
            public Map<String, String> load() {
                return Map.copyOf(kept);
            }

            @Override
            public void keep(String name, String value) {
                kept.put(name, value);
            }
        };
        WarmUp plan = new WarmUp("192.0.2.7", Optional.empty(), List.of(50L, 100L));
        Shaping first = Shaping.open(rules(SiteLimits.none(), Optional.of(plan)), memory, now);
        SiteThrottle before = first.throttle("google");
        for (int i = 0; i < 30; i++) {
            before.began(now);
        }
        before.answered(UNUSUAL, now);
        first.keep("google", before);
        now = now.plus(Duration.ofMinutes(5));
        Shaping second = Shaping.open(rules(SiteLimits.none(), Optional.of(plan)), memory, now);
        SiteThrottle after = second.throttle("google");
        assertThat(after.sentence(now)).isEqualTo("rate 40 % because 421-4.7.28 x1 since 10:02; next raise 10:32");
        now = now.plus(Duration.ofHours(9));
        assertThat(begin(after, Duration.ofMinutes(10), Duration.ofMinutes(1))).isEqualTo(20);
        now = Instant.parse("2026-11-26T08:00:00Z");
        Shaping third = Shaping.open(rules(SiteLimits.none(), Optional.of(plan)), memory, now);
        assertThat(begin(third.throttle("google"), Duration.ofMinutes(10), Duration.ofMinutes(1)))
                .as("the second day, as the first is remembered")
                .isEqualTo(100);
    }

    @Test
    void beginsAnewWhenWhatWasRememberedIsDamaged() {
        for (String damaged : List.of("x", "1 2;", "1 2;x;y", "1 2;0.5;0.5 0 0 0", ";;")) {
            SiteThrottle throttle = new SiteThrottle("google", rules(SiteLimits.none(), Optional.empty()), damaged);
            assertThat(throttle.blocked(now)).as(damaged).isEmpty();
        }
    }
}
