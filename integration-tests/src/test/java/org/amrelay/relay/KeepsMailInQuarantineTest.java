// SPDX-License-Identifier: Apache-2.0
package org.amrelay.relay;

import static org.amrelay.relay.RelayAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.server.destination.DestinationServer;
import org.amrelay.server.destination.DestinationSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the line that takes mail out, by operators and by links, to the destination; also over a crash. */
class KeepsMailInQuarantineTest {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK =
            Pattern.compile("https://quarantine\\.example/(quarantine/([a-z]+)/[A-Za-z0-9_-]+)");
    private static final String RULE = """
            <mailet match="SubjectStartsWith=odd" class="ToProcessor"><processor>quarantine</processor></mailet>
            <mailet match="org.amrelay.matchers.RecipientIsReturnPath=""";

    private static final String SPAM = """
            From: "PayPal support 4471923" <a1234567@verify.top>
            Subject: URGENT!! YOUR ACCOUNT IS SUSPENDED
            X-Priority: 1
            Content-Type: text/html

            <form action="http://198.51.100.7/x"><input type="password" name="p"></form>
            <a href="http://0xC6336407/login">https://www.paypal.com/</a> verify your account, click here
            <a href="http://www.paypal.com@198.51.100.7/">paypal.com</a><script>x()</script>
            <meta http-equiv="refresh" content="0;url=http://198.51.100.7/">
            """;

    @TempDir
    private static Path directory;

    private static DestinationServer destination;
    private static RelayUnderTest relay;

    @BeforeAll
    static void aRelayThatKeepsOddMailBack() throws Exception {
        destination = DestinationServer.start(DestinationSettings.plain(), Clock.systemUTC());
        String shipped = Files.readString(ReadmeCommandsTest.ROOT.resolve("conf/mailetcontainer.xml"));
        relay = RelayUnderTest.in(directory.resolve("home"))
                .domain("example.org")
                .route("example.org", destination.port())
                .file(
                        "conf/mailetcontainer.xml",
                        shipped.replace(
                                "<mailet match=\"org.amrelay.matchers.RecipientIsReturnPath=", RULE.stripTrailing()))
                .with("AMR_QUARANTINE_PUBLIC_URL", "https://quarantine.example")
                .start();
    }

    @AfterAll
    static void all() {
        relay.close();
        destination.close();
    }

    private static void send(String subject, String... recipients) throws IOException {
        try (SmtpDialogue smtp = SmtpDialogue.open(relay.receivePort())) {
            assertThat(smtp.say("MAIL FROM:<eve@far.example>")).startsWith("250");
            for (String recipient : recipients) {
                assertThat(smtp.say("RCPT TO:<" + recipient + ">")).startsWith("250");
            }
            assertThat(smtp.data("From: \"<script>alert(1)</script>\" <eve@far.example>\r\nSubject: " + subject
                            + "\r\nContent-Type: text/html\r\n\r\n<p onclick=x()>Click <a href='https://evil.example/x'>bank"
                            + "</a><img src='https://evil.example/pixel'><script>steal()</script></p>\r\n"))
                    .startsWith("250");
        }
    }

    private static JsonNode kept(String subject) {
        return json("quarantine", "search", "--json", "--decided", "--subject", subject);
    }

