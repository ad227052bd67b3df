// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.server.destination.DestinationServer;
import org.amrelay.server.destination.DestinationSettings;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.HomeCreator;
import org.amrelay.server.torture.ClientBook.Outcome;

/**
 * Kills a loaded relay at random instants, restarts it, lets it drain, and compares the books.
 *
 * <p>Used once, by one thread.
 */
final class Torture {
    private static final Duration LONGEST_LIFE = Duration.ofMillis(1500);
    private static final Duration AFTER_RECOVERY = Duration.ofMillis(200);
    private static final Duration TROUBLE = Duration.ofMillis(1000);
    private static final Duration RECOVERY = Duration.ofSeconds(30);
    private static final int ROUNDS_BETWEEN_RETRIES = 5;
    private static final int EARLY_KILLS_PERCENT = 10;
    private static final int COLD_KILLS_PERCENT = 10;

    private final TortureSettings settings;
    private final Home home;
    private final Clock clock;
    private final Consumer<String> progress;
    private final SplittableRandom random;
    private final ClientBook clients = new ClientBook();
    private final DoubtBook doubts = new DoubtBook();
    private final DifficultDestination behaviour = new DifficultDestination();
    private final LedgerBook ledger;
    private final Trouble trouble;
    private final List<String> findings = new ArrayList<>();
    private long lastStartMillis = 2000;
    private int restarts;

    Torture(TortureSettings settings, Clock clock, Consumer<String> progress) {
        this.settings = settings;
        this.home = new Home(settings.home());
        this.clock = clock;
        this.progress = progress;
        this.random = new SplittableRandom(settings.seed());
        this.ledger = new LedgerBook(home.data(), clock);
        this.trouble = switch (settings.fault()) {
            case NONE -> Trouble.none();
            case DISK_FULL -> new FullDisk(home);
            case IO_ERROR -> new FailingDisk(home);
        };
    }

    TortureReport run() throws IOException, InterruptedException {
        long began = System.nanoTime();
        DestinationSettings next = DestinationSettings.plain().keeping(0).withBehaviour(behaviour);
        try (Trouble undone = trouble;
                DestinationServer destination = DestinationServer.start(next, clock)) {
            prepare(destination.port());
            try (Load load = Load.start(settings.clients(), settings.seed(), clients)) {
                for (int round = 1; round <= settings.rounds(); round++) {
                    round(round, load, destination);
                }
            }
            new Draining(home, ledger, doubts, destination, trouble.options(), progress).run();
            undone.end();
            return report(destination, (System.nanoTime() - began) / 1e9);
        }
    }

    private void prepare(int destinationPort) throws IOException {
        Files.createDirectories(home.directory());
        trouble.prepare(home);
        new HomeCreator(new SecureRandom(), clock).create(home, RelayChild.environment());
        String routes = "\nroutes:\n  " + TortureMail.HERE + ": 127.0.0.1:" + destinationPort + "\n  "
                + TortureMail.THERE + ": 127.0.0.1:" + destinationPort + "\n";
        Files.writeString(home.conf().resolve("relay.yaml"), routes, StandardOpenOption.APPEND);
        ledger.prepare();
    }

    private void round(int number, Load load, DestinationServer destination) throws IOException, InterruptedException {
        long refusedBefore = clients.mails(Outcome.REFUSED);
        String life;
        try (RelayChild relay = RelayChild.start(home, trouble.options())) {
            life = random.nextInt(100) < EARLY_KILLS_PERCENT ? whileStarting(relay) : underLoad(relay, load);
            relay.kill();
            load.aimAt(0);
        }
        restarts++;
        List<EmailAddress> waiting = ledger.waiting(number % ROUNDS_BETWEEN_RETRIES == 0);
        int inDoubt = doubts.afterKill(
                waiting,
                recipient -> destination.received().copiesFor(recipient).size());
        progress.accept(String.format(
                "round %d of %d: %s; accepted %d so far, at the destination %d, waiting %d, in doubt %d%s",
                number,
                settings.rounds(),
                life,
                clients.recipients(Outcome.ACCEPTED),
                destination.received().copies().size(),
                waiting.size(),
                inDoubt,
                settings.fault() == TortureSettings.Fault.NONE
                        ? ""
                        : ", refused " + (clients.mails(Outcome.REFUSED) - refusedBefore) + " mails"));
    }

    private String whileStarting(RelayChild relay) throws IOException, InterruptedException {
        Duration life = Duration.ofMillis(random.nextLong(lastStartMillis));
        if (relay.waitsFor(life)) {
            relay.awaitReady(); // tells what it said
        }
        return "killed " + life.toMillis() + " ms after it was started";
    }

    private String underLoad(RelayChild relay, Load load) throws IOException, InterruptedException {
        long began = System.nanoTime();
        int port = relay.awaitReady();
        lastStartMillis = (System.nanoTime() - began) / 1_000_000;
        long accepted = clients.acceptedMails();
        load.aimAt(port);
        if (random.nextInt(100) >= COLD_KILLS_PERCENT) {
            awaitAccepted(relay, accepted);
        }
        Duration life = Duration.ofMillis(random.nextLong(LONGEST_LIFE.toMillis()));
        if (relay.waitsFor(life)) {
            findings.add("the relay ended by itself");
        }
        if (settings.fault() != TortureSettings.Fault.NONE) {
            sufferAndRecover(relay);
        }
        return "ready after " + lastStartMillis + " ms, killed under load";
    }

    private void sufferAndRecover(RelayChild relay) throws IOException, InterruptedException {
        trouble.begin();
        try {
            var unused = relay.waitsFor(TROUBLE);
        } finally {
            trouble.end();
        }
        if (!awaitAccepted(relay, clients.acceptedMails())) {
            findings.add("the relay did not recover when the disk did");
        }
        var unused = relay.waitsFor(Duration.ofMillis(random.nextLong(AFTER_RECOVERY.toMillis())));
    }

    /** Waits until more than that many mails are accepted; false when the relay ended, or took none in half a minute. */
    private boolean awaitAccepted(RelayChild relay, long before) throws InterruptedException {
        long giveUp = System.nanoTime() + RECOVERY.toNanos();
        while (clients.acceptedMails() == before) {
            if (System.nanoTime() > giveUp || relay.waitsFor(Duration.ofMillis(10))) {
                return false;
            }
        }
        return true;
    }

    private TortureReport report(DestinationServer destination, double seconds) {
        LedgerBook.Closing closing = ledger.close();
        Reconciliation books =
                new Reconciliation(clients.entries(), destination.received().copies(), closing.rows(), doubts);
        findings.addAll(books.findings());
        findings.addAll(closing.audit().findings());
        return new TortureReport(
                settings.rounds(),
                settings.seed(),
                seconds,
                restarts,
                books.accepted(),
                books.delivered(),
                books.bounced(),
                books.queued(),
                books.lost(),
                books.duplicated(),
                books.duplicatedInDoubt(),
                doubts.recipients(),
                books.inDoubtAtPeer(),
                clients.recipients(Outcome.IN_DOUBT),
                books.taken(),
                behaviour.damaged(),
                clients.mails(Outcome.REFUSED),
                closing.audit().unaccounted(),
                findings);
    }
}
