// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.amrelay.server.admin.RemoteOperations;
import org.amrelay.server.home.BoundPorts;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.HomeLock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code amr stop}: drain and stop, and wait until it is done. */
@Command(
        name = "stop",
        description = "Stop the relay: it drains and ends within ten seconds.",
        mixinStandardHelpOptions = true)
final class StopCommand implements Callable<Integer> {
    private static final int TRIES = 150;
    private static final int PAUSE_MILLIS = 100;

    @Spec
    private CommandSpec spec;

    @Mixin
    private HomeOption home;

    @Override
    public Integer call() throws InterruptedException {
        Home place = home.home();
        Optional<RemoteOperations> running = Door.running(place);
        if (running.isEmpty()) {
            spec.commandLine().getErr().println("amr: no relay runs on " + place.directory());
            return 1;
        }
        long pid = BoundPorts.read(place).map(BoundPorts::pid).orElse(0L);
        running.get().stop();
        for (int i = 0; i < TRIES; i++) {
            Optional<HomeLock> free = HomeLock.tryTake(place);
            if (free.isPresent()) {
                free.get().close();
                spec.commandLine().getOut().println("stopped");
                return 0;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        spec.commandLine().getErr().println("amr: process " + pid + " has not ended after 15 s");
        return 1;
    }
}
