// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.containment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.amrelay.mail.address.Network;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccountWatchTest {
    private static final String ALICE = "alice@relay.example";
    private static final Network ELSEWHERE = Network.of("203.0.113.0/24");

    private final Kept store = new Kept();
    private Clock clock = Clock.fixed(SimulatedAccount.START, ZoneOffset.UTC);
    private AccountWatch watch = watch(ContainmentSettings.USUAL);

    private AccountWatch watch(ContainmentSettings settings) {
        return new AccountWatch(settings, store, clock, 3);
    }

    @BeforeEach
    void aMonthHasPassed() {
        SimulatedAccount office = new SimulatedAccount(SimulatedAccount.Kind.OFFICE, 1);
        for (Submission submission : office.days(30)) {
            assertThat(send(submission)).isEmpty();
        }
        clock = Clock.fixed(afternoon(), ZoneOffset.UTC);
        watch.write();
        watch = watch(ContainmentSettings.USUAL);
    }

    private int mails;

    private Optional<Contained> send(Submission submission) {
        return watch.judge(ALICE, "mail-" + mails++, submission);
    }

    private static Instant afternoon() {
        return SimulatedAccount.START.plus(Duration.ofDays(30)).plus(Duration.ofHours(14));
    }

    private static Submission theft(int number) {
        return new Submission(
                afternoon().plusSeconds(number),
                ELSEWHERE,
                Optional.empty(),
                List.of("victim" + number + "@victims.example"),
                OptionalDouble.empty());
    }

    /** How many got out of two hundred. */
    private int hijack() {
        return (int) IntStream.range(0, 200)
                .filter(number -> send(theft(number)).isEmpty())
                .count();
    }

    @Test
    void containsAStolenAccountForGoodAndSaysWhy() {
        AtomicInteger heard = new AtomicInteger();
        watch.onContained(heard::incrementAndGet);

        assertThat(hijack()).isBetween(1, 20);

        Contained contained = watch.contained("Alice@relay.example").orElseThrow();
        assertThat(contained.reason()).contains("203.0.113.0/24 is new");
        assertThat(contained.by()).isEqualTo(AccountWatch.ITSELF);
        assertThat(contained.mail()).startsWith("mail-");
        assertThat(contained.since()).isEqualTo(afternoon());
        assertThat(contained.told()).isFalse();
        assertThat(heard).hasValue(1);
        watch.told(contained);
        assertThat(watch.contained()).containsExactly(contained.afterNotice());
    }

    @Test
    void knowsAfterARestartWhatWasUsualAndWhoIsContained() {
        int some = (int) IntStream.range(0, 4)
                .filter(number -> send(theft(number)).isEmpty())
                .count();
        assertThat(some).isEqualTo(4);
        watch.write();
        watch = watch(ContainmentSettings.USUAL);
        assertThat(hijack()).isLessThanOrEqualTo(16);

        watch = watch(ContainmentSettings.USUAL);
        assertThat(send(theft(999))).isPresent();
    }

    @Test
    void judgesAMailOnceHoweverOftenItIsProcessed() {
        for (int again = 0; again < 300; again++) {
            assertThat(watch.judge(ALICE, "the same", theft(again))).isEmpty();
        }
    }

    @Test
    void watchesNobodyWhoIsExcepted() {
        watch = watch(new ContainmentSettings(true, 1, 200, Duration.ofDays(10), 5, Set.of(ALICE)));
        assertThat(hijack()).isEqualTo(200);
        // An order holds nevertheless
        assertThat(watch.contain(ALICE, "amr", "seen in a report")).isTrue();
        assertThat(send(theft(1000))).isPresent();
    }

    @Test
    void watchesNobodyWhenItIsOffButObeysAnOrder() {
        watch = watch(new ContainmentSettings(false, 1, 200, Duration.ofDays(10), 5, Set.of()));
        assertThat(hijack()).isEqualTo(200);
        assertThat(watch.contain(ALICE, "amr", "seen in a report")).isTrue();
        assertThat(watch.contain(ALICE, "amr", "once more")).isFalse();
        assertThat(send(theft(1000))).isPresent();
    }

    @Test
    void letsAnAccountGoOnThatWasReleased() {
        hijack();
        assertThat(watch.release(ALICE)).isTrue();
        assertThat(watch.release(ALICE)).isFalse();
        assertThat(watch.contained()).isEmpty();
        for (int number = 500; number < 505; number++) {
            assertThat(send(theft(number))).isEmpty();
        }
    }

    @Test
    void makesNothingUsualThatWasRecalled() {
        int out = hijack();
        watch.recalled(ALICE);
        watch.release(ALICE);
        Submission friend = new Submission(
                afternoon(),
                new SimulatedAccount(SimulatedAccount.Kind.OFFICE, 1).home(),
                Optional.empty(),
                List.of("friend1@friends.example"),
                OptionalDouble.empty());
        assertThat(send(friend)).isEmpty();

        assertThat(IntStream.range(1000, 1200)
                        .filter(number -> send(theft(number)).isEmpty())
                        .count())
                .isLessThanOrEqualTo(out);
    }

    @Test
    void listensToFailedLogInsOfAccountsThatSendOnly() {
        watch.failedLogin("nobody@relay.example", ELSEWHERE);
        assertThat(store.baselines).doesNotContainKey("nobody@relay.example");
        int usual = hijack();

        watch.recalled(ALICE);
        watch.release(ALICE);
        IntStream.range(0, 10).forEach(i -> watch.failedLogin(ALICE, ELSEWHERE));
        int guessed = (int) IntStream.range(2000, 2200)
                .filter(number -> send(theft(number)).isEmpty())
                .count();
        assertThat(guessed).isLessThan(usual);
    }

    @Test
    void containsWhoseMailBounces() {
        IntStream.range(0, 40).forEach(i -> watch.outcome(ALICE, true));
        assertThat(send(theft(1))).isPresent();
    }

    @Test
    void dropsNothingUnwrittenWhenManyAccountsSend() {
        IntStream.range(0, 4).forEach(number -> send(theft(number)));
        for (int number = 0; number < 50; number++) {
            watch.judge("user" + number + "@relay.example", "other-" + number, theft(number));
        }
        assertThat(store.baselines).hasSizeGreaterThan(40);
        assertThat(hijack()).isLessThanOrEqualTo(16);
    }

    @Test
    void keepsWhatItLearnedWhenTheDiskFailsOnce() {
        IntStream.range(0, 4).forEach(number -> send(theft(number)));
        store.fails = true;
        assertThatThrownBy(watch::write).hasMessageContaining("disk");
        store.fails = false;
        watch.write();
        watch = watch(ContainmentSettings.USUAL);
        assertThat(hijack()).isLessThanOrEqualTo(16);
    }

    @Test
    void learnsAnewWhoseBaselineIsDamaged() {
        store.baselines.put(ALICE, new byte[] {9, 9, 9});
        assertThat(send(theft(1))).isEmpty();
    }

    private static final class Kept implements ContainmentStore {
        private final Map<String, byte[]> baselines = new HashMap<>();
        private final Map<String, Contained> contained = new TreeMap<>();
        private boolean fails;

        @Override
        public Optional<byte[]> baseline(String account) {
            return Optional.ofNullable(baselines.get(account));
        }

        @Override
        public void keep(Map<String, byte[]> some, Instant forgetBefore) {
            if (fails) {
                throw new IllegalStateException("the disk is full");
            }
            baselines.putAll(some);
        }

        @Override
        public Optional<Contained> find(String account) {
            return Optional.ofNullable(contained.get(account));
        }

        @Override
        public List<Contained> all() {
            return new ArrayList<>(contained.values());
        }

        @Override
        public boolean contain(Contained account) {
            return contained.putIfAbsent(account.account(), account) == null;
        }

        @Override
        public void change(Contained account) {
            contained.replace(account.account(), account);
        }

        @Override
        public boolean release(String account) {
            return contained.remove(account) != null;
        }
    }
}
