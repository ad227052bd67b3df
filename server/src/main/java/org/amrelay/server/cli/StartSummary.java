// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import java.io.PrintWriter;
import java.util.List;
import org.amrelay.server.home.BoundPorts;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.OptionalParts;
import org.amrelay.server.home.RelaySettings;

/** What a started relay tells its operator: where it listens, what to do next, what it found. */
final class StartSummary {
    private final PrintWriter out;

    StartSummary(PrintWriter out) {
        this.out = out;
    }

    void print(
            Home home,
            RelaySettings settings,
            BoundPorts ports,
            boolean first,
            List<OptionalParts.Part> parts,
            double seconds) {
        String address = settings.value("AMR_LISTEN_MAIL");
        String admin = settings.value("AMR_LISTEN_ADMIN");
        String option = home.equals(new Home(java.nio.file.Path.of(Home.DEFAULT_DIRECTORY)))
                ? ""
                : " --home " + home.directory();
        out.printf("Active Mail Relay %s is ready after %.1f s%n", settings.hostname(), seconds);
        out.printf("  receive      %s:%d   from other servers, for your domains only%n", address, ports.receive());
        out.printf("  submission   %s:%d   from your users, STARTTLS and password%n", address, ports.submission());
        out.printf("  submissions  %s:%d   the same, TLS from the start%n", address, ports.submissions());
        out.printf("  console      http://%s:%d/   token in %s%n", admin, ports.admin(), home.adminToken());
        out.printf("  data         %s%n", home.data());
        out.printf("  conf         %s%s%n", home.conf(), first ? "   (new: a copy of the shipped one)" : "");
        out.printf("  log          %s%n", home.log().resolve("relay.log"));
        for (OptionalParts.Part part : parts) {
            out.printf("  %-12s %s %s%n", part.name(), part.found() ? "found at" : "not found at", part.place());
        }
        out.printf("Next: amr domain add example.org%s%n", option);
        out.printf("      amr account add you@example.org%s%n", option);
        out.printf("      amr dkim dns example.org%s   the records to publish%n", option);
        out.flush();
    }
}
