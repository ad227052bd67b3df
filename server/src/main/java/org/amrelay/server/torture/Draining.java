// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.torture;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.server.destination.DestinationServer;
import org.amrelay.server.home.Home;

/** Lets the relay deliver what it still has, with as many starts as that takes. */
record Draining(
        Home home,
        LedgerBook ledger,
        DoubtBook doubts,
        DestinationServer destination,
        List<String> options,
        Consumer<String> progress) {
    private static final int MOST_STARTS = 20;
    private static final int STARTS_WITHOUT_PROGRESS = 3;
    private static final Duration SILENCE = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofSeconds(120);
    private static final Duration POLL = Duration.ofMillis(100);

    void run() throws IOException, InterruptedException {
        int before = waiting();
        int fruitless = 0;
        for (int start = 1; before > 0 && start <= MOST_STARTS && fruitless < STARTS_WITHOUT_PROGRESS; start++) {
            try (RelayChild relay = RelayChild.start(home, options)) {
                var unused = relay.awaitReady();
                awaitSilence(relay);
                relay.stop();
            }
            int after = waiting();
            progress.accept("drained: " + after + " of " + before + " wait");
            fruitless = after < before ? 0 : fruitless + 1;
            before = after;
        }
    }

    /** Stopped or killed, who waits although a copy is there is in doubt; all are made due for the next start. */
    private int waiting() {
        List<EmailAddress> waiting = ledger.waiting(true);
        doubts.afterKill(
                waiting,
                recipient -> destination.received().copiesFor(recipient).size());
        return waiting.size();
    }

    private void awaitSilence(RelayChild relay) throws InterruptedException {
        long giveUp = System.nanoTime() + LONGEST.toNanos();
        long seen = -1;
        long since = System.nanoTime();
        while (System.nanoTime() < giveUp && System.nanoTime() - since < SILENCE.toNanos() && !relay.waitsFor(POLL)) {
            long count = destination.received().count();
            if (count != seen) {
                seen = count;
                since = System.nanoTime();
            }
        }
    }
}
