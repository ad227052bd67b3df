// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SlidingWindowProperties {
    private record Event(long at, long amount) {}

    private static LimitRule rule(String measure, long most, int seconds, boolean sliding) {
        LimitMeasure counted = measure.isEmpty() ? LimitMeasure.BYTES : LimitMeasure.DISTINCT_RECIPIENTS;
        return new LimitRule(
                "r", LimitScope.ACCOUNT, counted, most, new LimitWindow(Duration.ofSeconds(seconds), sliding));
    }

    @Property(seed = "1", tries = 300)
    void neverLetsMoreThanTheLimitIntoAnyStretchOfItsLength(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 0, max = 40_000) Integer> pauses,
            @ForAll @IntRange(min = 1, max = 20) int most,
            @ForAll @IntRange(min = 1, max = 100) int seconds) {
        MemoryLimits store = new MemoryLimits();
        LimitRule rule = rule("", most, seconds, true);
        List<Event> admitted = new ArrayList<>();
        long now = 1_700_000_000_000L;
        for (int pause : pauses) {
            now += pause;
            long amount = 1 + pause % 5;
            LimitVerdict verdict =
                    store.claim(List.of(new LimitClaim(rule, "ann", amount, "")), Instant.ofEpochMilli(now));
            if (verdict instanceof LimitVerdict.Admitted) {
                admitted.add(new Event(now, amount));
            } else {
                Instant room = ((LimitVerdict.Exceeded) verdict).room();
                assertThat(room).isAfter(Instant.ofEpochMilli(now));
                if (amount <= most) {
                    assertThat(room).isBeforeOrEqualTo(Instant.ofEpochMilli(now + seconds * 1000L * 17 / 16 + 100));
                }
            }
        }
        for (Event last : admitted) {
            long within = admitted.stream()
                    .filter(each -> each.at() <= last.at() && each.at() > last.at() - seconds * 1000L)
                    .mapToLong(Event::amount)
                    .sum();
            assertThat(within).isLessThanOrEqualTo(most);
        }
    }

    @Property(seed = "1", tries = 300)
    void thereIsRoomAtTheTimeThatARefusalNames(
            @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 0, max = 10_000) Integer> pauses,
            @ForAll @IntRange(min = 1, max = 5) int most,
            @ForAll boolean sliding) {
        MemoryLimits store = new MemoryLimits();
        LimitRule sum = rule("", most, 30, sliding);
        LimitRule distinct = rule("distinct", most, 30, sliding);
        long now = 1_700_000_000_000L;
        for (int pause : pauses) {
            now += pause;
            for (LimitRule rule : List.of(sum, distinct)) {
                LimitClaim claim = new LimitClaim(rule, rule.measure().name(), 1, "to" + pause);
                LimitVerdict verdict = store.claim(List.of(claim), Instant.ofEpochMilli(now));
                if (verdict instanceof LimitVerdict.Exceeded exceeded) {
                    now = exceeded.room().toEpochMilli();
                    assertThat(store.claim(List.of(claim), exceeded.room())).isInstanceOf(LimitVerdict.Admitted.class);
                }
            }
        }
    }

    @Property(seed = "1", tries = 200)
    void countsNothingOfWhatOneOfTheRulesRefuses(@ForAll @IntRange(min = 1, max = 10) int tries) {
        MemoryLimits store = new MemoryLimits();
        Instant now = Instant.ofEpochMilli(1_700_000_000_000L);
        LimitClaim wide = new LimitClaim(rule("", 10, 30, true), "wide", 1, "");
        LimitClaim narrow = new LimitClaim(rule("", 1, 30, true), "narrow", 1, "");
        assertThat(store.claim(List.of(wide, narrow), now)).isInstanceOf(LimitVerdict.Admitted.class);
        for (int i = 0; i < tries; i++) {
            assertThat(store.claim(List.of(wide, narrow), now)).isInstanceOf(LimitVerdict.Exceeded.class);
        }
        LimitClaim rest = new LimitClaim(wide.rule(), "wide", 9, "");
        assertThat(store.claim(List.of(rest), now)).isInstanceOf(LimitVerdict.Admitted.class);
    }
}
