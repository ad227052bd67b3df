// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.amrelay.server.admin.Answers;
import org.amrelay.server.admin.Operations;
import org.amrelay.server.assembly.RunningRelay;
import org.amrelay.server.destination.DestinationServer;
import org.amrelay.server.destination.DestinationSettings;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.HomeCreator;
import org.amrelay.server.home.RelaySettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code amr demo}: one message from a user through the relay to a second server, all on the loopback. */
@Command(
        name = "demo",
        description = "Send one message through a relay of its own, on the loopback only, and show what happened.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final String SENDER = "alice@relay.example";
    private static final String RECIPIENT = "bob@destination.example";
    private static final int TRIES = 300;
    private static final int PAUSE_MILLIS = 100;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("amr-demo-");
        Thread tidy = new Thread(() -> remove(directory), "demo-tidy");
        Runtime.getRuntime().addShutdownHook(tidy);
        Home home = new Home(directory);
        try (DestinationServer destination = DestinationServer.start(DestinationSettings.plain(), Clock.systemUTC())) {
            return show(home, destination);
        } finally {
            remove(directory);
        }
    }

    private int show(Home home, DestinationServer destination) throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Map<String, String> environment = Map.of("AMR_HOSTNAME", "relay.example");
        new HomeCreator(new SecureRandom(), Clock.systemUTC()).create(home, environment);
        Logging.into(home);
        RelaySettings settings = RelaySettings.read(home, environment)
                .with(onLoopback())
                .withRoute("destination.example", "127.0.0.1:" + destination.port());
        say(out, "1. A relay starts in " + home.directory() + ", and a second mail server beside it.");
        try (RunningRelay relay = RunningRelay.open(home, settings, environment)) {
            out.printf(
                    "   relay: submission 127.0.0.1:%d; destination: 127.0.0.1:%d%n",
                    relay.ports().submission(), destination.port());
            String password = HomeCreator.newSecret(new SecureRandom());
            // As an operator would: by the admin API.
            Operations operations = Door.running(home).orElseThrow();
            operations.addDomain("relay.example");
            operations.addAccount(SENDER, password);
            say(out, "2. " + SENDER + " logs in over STARTTLS and sends a message to " + RECIPIENT + ".");
            new DemoClient(home, relay.ports().submission(), out).send(SENDER, password, RECIPIENT);
            List<Answers.Trace> traces = awaitDelivery(operations);
            say(out, "3. What the relay tells of it (amr trace " + RECIPIENT + "):");
            traces.forEach(trace -> TraceCommand.print(out, trace));
            say(out, "4. What the destination got:");
            destination
                    .received()
                    .messages()
                    .forEach(message ->
                            message.text().lines().forEach(line -> out.println("   | " + Output.safe(line))));
            boolean delivered =
                    destination.received().count() == 1 && operations.audit().unaccounted() == 0;
            say(out, delivered ? "Delivered, and unaccounted 0. Next: amr run" : "It was not delivered.");
            return delivered ? 0 : 1;
        }
    }

    private static Map<String, String> onLoopback() {
        Map<String, String> values = new HashMap<>();
        values.put("AMR_LISTEN_MAIL", "127.0.0.1");
        values.put("AMR_PORT_RECEIVE", "0");
        values.put("AMR_PORT_SUBMISSION", "0");
        values.put("AMR_PORT_SUBMISSIONS", "0");
        values.put("AMR_PORT_ADMIN", "0");
        return values;
    }

    private static List<Answers.Trace> awaitDelivery(Operations operations) throws InterruptedException {
        List<Answers.Trace> traces = List.of();
        for (int i = 0; i < TRIES; i++) {
            traces = operations.trace(RECIPIENT, 1);
            boolean done = !traces.isEmpty()
                    && traces.get(0).recipients().stream()
                            .allMatch(row -> row.state().equals("delivered")
                                    || row.state().equals("bounced"));
            if (done) {
                return traces;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        return traces;
    }

    private static void say(PrintWriter out, String sentence) {
        out.println(sentence);
        out.flush();
    }

    private static void remove(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }
}
