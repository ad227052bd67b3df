// SPDX-License-Identifier: Apache-2.0
package org.amrelay.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.server.destination.DestinationServer;
import org.amrelay.server.destination.DestinationSettings;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.RelaySettings;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Does what the README tells a newcomer to do, in its words; only ports and homes differ. */
class ReadmeCommandsTest {
    static final Path ROOT = root();
    private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
    private static final String PASSWORD = "correct horse battery";

    /** What this test does with a command; each command of the README must be here. */
    private static final Map<String, String> KNOWN = Map.of(
            "./amr demo",
            "run",
            "./amr run",
            "fixture",
            "./amr domain add example.org",
            "run",
            "./amr account add you@example.org",
            "run",
            "swaks --server localhost:2587 --tls --auth-user you@example.org --auth-password \"$PASSWORD\""
                    + " --from you@example.org --to friend@example.net",
            "run",
            "./amr trace friend@example.net",
            "run",
            "./amr queue list",
            "run",
            "./amr status",
            "run",
            "./amr audit",
            "run",
            "mvn -B verify",
            "this");

    @TempDir
    private Path directory;

    @BeforeAll
    static void theProgramIsBuilt() {
        Programs.needThat(
                Files.exists(ROOT.resolve("server/target/amr/lib/amr-server-program.jar")),
                "needs the packaged server; mvn verify makes it");
    }

    @Test
    void knowsEveryCommandOfTheReadme() throws IOException {
        assertThat(commands()).containsExactlyInAnyOrderElementsOf(KNOWN.keySet());
    }

    @Test
    void theDemoShowsADeliveredMessageAndLeavesNothingRunning() throws Exception {
        String said = Programs.run(directory, Map.of(), bash("./amr demo", List.of()));
        assertThat(said).containsIgnoringCase("accepted").containsIgnoringCase("delivered");
    }

    @Test
    void theFirstRealConfigurationWorks() throws Exception {
        Programs.need("swaks");
        try (DestinationServer smartHost = DestinationServer.start(DestinationSettings.plain(), Clock.systemUTC());
                RelayUnderTest relay = RelayUnderTest.in(directory.resolve("relay-home"))
                        .route("example.org", smartHost.port())
                        .with("AMR_DELIVERY_GATEWAY", "127.0.0.1:" + smartHost.port())
                        .start()) {
            List<String> replacements = List.of("2587", Integer.toString(relay.submissionPort()));
            String trace = "";
            for (String command : commands()) {
                if (!KNOWN.get(command).equals("run") || command.endsWith("demo")) {
                    continue;
                }
                if (command.contains(" trace ")) {
                    Awaitility.await()
                            .atMost(Duration.ofSeconds(30))
                            .until(() -> !smartHost
                                    .received()
                                    .messagesFor(EmailAddress.of("friend@example.net"))
                                    .isEmpty());
                }
                String said = Programs.run(
                        directory, Map.of("PASSWORD", PASSWORD), bash(command, replacements), PASSWORD + "\n");
                trace = command.contains(" trace ") ? said : trace;
            }
            assertThat(trace).containsIgnoringCase("friend@example.net").containsIgnoringCase("delivered");
            RelayAssert.assertThat(relay).accountsForEveryRecipient();
        }
    }

    @Test
    void theConfigurationItShowsIsValid() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        String yaml = readme.substring(readme.indexOf("```yaml\n") + 8);
        Path conf = Files.createDirectories(directory.resolve("home/conf"));
        Files.writeString(conf.resolve("relay.yaml"), yaml.substring(0, yaml.indexOf("```")));
        var settings = RelaySettings.read(new Home(directory.resolve("home")), Map.of());
        assertThat(settings.hostname()).isEqualTo("mail.example.org");
        assertThat(settings.variables())
                .containsEntry("AMR_DELIVERY_GATEWAY", "smarthost.example.net:25")
                .containsEntry("AMR_ROUTES", "example.org=mailbox.example.org:25");
    }

    /** The command as it stands there, run in a directory of the test, by the launcher of the checkout. */
    private static List<String> bash(String command, List<String> replacement) {
        String line = command.replace("./amr", ROOT.resolve("amr").toString());
        if (!replacement.isEmpty()) {
            line = line.replace(replacement.get(0), replacement.get(1));
        }
        return List.of("bash", "-c", line);
    }

    private static List<String> commands() throws IOException {
        List<String> commands = new ArrayList<>();
        BLOCK.matcher(Files.readString(ROOT.resolve("README.md")))
                .results()
                .map((MatchResult block) -> block.group(1))
                .forEach(block -> block.lines().filter(line -> !line.isBlank()).forEach(commands::add));
        return commands;
    }

    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(here.resolve("amr"))) {
            here = here.getParent();
        }
        return here;
    }
}
