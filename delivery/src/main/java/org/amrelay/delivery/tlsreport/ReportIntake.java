// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tlsreport;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Takes mail that came to the address for reports of others (RFC 8460 §5.3).
 *
 * <p>Blocks on the disk. Safe for several threads.
 */
public final class ReportIntake {
    private final TlsReportStore store;
    private final InstantSource clock;

    /**
     * What was done with a mail.
     *
     * @param isKept whether there was a report in it that is in the store now
     */
    public record Taken(boolean isKept, String summary) {}

    public ReportIntake(TlsReportStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Keeps the report in a mail, if there is one that can be read; one at a time, so that reports of strangers, which are
     * large when they are unpacked, share the memory of one.
     */
    public synchronized Taken take(byte[] mail) {
        Optional<byte[]> found;
        TlsReport report;
        try {
            found = TlsReportExtractor.report(mail);
            if (found.isEmpty()) {
                return new Taken(false, "has no TLS report");
            }
            report = ReportBounds.of(TlsReportParser.parse(found.get()));
        } catch (IOException broken) {
            return new Taken(false, "has no TLS report that can be read: " + broken.getMessage());
        }
        String name = "TLS report " + report.id() + " of " + report.organization();
        return switch (store.receive(report, clock.instant())) {
            case NEW -> new Taken(true, name + " is kept");
            case KNOWN -> new Taken(true, name + " was there already");
            case TOO_MANY -> new Taken(false, name + " is not kept, too many came today");
        };
    }
}
