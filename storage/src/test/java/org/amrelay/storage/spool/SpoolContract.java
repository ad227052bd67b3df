// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.spool;

import static org.amrelay.storage.StorageContract.done;
import static org.amrelay.storage.StorageContract.mail;
import static org.amrelay.storage.StorageContract.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.storage.StorageContract;
import org.amrelay.storage.mail.StoredMail;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

public interface SpoolContract extends StorageContract {
    String PLAIN = "plain";

    default Spool spool() {
        return storage().spool();
    }

    default long add(String queue, String name, int priority, Instant notBefore) {
        return done(spool().add(new NewSpoolItem(queue, mail(name, "bob@example.org"), priority, notBefore)));
    }

    default Optional<String> next(String queue, Instant now) {
        return spool().take(queue, now).map(item -> item.mail().name());
    }

    @Test
    default void givesBackWhatWasAdded() {
        StoredMail added = mail("one", "bob@example.org", "carol@example.net");
        long id = done(spool().add(NewSpoolItem.of(Spool.MAIN, added)));

        SpoolItem taken = spool().take(Spool.MAIN, NOW).orElseThrow();

        assertThat(taken.id()).isEqualTo(id);
        assertThat(taken.mail())
                .usingRecursiveComparison()
                .ignoringFields("content")
                .isEqualTo(added);
        assertThat(read(taken.mail().content())).isEqualTo(read(added.content()));
        assertThat(taken.attempts()).isZero();
    }

    @Test
    default void givesBackAfterARestartWhatWasAdded() {
        StoredMail added = mail("one", "bob@example.org", "carol@example.net");
        done(spool().add(new NewSpoolItem(Spool.MAIN, added, 7, NOW)));

        SpoolItem taken = reopened().spool().take(Spool.MAIN, NOW).orElseThrow();

        assertThat(taken.mail())
                .usingRecursiveComparison()
                .ignoringFields("content")
                .isEqualTo(added);
        assertThat(read(taken.mail().content())).isEqualTo(read(added.content()));
        assertThat(taken.priority()).isEqualTo(7);
        assertThat(taken.notBefore()).isEqualTo(NOW);
    }

    @Test
    default void keepsALargeBody() {
        byte[] large = new byte[1 << 20];
        java.util.Arrays.fill(large, (byte) 'x');
        done(spool().add(NewSpoolItem.of(PLAIN, mail("large", MessageContent.of(large), "bob@example.org"))));

        MessageContent content =
                reopened().spool().take(PLAIN, NOW).orElseThrow().mail().content();

        assertThat(content.size()).isEqualTo(large.length);
        assertThat(read(content)).hasSize(large.length).containsOnlyOnce("xx".repeat(1 << 19));
    }

    @Test
    default void takesTheHighestPriorityFirstAndTheOldestAmongEquals() {
        add(PLAIN, "low", 1, Instant.EPOCH);
        add(PLAIN, "first", 5, Instant.EPOCH);
        add(PLAIN, "second", 5, Instant.EPOCH);
        add(PLAIN, "high", 9, Instant.EPOCH);

        assertThat(List.of(
                        next(PLAIN, NOW).orElse(""),
                        next(PLAIN, NOW).orElse(""),
                        next(PLAIN, NOW).orElse(""),
                        next(PLAIN, NOW).orElse("")))
                .containsExactly("high", "first", "second", "low");
        assertThat(next(PLAIN, NOW)).isEmpty();
    }

    @Test
    default void keepsQueuesApart() {
        add("one", "in one", 5, Instant.EPOCH);
        add("two", "in two", 5, Instant.EPOCH);

        assertThat(next("two", NOW)).contains("in two");
        assertThat(next("two", NOW)).isEmpty();
        assertThat(spool().size("one")).isEqualTo(1);
        assertThat(spool().queues()).contains("one", "two");
    }

    @Test
    default void takesNothingBeforeItsTime() {
        add(PLAIN, "later", 5, NOW.plusSeconds(60));

        assertThat(next(PLAIN, NOW)).isEmpty();
        assertThat(spool().nextDueAt(PLAIN)).contains(NOW.plusSeconds(60));
        assertThat(next(PLAIN, NOW.plusSeconds(60))).contains("later");
    }

    @Test
    default void flushingMakesDelayedItemsDue() {
        add(PLAIN, "later", 5, NOW.plusSeconds(60));
        add(PLAIN, "now", 5, Instant.EPOCH);

        assertThat(done(spool().flush(PLAIN))).isEqualTo(1);

        assertThat(next(PLAIN, NOW)).contains("later");
        assertThat(next(PLAIN, NOW)).contains("now");
    }

    @Test
    default void takesAnItemOnlyOnceUntilItIsGivenBack() {
        long id = add(PLAIN, "one", 5, Instant.EPOCH);
        assertThat(next(PLAIN, NOW)).contains("one");
        assertThat(next(PLAIN, NOW)).isEmpty();

        spool().unclaim(id);

        assertThat(next(PLAIN, NOW)).contains("one");
    }

