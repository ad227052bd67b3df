// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.processing;

import static org.amrelay.server.processing.SpoolerRig.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.mail.MessagingException;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.server.TemporaryStorage;
import org.amrelay.storage.RelayStorage;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMailet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class RelaySpoolerTest {
    @RegisterExtension
    final TemporaryStorage temporary = new TemporaryStorage();

    private final AtomicInteger calls = new AtomicInteger();
    private SpoolerRig rig;
    private RelaySpooler spooler;

    @BeforeEach
    void aSpooler(RelayStorage storage) throws Exception {
        rig = new SpoolerRig(storage)
                .mailet("FailOnce", FailOnce::new)
                .configure("<processor state='root'><mailet match='All' class='FailOnce'/>"
                        + "<mailet match='All' class='Deliver'/></processor>");
        spooler = new RelaySpooler(
                storage.spool(), rig.arrivals, rig.openItems, rig.processing(), rig.settings, Clock.systemUTC());
    }

    @AfterEach
    void stopIt() {
        spooler.stop();
    }

    @Test
    void takesWhatWaitedAndWhatComesAndTriesAgainWhatFailed() throws Exception {
        for (int i = 0; i < 20; i++) {
            rig.accept("before-" + i, BOB);
        }
        spooler.start();
        for (int i = 0; i < 20; i++) {
            rig.accept("after-" + i, BOB);
        }
        await().until(() -> rig.waiting() == 0);
        assertThat(rig.storage.ledger().audit().byState().get(RecipientState.QUEUED))
                .isEqualTo(40);
        assertThat(rig.unaccounted()).isZero();
        assertThat(calls).hasValue(41);
    }

    @Test
    void keepsTheMailWhileTheDiskCannotBeWrittenAndGoesOnAfterwards(@TempDir Path home) throws Exception {
        AtomicBoolean full = new AtomicBoolean();
        try (RelayStorage failing = RelayStorage.openSqlite(home, Clock.systemUTC(), point -> {
            if (full.get()) {
                throw new IOException("No space left on device");
            }
        })) {
            SpoolerRig there = new SpoolerRig(failing)
                    .configure("<processor state='root'><mailet match='All' class='Deliver'/></processor>")
                    .accept("m", BOB);
            RelaySpooler other = new RelaySpooler(
                    failing.spool(),
                    there.arrivals,
                    there.openItems,
                    there.processing(),
                    there.settings,
                    Clock.systemUTC());
            full.set(true);
            other.start();
            await().during(Duration.ofSeconds(1)).until(() -> there.state("m", BOB) == RecipientState.ACCEPTED);
            full.set(false);
            await().atMost(Duration.ofSeconds(20)).until(() -> there.state("m", BOB) == RecipientState.QUEUED);
            other.stop();
            assertThat(there.unaccounted()).isZero();
        }
    }

    @Test
    void stopsQuicklyWhenNothingIsToDo() {
        spooler.start();
        long start = System.nanoTime();
        spooler.stop();
        assertThat(System.nanoTime() - start).isLessThan(2_000_000_000L);
    }

    private final class FailOnce extends GenericMailet {
        @Override
        public void service(Mail mail) throws MessagingException {
            if (calls.incrementAndGet() == 5) {
                throw new MessagingException("once");
            }
        }
    }
}