    private static JsonNode json(String... words) {
        try {
            return new ObjectMapper().readTree(relay.amr(words).succeeds().out());
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private static long keptNumber(String subject) {
        await().atMost(SOON).until(() -> kept(subject).size() == 1);
        return kept(subject).get(0).path("id").asLong();
    }

    private static int delivered(String recipient) {
        return destination.received().messagesFor(EmailAddress.of(recipient)).size();
    }

    private static void isDeliveredOnceTo(String recipient) {
        await().atMost(SOON).until(() -> delivered(recipient) == 1);
    }

    private record Page(int code, String body) {}

    private static Page ask(String method, String path, String host) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + relay.listening().admin() + "/" + path)
                        .toURL()
                        .openConnection(Proxy.NO_PROXY);
        connection.setRequestMethod(method);
        connection.setRequestProperty("X-Forwarded-Host", host);
        connection.setReadTimeout(60_000);
        int code = connection.getResponseCode();
        try (var in = code < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return new Page(code, in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** The links of the newest digest to somebody, by their action; of the first mail in it. */
    private static String link(String recipient, String action) {
        String mail = destination.received().messagesFor(EmailAddress.of(recipient)).stream()
                .map(each -> each.text())
                .filter(text -> text.contains("Auto-Submitted: auto-generated"))
                .reduce((before, after) -> after)
                .orElseThrow();
        String start = "base64\r\n\r\n";
        int from = mail.indexOf(start) + start.length();
        String text = new String(
                Base64.getMimeDecoder()
                        .decode(mail.substring(from, mail.indexOf("--=_amr", from))
                                .strip()),
                StandardCharsets.UTF_8);
        Matcher links = LINK.matcher(text);
        while (links.find()) {
            if (links.group(2).equals(action)) {
                return links.group(1);
            }
        }
        throw new AssertionError("no link to " + action + " in " + text);
    }

    private static String digestLink(String recipient, String action) {
        int before = delivered(recipient);
        relay.amr("quarantine", "digest", recipient).succeeds();
        await().atMost(SOON).until(() -> delivered(recipient) == before + 1);
        return link(recipient, action);
    }

    @Test
    void aRecipientReleasesByALinkAndTheOthersAreKept() throws Exception {
        send("odd link", "amy@example.org", "bea@example.org", "cat@example.org");
        keptNumber("odd link");
        String link = digestLink("amy@example.org", "release");

        Page question = ask("GET", link, "quarantine.example");
        assertThat(question.code()).isEqualTo(200);
        assertThat(question.body())
                .contains("Deliver this message?", "<form method=\"post\">", "&lt;script&gt;")
                .doesNotContain("<script");
        assertThat(kept("odd link").get(0).at("/recipients/0/state").asText()).isEqualTo("kept");
        assertThat(ask("POST", link, "quarantine.example").body()).contains("on its way");
        await().atMost(SOON).until(() -> delivered("amy@example.org") == 2);
        assertThat(ask("POST", link, "quarantine.example").body()).contains("decided before: delivered");

        assertThat(delivered("amy@example.org")).isEqualTo(2);
        assertThat(delivered("bea@example.org")).isZero();
        assertThat(kept("odd link").get(0).at("/recipients/1/state").asText()).isEqualTo("kept");
        assertThat(relay.amr("trace", "amy@example.org").succeeds().out())
                .contains("released", "amy@example.org is delivered");
        assertThat(relay).accountsForEveryRecipient();
    }

    @Test
    void aRecipientDeletesByALinkAndForgedLinksDoNothing() throws Exception {
        send("odd forged", "dan@example.org");
        keptNumber("odd forged");
        String link = digestLink("dan@example.org", "delete");

        String forged = link.substring(0, link.length() - 4) + (link.endsWith("AAAA") ? "BBBB" : "AAAA");
        assertThat(ask("POST", forged, "quarantine.example").code()).isEqualTo(404);
        assertThat(ask("POST", link.replace("delete", "release"), "x").code()).isEqualTo(404);
        assertThat(ask("POST", link.replace("delete", "allow"), "x").code()).isEqualTo(404);
        assertThat(ask("GET", "quarantine/release/", "x").code()).isEqualTo(404);
        assertThat(ask("POST", link, "quarantine.example").body()).contains("is deleted");

        JsonNode mail = kept("odd forged").get(0);
        assertThat(mail.at("/recipients/0/state").asText()).isEqualTo("deleted");
        assertThat(mail.at("/recipients/0/by").asText()).isEqualTo("dan@example.org by a link in a digest");
        assertThat(relay.amr("trace", "dan@example.org").out()).contains("is discarded");
    }

    @Test
    void spamBeyondDoubtIsKeptAsSpamAndItsReleaseTeaches() throws Exception {
        try (SmtpDialogue smtp = SmtpDialogue.open(relay.receivePort())) {
            assertThat(smtp.say("MAIL FROM:<eve@far.example>")).startsWith("250");
            assertThat(smtp.say("RCPT TO:<sue@example.org>")).startsWith("250");
            assertThat(smtp.data(SPAM.replace("\n", "\r\n"))).startsWith("250");
        }
        long number = keptNumber("SUSPENDED");
        JsonNode mail = kept("SUSPENDED").get(0);
        assertThat(mail.path("kind").asText()).isEqualTo("spam");
        assertThat(mail.path("score").asDouble()).isGreaterThan(12);
        assertThat(relay.amr("trace", "sue@example.org").succeeds().out()).contains("quarantined");

        relay.amr("quarantine", "release", Long.toString(number), "--as", "ham").succeeds();

        isDeliveredOnceTo("sue@example.org");
        assertThat(kept("SUSPENDED").get(0).path("reported").asText()).isEqualTo("ham");
        try (Stream<Path> samples = Files.list(directory.resolve("home/data/samples/ham"))) {
            assertThat(samples)
                    .singleElement()
                    .satisfies(sample -> assertThat(Files.readString(sample)).contains("SUSPENDED"));
        }
        assertThat(relay).accountsForEveryRecipient();
    }

    @Test
    void aReleaseSurvivesAKill() throws Exception {
        send("odd kill", "kim@example.org", "liv@example.org");
        long number = keptNumber("odd kill");

        relay.amr("quarantine", "release", Long.toString(number)).succeeds();
        relay.kill();
        relay.restart();

        isDeliveredOnceTo("kim@example.org");
        isDeliveredOnceTo("liv@example.org");
        assertThat(relay).accountsForEveryRecipient();
    }

    @Test
    void theCommandsOfTheGuideWork() throws Exception {
        send("odd invoice", "ann@example.org", "ben@example.org");
        long number = keptNumber("odd invoice");
        send("odd other", "ben@example.org");
        keptNumber("odd other");
        List<String> told = new ArrayList<>();
        for (String command : commands()) {
            String line = command.replace("NUMBER", Long.toString(number))
                    .replace("message.eml", directory.resolve("message.eml").toString());
            if (line.contains("digest")) {
                send("odd digest", "ann@example.org");
                keptNumber("odd digest");
            }
            String[] words = line.substring("amr ".length()).split(" ");
            RelayUnderTest.Answer answer = relay.amr(words);
            boolean onlyAsks = line.contains("delete") && !line.contains("--yes");
            assertThat(answer.exitCode())
                    .as(line + ": " + answer.out() + answer.err())
                    .isEqualTo(onlyAsks ? 1 : 0);
            told.add(answer.out());
        }
        String all = String.join("\n", told);
        assertThat(all)
                .contains("odd invoice", "link: https://evil.example/x", "bank", "1 digests sent", "add --yes")
                .doesNotContain("steal()");
        assertThat(Files.readString(directory.resolve("message.eml"))).contains("steal()");
        isDeliveredOnceTo("ben@example.org");
        assertThat(delivered("ann@example.org")).isPositive();
        assertThat(relay).accountsForEveryRecipient();
    }

    private static List<String> commands() throws IOException {
        List<String> commands = new ArrayList<>();
        BLOCK.matcher(Files.readString(ReadmeCommandsTest.ROOT.resolve("docs/guide/quarantine.md")))
                .results()
                .forEach(block ->
                        block.group(1).lines().filter(line -> !line.isBlank()).forEach(commands::add));
        assertThat(commands).hasSizeGreaterThan(8);
        return commands;
    }
}
