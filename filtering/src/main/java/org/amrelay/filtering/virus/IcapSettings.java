// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.virus;

import java.time.Duration;
import java.util.List;
import org.amrelay.filtering.scanner.ScannerAddress;
import org.amrelay.filtering.scanner.WithoutScanner;
import org.amrelay.mail.settings.DataSize;
import org.amrelay.mail.settings.Parameter;

/** The section {@code icap} of {@code conf/scanners.yaml}. */
public record IcapSettings(
        @Parameter(
                description =
                        "where the ICAP server listens: host:port; several are asked in turn; empty: none is asked",
                defaultsTo = "",
                example = "192.0.2.20:1344")
        List<ScannerAddress> hosts,

        @Parameter(description = "the antivirus service of the server", defaultsTo = "avscan")
        String service,

        @Parameter(description = "how long opening a connection may take", defaultsTo = "2s")
        Duration connectTimeout,

        @Parameter(description = "how long a host may take for one scan", defaultsTo = "60s")
        Duration timeout,

        @Parameter(
                description = "how long a client waits in session for the scan; then it goes on without the client",
                defaultsTo = "2s")
        Duration budget,

        @Parameter(description = "larger messages are not shown to it", defaultsTo = "25MB")
        DataSize largest,

        @Parameter(description = "scans at a time", defaultsTo = "10", min = 1, max = 1000)
        int connections,

        @Parameter(
                description = "what becomes of mail while no server answers: refuse, accept or hold-and-rescan",
                defaultsTo = "hold-and-rescan")
        WithoutScanner onFailure,

        @Parameter(description = "how many results are remembered", defaultsTo = "10000", min = 0, max = 1_000_000)
        int remember,

        @Parameter(description = "how long a result is remembered", defaultsTo = "1h")
        Duration rememberFor) {
    public IcapSettings {
        hosts = List.copyOf(hosts);
        if (!service.matches("[A-Za-z0-9._~/?=&-]+")) {
            throw new IllegalArgumentException("service has characters that no URI has");
        }
    }

    /** Whether there is a host to ask. */
    boolean isUsed() {
        return !hosts.isEmpty();
    }
}
