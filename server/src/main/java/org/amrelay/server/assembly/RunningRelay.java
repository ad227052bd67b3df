// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.assembly;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.amrelay.authentication.keys.DkimKeys;
import org.amrelay.delivery.lane.DeliveryEngine;
import org.amrelay.mail.dns.Dns;
import org.amrelay.server.admin.AdminRoutes;
import org.amrelay.server.admin.AdminServer;
import org.amrelay.server.admin.AdminToken;
import org.amrelay.server.admin.Operations;
import org.amrelay.server.admin.SiteViews;
import org.amrelay.server.admin.StorageOperations;
import org.amrelay.server.admin.StoredContainment;
import org.amrelay.server.admin.StoredDkimOperations;
import org.amrelay.server.containment.ContainmentOrders;
import org.amrelay.server.home.BoundPorts;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.HomeLock;
import org.amrelay.server.home.RelaySettings;
import org.amrelay.server.home.StartChecks;
import org.amrelay.server.home.StartRefused;
import org.amrelay.server.quarantine.QuarantineDesk;
import org.amrelay.server.signing.KeyUpkeep;
import org.amrelay.server.torture.DiskFaults;
import org.amrelay.server.users.AccountsDao;
import org.amrelay.storage.RelayStorage;
import org.apache.james.smtpserver.netty.SMTPServerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One relay from the moment it holds its home until it let go of everything.
 *
 * <p>Opened by one thread; {@link #close()} may be called by any and more than once, drains, and takes at most ten seconds.
 */
public final class RunningRelay implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(RunningRelay.class);

    private final Home home;
    private final RelaySettings settings;
    private final Deque<Runnable> undo = new ArrayDeque<>();
    private final CountDownLatch stopAsked = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicBoolean closing = new AtomicBoolean();
    private final RelayStatus status;
    private final Parts parts;

    private record Parts(Operations operations, BoundPorts ports) {}

    private RunningRelay(Home home, RelaySettings settings, Map<String, String> environment, Clock clock)
            throws IOException {
        this.home = home;
        this.settings = settings;
        boolean started = false;
        try {
            HomeLock lock = HomeLock.take(home);
            undo.push(lock::close);
            StartChecks.check(home, settings);
            RelayStorage storage = RelayStorage.openSqlite(home.data(), clock, DiskFaults.ofThisProcess());
            undo.push(storage::close);
            RelayServer server = RelayServer.assemble(home, settings, environment, storage, clock);
            this.status = new RelayStatus(storage, settings, clock.instant());
            server.start(undo::push);
            Operations operations = new StorageOperations(
                    storage,
                    server.part(AccountsDao.class),
                    status::now,
                    () -> {},
                    () -> new StoredDkimOperations(server.part(DkimKeys.class), server.part(Dns.class)),
                    server.part(KeyUpkeep.class)::domainAdded,
                    () -> new StoredContainment(server.part(ContainmentOrders.class)),
                    Optional.of(new SiteViews(server.part(DeliveryEngine.class))),
                    server.part(QuarantineDesk.class));
            AdminServer admin = startAdmin(operations, server.part(QuarantineDesk.class));
            undo.push(admin::close);
            this.parts = new Parts(operations, listening(server, admin));
            started = true;
        } finally {
            if (!started) {
                unwind();
            }
        }
    }

    /**
     * Starts a relay on a home that exists.
     *
     * @throws StartRefused when the operator can put it right
     */
    public static RunningRelay open(Home home, RelaySettings settings, Map<String, String> environment) {
        try {
            return new RunningRelay(home, settings, environment, Clock.systemUTC());
        } catch (Exception failed) {
            // James throws checked exceptions that its methods do not declare.
            throw StartFailures.explain(home, failed);
        }
    }

    private AdminServer startAdmin(Operations operations, QuarantineDesk desk) throws IOException {
        InetSocketAddress address =
                new InetSocketAddress(settings.value("AMR_LISTEN_ADMIN"), settings.port("AMR_PORT_ADMIN"));
        return AdminServer.start(
                address,
                settings.hostname(),
                new AdminRoutes(operations, stopAsked::countDown, Optional.of(desk)),
                AdminToken.of(home));
    }

    private BoundPorts listening(RelayServer server, AdminServer admin) throws IOException {
        List<Integer> smtp = server.part(SMTPServerFactory.class).getServers().stream()
                .map(port -> port.getListenAddresses().get(0).getPort())
                .toList();
        if (smtp.size() != 3) {
            throw new StartRefused(home.conf().resolve("smtpserver.xml") + " has " + smtp.size()
                    + " servers; expected are receive, submission and submissions, in this order");
        }
        String adminHost = settings.value("AMR_LISTEN_ADMIN");
        BoundPorts bound = new BoundPorts(
                ProcessHandle.current().pid(),
                smtp.get(0),
                smtp.get(1),
                smtp.get(2),
                adminHost.equals("0.0.0.0") ? "127.0.0.1" : adminHost,
                admin.port());
        bound.write(home);
        undo.push(this::forgetPorts);
        status.listens(bound);
        return bound;
    }

    private void forgetPorts() {
        status.stops();
        try {
            Files.deleteIfExists(home.portsFile());
        } catch (IOException left) {
            LOGGER.warn("{} stays: {}", home.portsFile(), left.getMessage());
        }
    }

    public BoundPorts ports() {
        return parts.ports();
    }

    public Operations operations() {
        return parts.operations();
    }

    /** Returns when somebody asked for the stop by the admin API. */
    public void awaitStopRequest() throws InterruptedException {
        stopAsked.await();
    }

    @Override
    public void close() {
        if (closing.compareAndSet(false, true)) {
            try {
                unwind();
            } finally {
                stopAsked.countDown();
                closed.countDown();
            }
            return;
        }
        try {
            closed.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Undoes the start, last step first; one that fails does not keep the others from being undone. */
    private void unwind() {
        while (!undo.isEmpty()) {
            try {
                undo.pop().run();
            } catch (RuntimeException failed) {
                LOGGER.warn("a part did not stop cleanly", failed);
            }
        }
    }
}
