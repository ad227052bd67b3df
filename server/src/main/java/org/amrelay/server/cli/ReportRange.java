// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import picocli.CommandLine.Option;

/** Which reports are listed, the same for all kinds. */
final class ReportRange {
    @Option(names = "--domain", defaultValue = "", description = "only this domain")
    private String domain = "";

    @Option(names = "--days", defaultValue = "30", description = "how far back (default: 30)")
    private int days;

    @Option(names = "--limit", defaultValue = "100", description = "most lines (default: 100)")
    private int limit;

    String domain() {
        return domain;
    }

    int days() {
        return days;
    }

    int limit() {
        return limit;
    }
}
