// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.containment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amrelay.authentication.containment.AccountWatch;
import org.amrelay.authentication.containment.ContainmentSettings;
import org.amrelay.delivery.queue.NewDelivery;
import org.amrelay.delivery.route.NextHop;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.ReversePath;
import org.amrelay.mail.envelope.Envelope;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.server.TemporaryStorage;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.TestHome;
import org.amrelay.server.users.AccountRules;
import org.amrelay.storage.ledger.QueueFilter;
import org.amrelay.storage.ledger.Selection;
import org.amrelay.storage.mail.Origin;
import org.amrelay.storage.mail.StoredMail;
import org.amrelay.storage.spool.HandedOver;
import org.amrelay.storage.spool.NewSpoolItem;
import org.amrelay.storage.spool.Spool;
import org.amrelay.storage.spool.SpoolOutcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ContainmentUpkeepTest {
    private static final String ALICE = "alice@relay.example";
    private static final Duration SOON = Duration.ofSeconds(60);

    @RegisterExtension
    private final TemporaryStorage storage = new TemporaryStorage();

    @TempDir
    private Path directory;

    private AccountWatch watch;
    private ContainmentOrders orders;
    private ContainmentUpkeep upkeep;

    @BeforeEach
    void theRelayRuns() throws IOException {
        Home home = TestHome.in(directory);
        Files.writeString(home.conf().resolve("accounts.yaml"), "containment:\n  tell: chief@far.example\n");
        watch = new AccountWatch(ContainmentSettings.USUAL, storage.get().containment(), Clock.systemUTC());
        orders = new ContainmentOrders(watch, storage.get());
        upkeep = new ContainmentUpkeep(
                watch,
                orders,
                storage.get(),
                TestHome.settings(home).with(Map.of("AMR_HOSTNAME", "mx.relay.example")),
                AccountRules.read(home, Map.of()),
                Clock.systemUTC());
    }

    @AfterEach
    void itStops() {
        upkeep.stop();
    }

    private void queued(String name, Optional<String> heldBy) {
        EnvelopeRecipient bob = EnvelopeRecipient.of(EmailAddress.of("bob@far.example"));
        ReversePath sender = ReversePath.of(ALICE);
        StoredMail mail = new StoredMail(
                name,
                new Envelope(sender, List.of(bob), Optional.empty(), Optional.empty(), Optional.of(ALICE), false),
                MessageContent.of("Subject: x\r\n\r\nx\r\n".getBytes(StandardCharsets.US_ASCII)),
                "root",
                Optional.empty(),
                Map.of(),
                Origin.within(),
                Instant.now());
        long id = storage.get()
                .spool()
                .add(NewSpoolItem.of(Spool.MAIN, mail))
                .toCompletableFuture()
                .join();
        assertThat(storage.get().spool().take(Spool.MAIN, Instant.now().plusSeconds(5)))
                .isPresent();
        NewDelivery delivery = new NewDelivery(
                NextHop.parse("mx:far.example"),
                List.of(bob),
                Instant.now(),
                Instant.now().plusSeconds(86_400));
        storage.get()
                .handOver()
                .complete(
                        id,
                        SpoolOutcome.delivering(List.of(new HandedOver(delivery, sender, Optional.empty(), heldBy))))
                .toCompletableFuture()
                .join();
    }

    private long held() {
        return storage.get()
                .ledger()
                .queued(
                        new Selection.Matching(QueueFilter.ofAccount(ALICE, Optional.of(true), Optional.empty())),
                        0,
                        99)
                .size();
    }

    private String notice() throws IOException {
        await().atMost(SOON).until(() -> storage.get().spool().size(Spool.MAIN) == 1);
        StoredMail mail = storage.get()
                .spool()
                .take(Spool.MAIN, Instant.now().plusSeconds(5))
                .orElseThrow()
                .mail();
        assertThat(mail.envelope().sender().isNull()).isTrue();
        assertThat(mail.envelope().recipients()).singleElement().asString().contains("chief@far.example");
        return new String(mail.content().open().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void holdsWhatIsQueuedAndTellsWhatToDo() throws Exception {
        queued("one", Optional.empty());
        upkeep.start();
        assertThat(watch.contain(ALICE, AccountWatch.ITSELF, "203.0.113.0/24 is new; 30 new recipients within an hour"))
                .isTrue();

        assertThat(notice())
                .contains("Subject: The mail of alice@relay.example is held\r\n")
                .contains("Auto-Submitted: auto-generated\r\n")
                .contains("  203.0.113.0/24 is new\r\n  30 new recipients within an hour\r\n")
                .contains("1 deliveries wait now")
                .contains("amr account release alice@relay.example\r\n")
                .contains("amr account recall alice@relay.example\r\n")
                .doesNotContainPattern("[^\r]\n");
        await().atMost(SOON).until(() -> watch.contained().get(0).told());
        assertThat(held()).isEqualTo(1);
    }

    @Test
    void tellsAfterAStartWhatACrashLeftUntold() throws Exception {
        watch.contain("jürgen@relay.example", "operator", "by order");
        upkeep.start();
        assertThat(notice())
                .contains("Subject: The mail of an account is held\r\n")
                .contains("Content-Transfer-Encoding: 8bit\r\n")
                .contains("jürgen@relay.example");
    }

    @Test
    void releasesOnlyWhatTheContainmentHolds() {
        queued("theirs", Optional.of("operator"));
        queued("ours", Optional.empty());
        assertThat(orders.contain(ALICE, "operator")).isTrue();
        assertThat(orders.contain(ALICE, "operator")).isFalse();
        assertThat(held()).isEqualTo(2);

        assertThat(orders.release(ALICE, "operator")).isEqualTo(new ContainmentOrders.Released(true, 1));
        assertThat(held()).isEqualTo(1);
        assertThat(orders.release(ALICE, "operator")).isEqualTo(new ContainmentOrders.Released(false, 0));
    }

    @Test
    void letsMailGoThatWasHeldWhileTheAccountWasReleased() {
        orders.contain(ALICE, "operator");
        orders.release(ALICE, "operator");
        queued("late", Optional.of(AccountWatch.ITSELF));
        upkeep.start();
        await().atMost(SOON).until(() -> held() == 0);
    }

    @Test
    void takesBackWhatIsQueuedAndHoldsWhatFollows() {
        queued("one", Optional.empty());
        queued("two", Optional.of("operator"));
        assertThat(orders.queued(ALICE).deliveries()).isEqualTo(2);

        assertThat(orders.recall(ALICE, "operator").changed()).isEqualTo(2);

        assertThat(orders.queued(ALICE).deliveries()).isZero();
        assertThat(watch.contained(ALICE).orElseThrow().recalled()).isTrue();
        assertThat(storage.get().ledger().audit().unaccounted()).isZero();
    }

    @Test
    void anOperatorsUndoDoesNotReachWhatTheRelayHolds() {
        queued("one", Optional.empty());
        orders.contain(ALICE, "operator");
        assertThat(storage.get().ledger().undo("operator").toCompletableFuture().join())
                .isEmpty();
        assertThat(held()).isEqualTo(1);
    }

    @Test
    void learnsFromBouncesBesideTheirOwnThread() {
        upkeep.start();
        for (int i = 0; i < 40; i++) {
            upkeep.ended(ALICE, true);
        }
        await().atMost(SOON).until(() -> {
            watch.write();
            return storage.get().containment().baseline(ALICE).isPresent();
        });
    }
}
