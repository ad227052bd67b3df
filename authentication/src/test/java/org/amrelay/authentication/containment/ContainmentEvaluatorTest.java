// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.containment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.amrelay.mail.address.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContainmentEvaluatorTest {
    private static final int MOST_OUT = 20;
    private static final int ACCOUNTS_OF_A_KIND = 25;
    private static final Network ELSEWHERE = Network.of("203.0.113.0/24");
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ContainmentEvaluator evaluator = new ContainmentEvaluator(ContainmentSettings.USUAL);
    private AccountBaseline account = new AccountBaseline(SimulatedAccount.START);

    @ParameterizedTest
    @EnumSource
    void holdsNobodyInThirtyDaysOfNormalTraffic(SimulatedAccount.Kind kind) {
        for (int seed = 0; seed < ACCOUNTS_OF_A_KIND; seed++) {
            normalDays(kind, seed, 30);
        }
    }

    @ParameterizedTest
    @EnumSource
    void holdsNobodyInAQuarterOfAYear(SimulatedAccount.Kind kind) {
        for (int seed = 100; seed < 105; seed++) {
            normalDays(kind, seed, 95);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"OFFICE", "TRAVELLER", "HOLIDAY"})
    void holdsABurstFromANewNetwork(SimulatedAccount.Kind kind) {
        forEachVictim(
                kind,
                seed -> assertThat(hijack(afternoon(), SECOND, ELSEWHERE, 1, false))
                        .as("seed %d", seed)
                        .isLessThanOrEqualTo(MOST_OUT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"OFFICE", "TRAVELLER", "HOLIDAY"})
    void holdsABurstFromAStolenLaptopInItsUsualNetwork(SimulatedAccount.Kind kind) {
        forEachVictim(
                kind,
                seed -> assertThat(hijack(afternoon(), Duration.ofSeconds(20), home(kind, seed), 1, false))
                        .as("seed %d", seed)
                        .isLessThanOrEqualTo(MOST_OUT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"OFFICE", "TRAVELLER", "HOLIDAY"})
    void holdsASlowDripFromANewNetwork(SimulatedAccount.Kind kind) {
        forEachVictim(
                kind,
                seed -> assertThat(hijack(afternoon(), Duration.ofMinutes(12), ELSEWHERE, 1, false))
                        .as("seed %d", seed)
                        .isLessThanOrEqualTo(MOST_OUT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"OFFICE", "TRAVELLER", "HOLIDAY"})
    void holdsWhoGuessedThePasswordFirst(SimulatedAccount.Kind kind) {
        forEachVictim(kind, seed -> {
            IntStream.range(0, 12).forEach(i -> account.failedLogin(ELSEWHERE, afternoon()));
            assertThat(hijack(afternoon(), Duration.ofMinutes(5), ELSEWHERE, 1, false))
                    .as("seed %d", seed)
                    .isLessThanOrEqualTo(MOST_OUT);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"OFFICE", "TRAVELLER", "HOLIDAY", "SHOP", "TICKETS", "NEWSLETTER", "INVOICES"})
    void holdsWhoWashesAListOfAddressesThatBounce(SimulatedAccount.Kind kind) {
        forEachVictim(
                kind,
                seed -> assertThat(hijack(afternoon(), Duration.ofMinutes(2), home(kind, seed), 5, true))
                        .as("seed %d", seed)
                        .isLessThanOrEqualTo(MOST_OUT));
    }

    @Test
    void neverHoldsForANewNetworkAlone() {
        normalDays(SimulatedAccount.Kind.OFFICE, 1, 30);
        for (int i = 0; i < 30; i++) {
            Instant at = afternoon().plus(Duration.ofMinutes(10L * i));
            ContainmentResult result = evaluator.evaluate(account, message(at, ELSEWHERE, "friend1@friends.example"));
            assertThat(result).isInstanceOf(ContainmentResult.Usual.class);
        }
    }

    @Test
    void neverHoldsForOneMailingToManyStrangers() {
        normalDays(SimulatedAccount.Kind.OFFICE, 1, 30);
        String[] guests = IntStream.range(0, 300)
                .mapToObj(i -> "guest" + i + "@party.example")
                .toArray(String[]::new);
        assertThat(evaluator.evaluate(account, message(afternoon(), home(SimulatedAccount.Kind.OFFICE, 1), guests)))
                .isInstanceOf(ContainmentResult.Usual.class);
    }

    @Test
    void neverHoldsForFewBouncesAlone() {
        Network home = home(SimulatedAccount.Kind.OFFICE, 1);
        for (int i = 0; i < 19; i++) {
            account.outcome(true);
            assertThat(evaluator.evaluate(account, message(afternoon(), home, "friend1@friends.example")))
                    .isInstanceOf(ContainmentResult.Usual.class);
        }
        account.outcome(true);
        assertThat(evaluator.evaluate(account, message(afternoon(), home, "friend1@friends.example")))
                .isInstanceOf(ContainmentResult.Anomaly.class);
    }

    @Test
    void saysWhatWasSeenWithFiguresTheHeaviestFirst() {
        normalDays(SimulatedAccount.Kind.OFFICE, 1, 30);
        ContainmentResult result = lastOfHijack(ELSEWHERE);
        assertThat(result.score()).isGreaterThanOrEqualTo(1);
        assertThat(result.reasons())
                .extracting(ContainmentReason::weight)
                .isSortedAccordingTo((a, b) -> Double.compare(b, a));
        assertThat(result.reasons())
                .anySatisfy(reason -> {
                    assertThat(reason.signal()).isEqualTo(Signal.NEW_NETWORK);
                    assertThat(reason.figures()).isEqualTo("203.0.113.0/24 is new");
                })
                .anySatisfy(reason -> assertThat(reason.figures()).contains("of the latest recipients are new"));
    }

    @Test
    void doesNotHoldAgainForWhatAnAdministratorAccepted() {
        normalDays(SimulatedAccount.Kind.OFFICE, 1, 30);
        lastOfHijack(ELSEWHERE);
        account.accept(afternoon().plus(Duration.ofMinutes(1)));
        for (int i = 0; i < 12; i++) {
            Instant at = afternoon().plusSeconds(60 + i);
            assertThat(evaluator.evaluate(account, message(at, ELSEWHERE, "more" + i + "@new.example")))
                    .isInstanceOf(ContainmentResult.Usual.class);
        }
    }

    @Test
    void listensToASpamScoreAndToACountryOnlyTogetherWithMore() {
        normalDays(SimulatedAccount.Kind.OFFICE, 1, 30);
        Network home = home(SimulatedAccount.Kind.OFFICE, 1);
        Submission spam = new Submission(
                afternoon(), home, Optional.of("NL"), List.of("friend1@friends.example"), OptionalDouble.of(15));
        assertThat(evaluator.evaluate(account, spam)).isInstanceOf(ContainmentResult.Usual.class);
        Submission abroad = new Submission(
                afternoon(), ELSEWHERE, Optional.of("XX"), List.of("friend1@friends.example"), OptionalDouble.of(15));
        assertThat(evaluator.evaluate(account, abroad)).isInstanceOf(ContainmentResult.Anomaly.class);
    }

    @Test
    void refusesSettingsThatMeanNothing() {
        assertThatThrownBy(() -> new ContainmentSettings(0, 200, Duration.ZERO, 5))
                .hasMessageContaining("sensitivity outside 0.1 to 10");
        assertThatThrownBy(() -> new ContainmentSettings(Double.NaN, 200, Duration.ZERO, 5))
                .hasMessageContaining("sensitivity");
        assertThatThrownBy(() -> new ContainmentSettings(1, 0, Duration.ZERO, 5))
                .hasMessageContaining("burst");
    }

    private void forEachVictim(SimulatedAccount.Kind kind, IntConsumer crime) {
        for (int seed = 0; seed < ACCOUNTS_OF_A_KIND; seed++) {
            normalDays(kind, seed, 30);
            crime.accept(seed);
        }
    }

    /** Nobody is held on the way. */
    private void normalDays(SimulatedAccount.Kind kind, int seed, int days) {
        account = new AccountBaseline(SimulatedAccount.START);
        int sent = 0;
        for (Submission submission : new SimulatedAccount(kind, seed).days(days)) {
            ContainmentResult result = evaluator.evaluate(account, submission);
            assertThat(result)
                    .as("%s, seed %d, %s", kind, seed, submission.at())
                    .isInstanceOf(ContainmentResult.Usual.class);
            for (int i = 0; i < submission.recipients().size(); i++) {
                account.outcome(++sent % 33 == 0);
            }
        }
    }

    private int hijack(Instant from, Duration pace, Network network, int recipients, boolean bouncing) {
        int out = 0;
        Instant at = from;
        while (out <= 500) {
            int number = out;
            String[] victims = IntStream.range(0, recipients)
                    .mapToObj(i -> "victim" + number + "." + i + "@victims.example")
                    .toArray(String[]::new);
            if (evaluator.evaluate(account, message(at, network, victims)) instanceof ContainmentResult.Anomaly) {
                return out;
            }
            for (int i = 0; i < recipients; i++) {
                account.outcome(bouncing && i % 4 != 3);
            }
            out++;
            at = at.plus(pace);
        }
        return out;
    }

    private ContainmentResult lastOfHijack(Network network) {
        for (int i = 0; i < 100; i++) {
            ContainmentResult result = evaluator.evaluate(
                    account, message(afternoon().plusSeconds(i), network, "victim" + i + "@victims.example"));
            if (result instanceof ContainmentResult.Anomaly) {
                return result;
            }
        }
        throw new AssertionError("nobody was held");
    }

    private static Network home(SimulatedAccount.Kind kind, int seed) {
        return new SimulatedAccount(kind, seed).home();
    }

    /** Of a Tuesday after thirty days. */
    private static Instant afternoon() {
        return SimulatedAccount.START.plus(Duration.ofDays(30)).plus(Duration.ofHours(14));
    }

    private static Submission message(Instant at, Network network, String... recipients) {
        return new Submission(at, network, Optional.empty(), List.of(recipients), OptionalDouble.empty());
    }
}
