// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.amrelay.server.assembly.RunningRelay;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.HomeCreator;
import org.amrelay.server.home.RelaySettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code amr run}: the relay in the foreground, until SIGTERM, Ctrl-C or {@code amr stop}. */
@Command(name = "run", description = "Start the relay in the foreground.", mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--home", paramLabel = "DIR", description = "the relay's directory (default: ./relay-home)")
    private Path directory = Path.of(Home.DEFAULT_DIRECTORY);

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Home home = new Home(directory);
        Map<String, String> environment = System.getenv();
        boolean first = new HomeCreator(new SecureRandom(), Clock.systemUTC()).create(home, environment);
        System.setProperty("amr.home", home.directory().toString());
        System.setProperty("logback.configurationFile", home.conf().resolve("logback.xml").toUri().toString());
        RelaySettings settings = RelaySettings.read(home, environment);
        RunningRelay relay = RunningRelay.open(home, settings, environment);
        out.println(relay.ports() + " " + first + " " + java.lang.management.ManagementFactory.getRuntimeMXBean().getUptime());
        out.flush();
        CountDownLatch stop = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> { stop.countDown(); relay.close(); }, "stop"));
        stop.await();
        return 0;
    }
}
