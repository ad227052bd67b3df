// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.suppression;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.amrelay.delivery.bounce.reason.BounceClassifier;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.reply.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuppressionLearnerTest {
    private static final String ALICE = "alice@relay.example";
    private static final EmailAddress BOB = EmailAddress.of("bob@far.example");

    private final Store store = new Store();
    private Instant now = Instant.parse("2026-07-01T00:00:00Z");
    private final SuppressionLearner learner = new SuppressionLearner(store, () -> now, Duration.ofDays(30));

    /** The contract of storage holds the real one to the same promises. */
    private static final class Store implements SuppressionStore {
        private final Map<String, Suppression> entries = new HashMap<>();
        private final List<Instant> bounces = new ArrayList<>();
        private boolean broken;

        @Override
        public Optional<SuppressionReason> suppressed(Optional<String> account, EmailAddress address, Instant now) {
            return Optional.ofNullable(entries.get(account.orElse("") + address))
                    .map(Suppression::reason);
        }

        @Override
        public CompletionStage<Integer> put(List<Suppression> added) {
            if (broken) {
                return CompletableFuture.failedFuture(new IllegalStateException("disk"));
            }
            added.forEach(each -> entries.put(each.account().orElse("") + each.address(), each));
            return CompletableFuture.completedFuture(added.size());
        }

        @Override
        public CompletionStage<Boolean> remove(Optional<String> account, EmailAddress address) {
            return CompletableFuture.completedFuture(entries.remove(account.orElse("") + address) != null);
        }

        @Override
        public CompletionStage<Integer> countHardBounce(
                String account, EmailAddress address, Instant at, Instant since) {
            bounces.add(at);
            return CompletableFuture.completedFuture(
                    (int) bounces.stream().filter(each -> !each.isBefore(since)).count());
        }

        @Override
        public List<Listed> list(Optional<String> account, String address, long afterId, int limit, Instant now) {
            return List.of();
        }
    }

    private boolean refused(int code, String enhanced, String text) {
        return learner.refused(ALICE, BOB, new BounceClassifier().of(Reply.of(code, enhanced, text)), "mx said so")
                .toCompletableFuture()
                .join();
    }

    @Test
    void oneDefiniteAnswerIsEnough() {
        assertThat(refused(550, "5.1.1", "no such user")).isTrue();
        assertThat(store.entries.values()).singleElement().satisfies(entry -> {
            assertThat(entry.account()).contains(ALICE);
            assertThat(entry.reason()).isEqualTo(SuppressionReason.NO_SUCH_USER);
            assertThat(entry.until()).contains(now.plus(Duration.ofDays(30)));
            assertThat(entry.source()).isEqualTo("mx said so");
        });
    }

    @Test
    void twoHardBouncesWithinAWeekAreEnough() {
        assertThat(refused(550, "5.2.1", "mailbox disabled")).isFalse();
        now = now.plus(Duration.ofDays(6));
        assertThat(refused(550, "5.2.1", "mailbox disabled")).isTrue();
        assertThat(store.suppressed(Optional.of(ALICE), BOB, now)).contains(SuppressionReason.HARD_BOUNCES);
    }

    @Test
    void twoHardBouncesFurtherApartAreNot() {
        assertThat(refused(550, "5.2.1", "mailbox disabled")).isFalse();
        now = now.plus(Duration.ofDays(8));
        assertThat(refused(550, "5.2.1", "mailbox disabled")).isFalse();
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({
        "550, 5.7.1, blocked by our policy",
        "550, 5.1.1, your IP is listed at zen.spamhaus.org",
        "554, 5.7.1, rejected as spam",
        "550, 5.7.26, unauthenticated sender",
        "552, 5.2.2, mailbox full",
        "450, 4.1.1, user unknown for the moment",
        "550, 5.7.1, relaying denied",
        "552, 5.3.4, message too large",
        "550, '', no"
    })
    void neverLearnsFromWhatSaysNothingAboutTheAddress(int code, String enhanced, String text) {
        for (int i = 0; i < 5; i++) {
            assertThat(refused(code, enhanced, text)).isFalse();
        }
        assertThat(store.entries).isEmpty();
    }

    @Test
    void aComplaintLastsAndIsNotShortenedByABounce() {
        learner.complained(ALICE, BOB, "report");
        assertThat(refused(550, "5.1.1", "no such user")).isTrue();
        assertThat(store.entries.values()).singleElement().satisfies(entry -> {
            assertThat(entry.reason()).isEqualTo(SuppressionReason.COMPLAINT);
            assertThat(entry.until()).isEmpty();
        });
    }

    @Test
    void whatCannotBeStoredIsForgotten() {
        store.broken = true;
        assertThat(refused(550, "5.1.1", "no such user")).isFalse();
    }
}