    @Test
    default void takesAClaimedItemAgainAfterARestart() {
        add(PLAIN, "one", 5, Instant.EPOCH);
        next(PLAIN, NOW);

        assertThat(reopened().spool().take(PLAIN, NOW)).isPresent();
    }

    @Test
    default void waitsWithARetryUntilItsTimeAndCountsIt() {
        long id = accepted("one", "bob@example.org");
        spool().take(Spool.MAIN, NOW);

        done(spool().retry(id, NOW.plusSeconds(30), "the scanner is away"));

        assertThat(spool().take(Spool.MAIN, NOW)).isEmpty();
        SpoolItem again = spool().take(Spool.MAIN, NOW.plusSeconds(30)).orElseThrow();
        assertThat(again.attempts()).isEqualTo(1);
        assertThat(storage().ledger().trace("one").get(0).events())
                .anySatisfy(event -> assertThat(event.text()).contains("the scanner is away"));
    }

    @Test
    default void suspendsWithoutCountingAndComesBackWhenFlushed() {
        long id = accepted("one", "bob@example.org");
        spool().take(Spool.MAIN, NOW);

        done(spool().suspend(id, NOW.plusSeconds(1800), "waits for the scanner"));

        assertThat(spool().take(Spool.MAIN, NOW)).isEmpty();
        assertThat(done(spool().flush(Spool.MAIN))).isEqualTo(1);
        SpoolItem again = spool().take(Spool.MAIN, NOW).orElseThrow();
        assertThat(again.attempts()).isZero();
        assertThat(storage().ledger().trace("one").get(0).events())
                .anySatisfy(event -> assertThat(event.text()).contains("waits for the scanner"));
    }

    @Test
    default void countsClaimedItemsUntilTheyAreRemoved() {
        long id = add(PLAIN, "one", 5, Instant.EPOCH);
        next(PLAIN, NOW);
        assertThat(spool().size(PLAIN)).isEqualTo(1);

        done(spool().remove(id));

        assertThat(spool().size(PLAIN)).isZero();
        assertThat(reopened().spool().size(PLAIN)).isZero();
    }

    @Test
    default void cancelsTheRecipientsOfAMailThatIsRemovedFromTheSpool() {
        long id = accepted("one", "bob@example.org");

        done(spool().remove(id));

        assertThat(stateOf("one", 0)).isEqualTo(RecipientState.CANCELLED);
        assertThat(storage().ledger().audit().unaccounted()).isZero();
    }

    @Test
    default void removesWhatTheConditionAccepts() {
        add(PLAIN, "keep", 5, Instant.EPOCH);
        add(PLAIN, "drop", 5, NOW.plusSeconds(60));

        assertThat(done(spool().removeIf(PLAIN, item -> item.mail().name().equals("drop"))))
                .isEqualTo(1);

        assertThat(spool().browse(PLAIN, 0, 10))
                .extracting(item -> item.mail().name())
                .containsExactly("keep");
    }

    @Test
    default void clearsAllButClaimedItems() {
        add(PLAIN, "claimed", 5, Instant.EPOCH);
        next(PLAIN, NOW);
        add(PLAIN, "waiting", 5, Instant.EPOCH);

        assertThat(done(spool().clear(PLAIN))).isEqualTo(1);

        assertThat(spool().size(PLAIN)).isEqualTo(1);
        assertThat(next(PLAIN, NOW)).isEmpty();
    }

    @Test
    default void browsesInPagesInTheOrderOfArrival() {
        for (int i = 0; i < 5; i++) {
            add(PLAIN, "mail " + i, i, Instant.EPOCH);
        }

        List<SpoolItem> first = spool().browse(PLAIN, 0, 3);
        List<SpoolItem> second = spool().browse(PLAIN, first.get(2).id(), 3);

        assertThat(first).extracting(item -> item.mail().name()).containsExactly("mail 0", "mail 1", "mail 2");
        assertThat(second).extracting(item -> item.mail().name()).containsExactly("mail 3", "mail 4");
    }

    @Test
    default void tellsListenersAfterTheCommit() {
        List<String> heard = new CopyOnWriteArrayList<>();
        spool().onAvailable(heard::add);

        add(PLAIN, "one", 5, Instant.EPOCH);

        Awaitility.await().untilAsserted(() -> assertThat(heard).containsExactly(PLAIN));
    }

    @Test
    default void keepsARepeatedRecipientOnce() {
        accepted("one", "bob@example.org", "bob@EXAMPLE.org");

        assertThat(storage().ledger().trace("one").get(0).recipients()).hasSize(1);
    }

    @Test
    default void refusesMailWithoutRecipientOnlyWhereItIsAccountedFor() {
        assertThatThrownBy(() -> spool().add(NewSpoolItem.of(Spool.MAIN, mail("nobody"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(done(spool().add(NewSpoolItem.of(PLAIN, mail("nobody"))))).isPositive();
    }
}
