// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.assembly;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.amrelay.server.admin.Answers;
import org.amrelay.server.home.BoundPorts;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.RelaySettings;
import org.amrelay.storage.RelayStorage;
import org.amrelay.storage.spool.Spool;

/** Says how a running relay is. Safe for several threads. */
final class RelayStatus {
    private final RelayStorage storage;
    private final RelaySettings settings;
    private final Instant startedAt;
    private volatile Optional<BoundPorts> listening = Optional.empty();

    RelayStatus(RelayStorage storage, RelaySettings settings, Instant startedAt) {
        this.storage = storage;
        this.settings = settings;
        this.startedAt = startedAt;
    }

    void listens(BoundPorts ports) {
        listening = Optional.of(ports);
    }

    void stops() {
        listening = Optional.empty();
    }

    Answers.Status now() {
        Optional<BoundPorts> ports = listening;
        return new Answers.Status(
                true,
                ports.isPresent(),
                Home.VERSION,
                settings.hostname(),
                ProcessHandle.current().pid(),
                startedAt.toString(),
                ports.map(this::addresses).orElse(Map.of()),
                storage.spool().size(Spool.MAIN),
                storage.ledger().queuedCount(),
                storage.domains().all().size(),
                storage.accounts().count(),
                storage.deliveries().lanes().stream()
                        .map(lane -> new Answers.Lane(
                                lane.nextHop().toString(),
                                lane.waiting(),
                                lane.nextDueAt().toString()))
                        .toList());
    }

    private Map<String, String> addresses(BoundPorts ports) {
        String mail = settings.value("AMR_LISTEN_MAIL") + ":";
        Map<String, String> addresses = new LinkedHashMap<>();
        addresses.put("receive", mail + ports.receive());
        addresses.put("submission", mail + ports.submission());
        addresses.put("submissions", mail + ports.submissions());
        addresses.put("admin", settings.value("AMR_LISTEN_ADMIN") + ":" + ports.admin());
        return addresses;
    }
}
