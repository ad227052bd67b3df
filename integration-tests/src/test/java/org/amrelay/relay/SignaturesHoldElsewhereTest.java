// SPDX-License-Identifier: Apache-2.0
package org.amrelay.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.amrelay.relay.RelayAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.server.destination.DestinationServer;
import org.amrelay.server.destination.DestinationSettings;
import org.amrelay.server.destination.ReceivedMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the relay signs, others verify: on the octets that arrived, also behind a relay that adds trace fields. */
class SignaturesHoldElsewhereTest {
    private static final String ALICE = "alice@here.example";
    private static final String PASSWORD = "correct horse battery";
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final String PYTHON = "/usr/bin/python3";
    private static final String TEXT =
            "Dear Bob,  \n\n.a line with a dot\nGr\u00fc\u00dfe\t \n" + "a long line " + "x".repeat(900) + "\n\n\n";

    @TempDir
    private Path directory;

    @Test
    void bothSignaturesAreVerifiedByTwoOtherPrograms() throws Exception {
        String perl = Programs.need("perl");
        Programs.needThat(works(PYTHON, "-c", "import dkim, nacl"), "needs python3-dkim and python3-nacl");
        Programs.needThat(works(perl, "-MMail::DKIM", "-e1"), "needs libmail-dkim-perl (.ci/run installs it)");
        try (DestinationServer sink = DestinationServer.start(DestinationSettings.plain(), Clock.systemUTC());
                RelayUnderTest between = RelayUnderTest.in(directory.resolve("between"))
                        .domain("there.example")
                        .route("there.example", sink.port())
                        .start();
                RelayUnderTest relay = RelayUnderTest.in(directory.resolve("relay"))
                        .domain("here.example")
                        .account(ALICE, PASSWORD)
                        .route("near.example", sink.port())
                        .route("there.example", between.receivePort())
                        .start()) {
            Path records = records(relay);
            for (String to : List.of("bob@near.example", "bob@there.example")) {
                submit(relay, to);
                verify(perl, arrived(sink, to), records, to.contains("there") ? 3 : 2);
            }
            assertThat(relay).accountsForEveryRecipient();
            assertThat(between).accountsForEveryRecipient();
        }
    }

    private static boolean works(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    private void submit(RelayUnderTest relay, String to) throws Exception {
        Programs.run(
                directory,
                Map.of(),
                List.of(
                        PYTHON,
                        resource("/clients/submit.py"),
                        Integer.toString(relay.submissionPort()),
                        relay.certificate().toString(),
                        ALICE,
                        PASSWORD,
                        to),
                TEXT);
    }

    private static String resource(String name) throws Exception {
        return Path.of(SignaturesHoldElsewhereTest.class.getResource(name).toURI())
                .toString();
    }

    /** Name and text of each record that the relay wants published. */
    private Path records(RelayUnderTest relay) throws IOException {
        Path none = Files.writeString(directory.resolve("zone"), "; nothing\n", UTF_8);
        List<String> words = new ArrayList<>();
        // The keys of a new domain are made behind the start
        await("keys").atMost(SOON).until(() -> {
            words.add(relay.amr("dkim", "dns", "here.example", "--json", "--dns", none.toString())
                    .out());
            return words.get(words.size() - 1).split("\"record\"", -1).length == 3;
        });
        StringBuilder records = new StringBuilder();
        for (JsonNode each : new ObjectMapper().readTree(words.get(words.size() - 1))) {
            records.append(each.path("name").asText().replaceFirst("\\.$", ""))
                    .append(' ')
                    .append(each.path("value").asText())
                    .append('\n');
        }
        return Files.writeString(directory.resolve("records"), records, UTF_8);
    }

    private static ReceivedMessage arrived(DestinationServer sink, String to) {
        EmailAddress address = EmailAddress.of(to);
        await("the message to " + to)
                .atMost(SOON)
                .until(() -> !sink.received().messagesFor(address).isEmpty());
        return sink.received().messagesFor(address).get(0);
    }

    private void verify(String perl, ReceivedMessage message, Path records, int traces) throws Exception {
        Path file = Files.write(directory.resolve("arrived.eml"), message.content());
        assertThat(Stream.of(message.text().split("\r\n", -1)).filter(line -> line.startsWith("Received:")))
                .hasSizeGreaterThanOrEqualTo(traces - 1);
        List<String> python = Programs.run(
                        directory,
                        Map.of(),
                        List.of(PYTHON, resource("/signatures/verify.py"), file.toString(), records.toString()))
                .lines()
                .toList();
        assertThat(python).as("%s", message.text()).hasSize(2).allMatch(line -> line.endsWith(" true"));
        List<String> others = Programs.run(
                        directory,
                        Map.of(),
                        List.of(perl, resource("/signatures/verify.pl"), file.toString(), records.toString()))
                .lines()
                .toList();
        // Mail::DKIM of Debian 12 does not know Ed25519
        assertThat(others).as("%s", message.text()).anyMatch(line -> line.endsWith(" pass"));

        Path changed = Files.writeString(
                directory.resolve("changed.eml"),
                message.text().replace("Dear Bob", "Dear Eve"),
                java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(Programs.run(
                        directory,
                        Map.of(),
                        List.of(PYTHON, resource("/signatures/verify.py"), changed.toString(), records.toString())))
                .doesNotContain("true");
        assertThat(Programs.run(
                        directory,
                        Map.of(),
                        List.of(perl, resource("/signatures/verify.pl"), changed.toString(), records.toString())))
                .doesNotContain("pass");
    }
}
