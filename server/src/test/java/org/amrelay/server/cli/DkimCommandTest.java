// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.amrelay.authentication.dkim.DkimEvaluator;
import org.amrelay.authentication.dkim.DkimResult;
import org.amrelay.mail.dns.ZoneFileDns;
import org.amrelay.mail.message.HeaderSection;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.server.assembly.RunningRelay;
import org.amrelay.server.destination.DestinationServer;
import org.amrelay.server.destination.DestinationSettings;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.RelaySettings;
import org.amrelay.server.home.StartRefused;
import org.amrelay.server.home.TestHome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DkimCommandTest {
    @TempDir
    private Path directory;

    private Home home;
    private String out = "";
    private String err = "";

    @BeforeEach
    void aHomeExists() {
        home = TestHome.in(directory.resolve("home"));
    }

    private int dkim(String... arguments) {
        StringWriter said = new StringWriter();
        StringWriter complained = new StringWriter();
        CommandLine line =
                Amr.commandLine().setOut(new PrintWriter(said, true)).setErr(new PrintWriter(complained, true));
        int code = line.execute(Stream.of(
                        Stream.of("dkim"),
                        Stream.of(arguments),
                        Stream.of("--home", home.directory().toString()))
                .flatMap(part -> part)
                .toArray(String[]::new));
        out = said.toString();
        err = complained.toString();
        return code;
    }

    private static List<DkimResult> verify(String text, String zone) throws Exception {
        MessageContent content = MessageContent.of(text.getBytes(ISO_8859_1));
        return new DkimEvaluator(ZoneFileDns.parse(zone), InstantSource.system())
                .evaluate(HeaderSection.read(content), content)
                .toCompletableFuture()
                .join();
    }

    private Path published() throws Exception {
        dkim("dns", "relay.example");
        return Files.writeString(directory.resolve("zone"), out);
    }

    @Test
    void looksAfterKeysWhileNoRelayRuns() throws Exception {
        assertThat(dkim("list")).isZero();
        assertThat(out).contains("no keys yet: amr dkim generate example.org");
        assertThat(dkim("dns", "relay.example")).isEqualTo(1);

        assertThat(dkim("generate", "relay.example", "--ed25519", "--selector", "s1"))
                .isZero();
        assertThat(out).startsWith("s1._domainkey.relay.example  ed25519  active since");
        assertThat(dkim("generate", "relay.example", "--selector", "s1", "--ed25519"))
                .isEqualTo(2);
        assertThat(err).contains("there is a key s1 already");
        assertThat(dkim("generate", "relay.example", "--rsa", "--ed25519")).isEqualTo(2);

        assertThat(dkim("dns", "relay.example", "--dns", published().toString()))
                .isZero();
        assertThat(out).contains("; published (active): s1._domainkey.relay.example");
        Path empty = Files.writeString(directory.resolve("empty"), "other.example. A 192.0.2.1\n");
        assertThat(dkim("dns", "relay.example", "--dns", empty.toString())).isEqualTo(1);
        assertThat(out).contains("missing").contains("publish the record above");

        assertThat(dkim("rotate", "relay.example")).isZero();
        assertThat(out).contains("next since");
        assertThat(dkim("rotate", "other.example")).isEqualTo(2);
        assertThat(dkim("list", "--json")).isZero();
        assertThat(out).contains("\"state\" : \"next\"").doesNotContain("sealed");
        assertThat(dkim("remove", "relay.example", "s1")).isZero();
        assertThat(dkim("remove", "relay.example", "s1")).isEqualTo(1);
    }

    @Test
    void aSubmittedMessageArrivesSignedWithBothAlgorithms() throws Exception {
        try (DestinationServer destination = DestinationServer.start(DestinationSettings.plain(), Clock.systemUTC())) {
            RelaySettings settings =
                    TestHome.settings(home).withRoute("there.example", "127.0.0.1:" + destination.port());
            try (RunningRelay relay = RunningRelay.open(home, settings, TestHome.ENVIRONMENT)) {
                relay.operations().addDomain("relay.example");
                relay.operations().addAccount("alice@relay.example", "a good password");
                await().atMost(60, SECONDS)
                        .until(() ->
                                relay.operations().dkim().list("relay.example").size() == 2);

                new DemoClient(home, relay.ports().submission(), new PrintWriter(new StringWriter()))
                        .send("alice@relay.example", "a good password", "bob@there.example");

                await().atMost(60, SECONDS).until(() -> destination.received().count() == 1);
                String zone = Files.readString(published());
                assertThat(zone).contains("missing");
                String text = destination.received().messages().get(0).text();
                assertThat(verify(text, zone))
                        .extracting(DkimResult::status, DkimResult::algorithm)
                        .containsExactlyInAnyOrder(
                                tuple(DkimResult.Status.PASS, "rsa-sha256"),
                                tuple(DkimResult.Status.PASS, "ed25519-sha256"));
            }
        }
    }

    @Test
    void aForgedAuthorFromOutsideIsNotSigned() throws Exception {
        try (DestinationServer destination = DestinationServer.start(DestinationSettings.plain(), Clock.systemUTC())) {
            assertThat(dkim("generate", "relay.example", "--ed25519")).isZero();
            RelaySettings settings =
                    TestHome.settings(home).withRoute("relay.example", "127.0.0.1:" + destination.port());
            try (RunningRelay relay = RunningRelay.open(home, settings, TestHome.ENVIRONMENT)) {
                relay.operations().addDomain("relay.example");

                sendFromOutside(relay.ports().receive());

                await().atMost(60, SECONDS).until(() -> destination.received().count() == 1);
                assertThat(destination.received().messages().get(0).text()).doesNotContain("DKIM-Signature");
            }
        }
    }

    private static void sendFromOutside(int port) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
            assertThat(in.readLine()).startsWith("220");
            for (String command : List.of(
                    "HELO outside.example",
                    "MAIL FROM:<alice@relay.example>",
                    "RCPT TO:<bob@relay.example>",
                    "DATA",
                    "From: alice@relay.example\r\n\r\nHello\r\n.")) {
                socket.getOutputStream().write((command + "\r\n").getBytes(ISO_8859_1));
                assertThat(in.readLine()).as(command).matches("[23].*");
            }
        }
    }

    @Test
    void theSecretKeyIsForTheOwnerOnlyAndNeededToOpenTheKeys() throws Exception {
        assertThat(dkim("generate", "relay.example", "--ed25519")).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.secretKey())))
                .isEqualTo("rw-------");
        Map<String, String> other = new HashMap<>(TestHome.ENVIRONMENT);
        other.put("AMR_SECRET_KEY", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");

        assertThatThrownBy(() -> RunningRelay.open(home, TestHome.settings(home), other))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("does not open the DKIM keys")
                .hasMessageContaining("amr dkim remove");

        other.put("AMR_SECRET_KEY", "short");
        assertThatThrownBy(() -> RunningRelay.open(home, TestHome.settings(home), other))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("AMR_SECRET_KEY");

        Files.delete(home.secretKey());
        assertThat(dkim("list")).isEqualTo(2);
        assertThat(err).contains("the key for stored secrets cannot be read from");
    }
}
