// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.assembly;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.amrelay.delivery.queue.NewMail;
import org.amrelay.delivery.tlsreport.ReportSender;
import org.amrelay.storage.mail.Origin;
import org.amrelay.storage.mail.StoredMail;
import org.amrelay.storage.spool.NewSpoolItem;
import org.amrelay.storage.spool.Spool;

/** Puts reports into the spool, where they are processed like notices of the relay. */
final class SpooledReports implements ReportSender {
    private final Spool spool;
    private final Clock clock;

    SpooledReports(Spool spool, Clock clock) {
        this.spool = spool;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Void> send(NewMail mail) {
        StoredMail stored = new StoredMail(
                mail.name(),
                mail.envelope(),
                mail.content(),
                "root",
                Optional.empty(),
                Map.of(),
                Origin.within(),
                clock.instant());
        return spool.add(NewSpoolItem.of(Spool.MAIN, stored)).thenRun(() -> {});
    }
}
