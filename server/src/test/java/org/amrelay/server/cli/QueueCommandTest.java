// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.amrelay.delivery.queue.NewDelivery;
import org.amrelay.delivery.queue.NewMail;
import org.amrelay.delivery.route.NextHop;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.ReversePath;
import org.amrelay.mail.envelope.Envelope;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.server.assembly.RunningRelay;
import org.amrelay.server.destination.Answer;
import org.amrelay.server.destination.DestinationBehaviour;
import org.amrelay.server.destination.DestinationServer;
import org.amrelay.server.destination.DestinationSettings;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.TestHome;
import org.amrelay.storage.RelayStorage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class QueueCommandTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private Home home;
    private String out = "";

    @BeforeEach
    void aHomeExists() {
        home = TestHome.in(directory.resolve("home"));
    }

    private int queue(String... arguments) {
        StringWriter said = new StringWriter();
        CommandLine line = Amr.commandLine().setOut(new PrintWriter(said, true)).setErr(new PrintWriter(said, true));
        String[] all = new String[arguments.length + 3];
        all[0] = "queue";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[arguments.length + 1] = "--home";
        all[arguments.length + 2] = home.directory().toString();
        int code = line.execute(all);
        out = said.toString();
        return code;
    }

    private JsonNode json(String... arguments) throws IOException {
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = "--json";
        queue(all);
        return new ObjectMapper().readTree(out);
    }

    private void accept(RelayStorage storage, String name, String sender, Optional<String> account, String recipient) {
        accept(
                storage,
                NextHop.parse("host:127.0.0.1:9"),
                Instant.now().plusSeconds(3600),
                name,
                sender,
                account,
                recipient);
    }

    private static void accept(
            RelayStorage storage,
            NextHop hop,
            Instant due,
            String name,
            String sender,
            Optional<String> account,
            String recipient) {
        List<EnvelopeRecipient> to = List.of(EnvelopeRecipient.of(EmailAddress.of(recipient)));
        Envelope envelope =
                new Envelope(ReversePath.of(sender), to, Optional.empty(), Optional.empty(), account, false);
        storage.deliveries()
                .accept(
                        new NewMail(name, envelope, MessageContent.of("Subject: x\r\n\r\nx\r\n".getBytes(US_ASCII))),
                        List.of(new NewDelivery(hop, to, due, due.plus(Duration.ofDays(5)))))
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    @Test
    void findsWholeAddressesAfterAnEqualsSign() throws IOException {
        threeMailsWait();

        assertThat(json("list", "--recipient", "=A@one.example")).hasSize(1);
        assertThat(json("list", "--recipient", "=one.example")).isEmpty();
        assertThat(json("list", "--recipient", "one.example")).hasSize(1);
        assertThat(json("list", "--sender", "=news@big.example")).hasSize(2);
        assertThat(json("list", "--sender==news@big")).isEmpty();
    }

    private void threeMailsWait() {
        try (RelayStorage storage = RelayStorage.openSqlite(home.data(), Clock.systemUTC())) {
            accept(storage, "m1", "news@big.example", Optional.of("news@big.example"), "a@one.example");
            accept(storage, "m2", "news@big.example", Optional.of("news@big.example"), "b@two.example");
            accept(storage, "m3", "ann@small.example", Optional.empty(), "c@two.example");
        }
    }

    @Test
    void findsByEachCondition() throws Exception {
        threeMailsWait();
        assertThat(json("list")).hasSize(3);
        assertThat(json("list", "--domain", "two.example")).hasSize(2);
        assertThat(json("list", "--account", "news@big.example")).hasSize(2);
        assertThat(json("list", "--sender", "small", "--domain", "two.example")).hasSize(1);
        assertThat(json("list", "--recipient", "a@one")).hasSize(1);
        assertThat(json("list", "--older-than", "1h")).isEmpty();
        assertThat(json("list", "--reply", "busy")).isEmpty();
        assertThat(json("list", "m2")).hasSize(1);
        assertThat(queue("list", "--older-than", "soon")).isEqualTo(2);
        assertThat(out).contains("'soon' is not a time like 30m, 4h or 2d");
    }

    @Test
    void showsWhatABulkOrderWouldTouchBeforeItDoesItAndUndoesIt() throws Exception {
        threeMailsWait();
        assertThat(queue("hold", "--all")).isEqualTo(1);
        assertThat(out)
                .contains("hold would touch 3 deliveries to 3 recipients")
                .contains("2 from news@big.example")
                .contains("3 via host:127.0.0.1:9")
                .contains("add --yes");
        assertThat(json("list", "--held")).isEmpty();

        assertThat(queue("hold", "--all", "--yes")).isZero();
        assertThat(out).contains("hold: 3 deliveries", "amr queue undo");
        assertThat(json("list", "--held")).hasSize(3);

        assertThat(queue("undo")).isZero();
        assertThat(out).contains("undone: hold of 3 deliveries");
        assertThat(json("list", "--held")).isEmpty();
        assertThat(queue("undo")).isEqualTo(1);
        assertThat(out).contains("no order of the last five minutes");
    }

    @Test
    void cancelsWhatWasSearchedInFiveMinutesAndWhatIsNamedAtOnce() throws Exception {
        threeMailsWait();
        assertThat(queue("cancel", "--domain", "two.example", "--notify", "--yes"))
                .isZero();
        assertThat(out).contains("cancel: 2 deliveries; gone in five minutes");
        queue("list", "m2");
        assertThat(out).contains("cancelled at 2");
        assertThat(queue("undo")).isZero();
        assertThat(json("list", "--held")).isEmpty();
        assertThat(queue("cancel", "m1")).isZero();
        assertThat(json("list")).hasSize(2);
        assertThat(queue("cancel", "--all")).isEqualTo(1);
        assertThat(json("list")).hasSize(2);
    }

    @Test
    void cancelsWithANoticeWhenTheRelayRuns() throws Exception {
        threeMailsWait();
        assertThat(queue("cancel", "m3", "--notify")).isZero();
        try (RunningRelay relay = RunningRelay.open(home, TestHome.settings(home), TestHome.ENVIRONMENT)) {
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(relay.operations()
                                    .trace("m3", 1)
                                    .get(0)
                                    .recipients()
                                    .get(0)
                                    .state())
                            .isEqualTo("cancelled"));
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(relay.operations().trace("ann@small.example", 5))
                            .anySatisfy(trace -> assertThat(trace.sender()).isEmpty()));
            assertThat(relay.operations().audit().unaccounted()).isZero();
        }
    }

    @Test
    void saysWhyASiteIsSlow() throws Exception {
        DestinationBehaviour unusual = new DestinationBehaviour() {
            @Override
            public Answer onRecipient(EmailAddress recipient) {
                return Answer.say("421 4.7.28 Our system has detected an unusual rate of unsolicited mail");
            }
        };
        try (DestinationServer destination =
                DestinationServer.start(DestinationSettings.plain().withBehaviour(unusual), Clock.systemUTC())) {
            Path rules = home.conf().resolve("shaping.yaml");
            String hop = "host:127.0.0.1:" + destination.port();
            Files.writeString(
                    rules,
                    Files.readString(rules).replace("[gmail.com, googlemail.com]", "[gmail.com, '" + hop + "']"));
            try (RelayStorage storage = RelayStorage.openSqlite(home.data(), Clock.systemUTC())) {
                accept(
                        storage,
                        NextHop.parse(hop),
                        Instant.now(),
                        "m1",
                        "ann@a.example",
                        Optional.empty(),
                        "b@b.example");
            }
            assertThat(queue("show", "gmail")).isEqualTo(1);
            try (RunningRelay relay = RunningRelay.open(home, TestHome.settings(home), TestHome.ENVIRONMENT)) {
                await().atMost(LONG)
                        .untilAsserted(() -> assertThat(relay.operations().sites("google"))
                                .singleElement()
                                .satisfies(site -> {
                                    assertThat(site.why()).isNotEmpty();
                                    assertThat(site.waiting()).isEqualTo(1);
                                }));
                assertThat(queue("show", "gmail")).isZero();
                assertThat(out)
                        .containsPattern(
                                "google: rate 40 % because 421-4\\.7\\.28 x1 since \\d\\d:\\d\\d; next raise [-\\d: ]+")
                        .contains("1 wait for 1 next hops", "of 8 at a time");
                assertThat(json("show", "gmail.com").get(0).get("rate").asInt()).isEqualTo(40);
                assertThat(json("show", hop).get(0).get("name").asText()).isEqualTo("google");
                assertThat(json("sites")).hasSize(1);
                assertThat(queue("show", "nowhere.example")).isEqualTo(1);
            }
        }
    }
}
