// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.assembly;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.amrelay.server.home.BoundPorts;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.HomeLock;
import org.amrelay.server.home.RelaySettings;
import org.amrelay.server.home.StartChecks;
import org.amrelay.server.home.StartRefused;
import org.apache.james.smtpserver.netty.SMTPServerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One relay from the moment it holds its home until it let go of everything.
 *
 * <p>Open and close by one thread. {@link #close()} drains and takes at most ten seconds.
 */
public final class RunningRelay implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(RunningRelay.class);

    private final Home home;
    private final HomeLock lock;
    private final RelayServer server;
    private final BoundPorts ports;

    private RunningRelay(Home home, HomeLock lock, RelayServer server, BoundPorts ports) {
        this.home = home;
        this.lock = lock;
        this.server = server;
        this.ports = ports;
    }

    /**
     * Starts a relay on a home that exists.
     *
     * @throws StartRefused when the operator can put it right
     */
    public static RunningRelay open(Home home, RelaySettings settings, Map<String, String> environment) {
        HomeLock lock = HomeLock.take(home);
        boolean started = false;
        try {
            StartChecks.check(home, settings);
            RelayServer server = RelayServer.assemble(home, settings, environment, Clock.systemUTC());
            server.start();
            BoundPorts ports = boundPorts(server);
            ports.write(home);
            started = true;
            return new RunningRelay(home, lock, server, ports);
        } catch (IOException failed) {
            throw new StartRefused("cannot write " + home.portsFile() + ": " + failed.getMessage(), failed);
        } finally {
            if (!started) {
                lock.close();
            }
        }
    }

    private static BoundPorts boundPorts(RelayServer server) {
        List<Integer> ports = server.part(SMTPServerFactory.class).getServers().stream()
                .map(smtp -> smtp.getListenAddresses().get(0))
                .map(InetSocketAddress::getPort)
                .toList();
        return new BoundPorts(ProcessHandle.current().pid(), ports.get(0), ports.get(1), ports.get(2), 0);
    }

    public BoundPorts ports() {
        return ports;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(home.portsFile());
        } catch (IOException left) {
            LOGGER.warn("{} stays: {}", home.portsFile(), left.getMessage());
        }
        server.stop();
        lock.close();
    }
}
