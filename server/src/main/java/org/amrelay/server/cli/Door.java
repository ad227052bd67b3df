// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;
import org.amrelay.server.admin.AdminToken;
import org.amrelay.server.admin.Operations;
import org.amrelay.server.admin.RemoteOperations;
import org.amrelay.server.home.BoundPorts;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.HomeLock;
import org.amrelay.server.home.StartRefused;

/** The way to a relay's operations: through the running relay, else straight to the storage. */
final class Door {
    private static final int CONNECT_MILLIS = 1_000;

    private Door() {}

    /** Whichever way is open. */
    static Operations open(Home home) {
        checkExists(home);
        Optional<RemoteOperations> running = running(home);
        if (running.isPresent()) {
            return running.get();
        }
        HomeLock lock = HomeLock.take(home);
        try {
            return LocalDoor.open(home, lock);
        } catch (RuntimeException failed) {
            lock.close();
            throw failed;
        }
    }

    /** The running relay, if one answers. */
    static Optional<RemoteOperations> running(Home home) {
        checkExists(home);
        return BoundPorts.read(home)
                .filter(ports -> ports.admin() > 0 && answers(ports))
                .map(ports -> new RemoteOperations(
                        URI.create("http://" + host(ports) + ":" + ports.admin() + "/"), AdminToken.of(home)));
    }

    private static String host(BoundPorts ports) {
        return ports.adminHost().contains(":") ? "[" + ports.adminHost() + "]" : ports.adminHost();
    }

    private static boolean answers(BoundPorts ports) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(ports.adminHost(), ports.admin()), CONNECT_MILLIS);
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }

    private static void checkExists(Home home) {
        if (!home.exists()) {
            throw new StartRefused(
                    "there is no relay at " + home.directory() + "; 'amr run' makes one, --home names another place");
        }
    }
}
