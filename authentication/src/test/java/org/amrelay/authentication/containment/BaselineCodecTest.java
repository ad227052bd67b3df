// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.containment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.amrelay.mail.address.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BaselineCodecTest {
    private static final int MOST_BYTES = 40_000;

    private final ContainmentEvaluator evaluator = new ContainmentEvaluator(ContainmentSettings.USUAL);

    @ParameterizedTest
    @EnumSource
    void judgesAfterARestartAsBefore(SimulatedAccount.Kind kind) {
        List<Submission> sent = new SimulatedAccount(kind, 1).days(30);
        int half = sent.size() / 2;
        AccountBaseline running = after(sent.subList(0, half));
        byte[] bytes = BaselineCodec.encode(running);
        AccountBaseline restarted = BaselineCodec.decode(bytes).orElseThrow();
        assertThat(bytes).hasSizeLessThan(MOST_BYTES);
        assertThat(BaselineCodec.encode(restarted)).isEqualTo(bytes);
        for (Submission submission : sent.subList(half, sent.size())) {
            assertThat(evaluator.evaluate(restarted, submission)).isEqualTo(evaluator.evaluate(running, submission));
        }
    }

    @Test
    void keepsGuessesOutcomesAndCountries() {
        AccountBaseline account = new AccountBaseline(SimulatedAccount.START);
        Network network = Network.of("2001:db8:1::/48");
        account.failedLogin(network, SimulatedAccount.START);
        account.outcome(true);
        account.outcome(false);
        evaluator.evaluate(
                account,
                new Submission(
                        SimulatedAccount.START,
                        network,
                        Optional.of("NL"),
                        List.of("a@b.example"),
                        OptionalDouble.empty()));
        AccountBaseline read =
                BaselineCodec.decode(BaselineCodec.encode(account)).orElseThrow();
        assertThat(read.guesses(network, SimulatedAccount.START)).isEqualTo(1);
        assertThat(read.bounceRatio()).isEqualTo(0.5);
        assertThat(read.isStrange(Optional.of("NL"))).isFalse();
        assertThat(read.isStrange(Optional.of("FR"))).isTrue();
    }

    @Test
    void refusesWhatIsCutOrLongerOrOfAnotherVersion() {
        byte[] bytes = BaselineCodec.encode(after(new SimulatedAccount(SimulatedAccount.Kind.OFFICE, 1).days(5)));
        for (int length = 0; length < bytes.length; length += 7) {
            assertThat(BaselineCodec.decode(Arrays.copyOf(bytes, length))).isEmpty();
        }
        assertThat(BaselineCodec.decode(Arrays.copyOf(bytes, bytes.length + 1))).isEmpty();
        assertThat(BaselineCodec.decode(new byte[1 << 20])).isEmpty();
        bytes[0] = 2;
        assertThat(BaselineCodec.decode(bytes)).isEmpty();
    }

    /** Nothing is thrown, neither on reading nor by a baseline that was read. */
    @Test
    void survivesDamage() {
        List<Submission> sent = new SimulatedAccount(SimulatedAccount.Kind.OFFICE, 1).days(6);
        byte[] bytes = BaselineCodec.encode(after(sent.subList(0, sent.size() - 1)));
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            byte[] damaged = bytes.clone();
            damaged[1 + random.nextInt(damaged.length - 1)] = (byte) random.nextInt(256);
            damaged[1 + random.nextInt(damaged.length - 1)] = (byte) random.nextInt(256);
            BaselineCodec.decode(damaged)
                    .ifPresent(account -> assertThat(evaluator.evaluate(account, sent.get(sent.size() - 1)))
                            .isNotNull());
        }
    }

    private AccountBaseline after(List<Submission> sent) {
        AccountBaseline account = new AccountBaseline(SimulatedAccount.START);
        sent.forEach(submission -> evaluator.evaluate(account, submission));
        return account;
    }
}
