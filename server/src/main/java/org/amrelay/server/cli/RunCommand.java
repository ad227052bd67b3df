// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import org.amrelay.server.assembly.RunningRelay;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.HomeCreator;
import org.amrelay.server.home.OptionalParts;
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
        List<CompletableFuture<OptionalParts.Part>> parts = OptionalParts.look(ForkJoinPool.commonPool());
        Home home = new Home(directory);
        Map<String, String> environment = System.getenv();
        boolean first = new HomeCreator(new SecureRandom(), Clock.systemUTC()).create(home, environment);
        Logging.into(home);
        RelaySettings settings = RelaySettings.read(home, environment);
        RunningRelay relay = RunningRelay.open(home, settings, environment);
        Runtime.getRuntime().addShutdownHook(new Thread(relay::close, "stop"));
        new StartSummary(spec.commandLine().getOut())
                .print(
                        home,
                        settings,
                        relay.ports(),
                        first,
                        parts.stream().map(CompletableFuture::join).toList(),
                        ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0);
        relay.awaitStopRequest();
        relay.close();
        return 0;
    }
}
