// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.virus;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.amrelay.filtering.scanner.ScannerAddress;
import org.amrelay.filtering.scanner.WithoutScanner;
import org.amrelay.mail.settings.DataSize;
import org.amrelay.mail.settings.Parameter;

/** The section {@code clamav} of {@code conf/scanners.yaml}. */
public record ClamAvSettings(
        @Parameter(
                description =
                        "where clamd listens: host:port or unix:/path; several are asked in turn; empty: no ClamAV",
                defaultsTo = "${AMR_CLAMAV:}",
                example = "unix:/run/clamav/clamd.ctl")
        List<ScannerAddress> hosts,

        @Parameter(description = "how long opening a connection may take", defaultsTo = "2s")
        Duration connectTimeout,

        @Parameter(description = "how long a host may take for one scan", defaultsTo = "60s")
        Duration timeout,

        @Parameter(
                description = "how long a client waits in session for the scan; then it goes on without the client",
                defaultsTo = "2s")
        Duration budget,

        @Parameter(
                description = "larger messages are not scanned; not more than clamd's StreamMaxLength",
                defaultsTo = "25MB")
        DataSize largest,

        @Parameter(
                description = "scans at a time; not more than clamd's MaxThreads",
                defaultsTo = "10",
                min = 1,
                max = 1000)
        int connections,

        @Parameter(
                description = "what becomes of mail while no clamd answers: refuse, accept or hold-and-rescan",
                defaultsTo = "hold-and-rescan")
        WithoutScanner onFailure,

        @Parameter(
                description = "a directory of clamd's signatures: when its files change, nothing is remembered",
                defaultsTo = "/var/lib/clamav")
        Optional<String> database,

        @Parameter(description = "how many results are remembered", defaultsTo = "10000", min = 0, max = 1_000_000)
        int remember,

        @Parameter(description = "how long a result is remembered", defaultsTo = "1h")
        Duration rememberFor) {
    public ClamAvSettings {
        hosts = List.copyOf(hosts);
    }

    /** Whether there is a host to ask. */
    boolean isUsed() {
        return !hosts.isEmpty();
    }
}
