// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.amrelay.server.destination.DestinationServer;
import org.amrelay.server.destination.DestinationSettings;
import org.amrelay.server.torture.ClientBook.Outcome;
import org.junit.jupiter.api.Test;

class LoadTest {
    private final ClientBook book = new ClientBook();
    private final DifficultDestination behaviour = new DifficultDestination();

    @Test
    void writesDownWhatItWasTold() throws IOException {
        try (DestinationServer server = difficultDestination()) {
            try (Load load = Load.start(4, 1, book)) {
                load.aimAt(server.port());
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> book.mails(Outcome.ACCEPTED) > 200 && book.mails(Outcome.IN_DOUBT) > 0);
            }
            assertThat(behaviour.damaged()).isZero();
            assertThat(server.received().count())
                    .isEqualTo(book.mails(Outcome.ACCEPTED) + book.mails(Outcome.IN_DOUBT));
            book.entries().values().stream()
                    .filter(entry -> entry.outcome() == Outcome.ACCEPTED)
                    .flatMap(entry -> entry.recipients().stream())
                    .forEach(recipient ->
                            assertThat(server.received().copiesFor(recipient)).hasSize(1));
        }
    }

    @Test
    void comesBackWhenTheServerDoes() throws IOException {
        try (Load load = Load.start(2, 2, book)) {
            for (int life = 1; life <= 3; life++) {
                long before = book.mails(Outcome.ACCEPTED);
                try (DestinationServer server = difficultDestination()) {
                    load.aimAt(server.port());
                    await().atMost(Duration.ofSeconds(20)).until(() -> book.mails(Outcome.ACCEPTED) > before + 10);
                }
            }
        }
        assertThat(book.mails(Outcome.ACCEPTED)).isGreaterThan(30);
    }

    private DestinationServer difficultDestination() throws IOException {
        return DestinationServer.start(
                DestinationSettings.plain().keeping(0).withBehaviour(behaviour), Clock.systemUTC());
    }
}
