// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.amrelay.delivery.suppression.Suppression;
import org.amrelay.delivery.suppression.SuppressionReason;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.HomeCreator;
import org.amrelay.storage.RelayStorage;
import org.amrelay.storage.account.Account;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code amr explain} answers; the zone and the cases are files, as those who judge with it have them. */
class ExplainCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ZONE = """
            ; a part of the world
            example.com.            IN TXT "v=spf1 ip4:192.0.2.0/28 ip6:2001:db8::/32 include:soft.example.com -all exp=why.example.com"
            why.example.com.        IN TXT "%{i} is not ours"
            soft.example.com.       IN TXT "v=spf1 ~all"
            neutral.example.        IN TXT "v=spf1 ?all"
            soft.example.           IN TXT "v=spf1 ~all"
            wrong.example.          IN TXT "v=spf1 ip4:300.1.2.3 -all"
            late.example.           IN TXT "v=spf1 include:gone.example -all"
            ; TIMEOUT gone.example.
            ; SERVFAIL broken.example.
            old.example.            IN SPF "v=spf1 -all"
            two.example.            IN TXT "v=spf1 "
                                    IN TXT "v=spf1 +all"
            long.example.           IN TXT "v=spf1 ip4:198.51.100.1" ( " ip4:203.0.113.77"
                                               " -all" )
            alias.example.          IN CNAME example.com.
            helo.example.           IN TXT "v=spf1 a -all"
            helo.example.           IN A 192.0.2.200
            *.wild.example.         IN TXT "v=spf1 ip4:192.0.2.1 -all"
            exists.example.         IN TXT "v=spf1 exists:%{l}.%{o}.by.example -all"
            _x.exists.example.by.example. IN A 127.0.0.2
            ptr.example.            IN TXT "v=spf1 exists:%{p}.by.example -all"
            1.2.0.192.in-addr.arpa. IN PTR Mail.Ptr.Example.
            mail.ptr.example.       IN A 192.0.2.1
            mail.ptr.example.by.example. IN A 127.0.0.2
            six.example.            IN TXT "v=spf1 a/0//64 -all"
            six.example.            IN AAAA 2001:db8:0:1::1
            _dmarc.example.com.     IN TXT "v=DMARC1; p=reject; sp=quarantine"
            _dmarc.soft.example.    IN TXT "v=DMARC1; p=quarantine"
            _dmarc.none.example.    IN TXT "v=DMARC1; p=none"
            ; SERVFAIL _dmarc.broken.example.
            """;

    @TempDir
    private Path directory;

    private final StringWriter err = new StringWriter();

    private String run(int exitCode, String... arguments) {
        StringWriter out = new StringWriter();
        CommandLine line = Amr.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        List<String> all = new ArrayList<>(List.of("explain"));
        all.addAll(Arrays.asList(arguments));
        int code = line.execute(all.toArray(String[]::new));
        assertThat(code).as("%s %s", out, err).isEqualTo(exitCode);
        return out.toString();
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text, StandardCharsets.ISO_8859_1)
                .toString();
    }

    private void writeWorld() throws IOException {
        write("zone", ZONE);
        for (String author :
                List.of("example.com", "a.example.com", "soft.example", "none.example", "broken.example")) {
            write(
                    author + ".eml",
                    "From: Joe <joe@" + author + ">\nTo: bob@relay.example\nSubject: Hi\n\n.Hello\u00e9\n");
        }
    }

    private List<JsonNode> answers(Stream<String> cases) throws IOException {
        String file = write("cases.jsonl", String.join("\n", cases.toList()) + "\n");
        List<JsonNode> answers = new ArrayList<>();
        for (String line : run(0, "--batch", file).split("\n", -1)) {
            if (!line.isBlank()) {
                answers.add(JSON.readTree(line));
            }
        }
        return answers;
    }

    private static String spfCase(String row) {
        String[] cells = row.split(" ", -1);
        return "{\"id\":\"" + row + "\",\"from\":\"" + cells[0] + "\",\"ip\":\"" + cells[1] + "\",\"helo\":\""
                + cells[2] + "\",\"dns\":\"zone\",\"rcpt\":[\"bob@relay.example\"]}";
    }

    @Test
    void answersEachCaseInItsLine() throws IOException {
        writeWorld();
        List<String> rows = List.of(
                "joe@example.com 192.0.2.1 h.example pass",
                "JOE@EXAMPLE.COM 192.0.2.15 h.example pass",
                "joe@example.com 2001:DB8::7 h.example pass",
                "joe@example.com ::ffff:192.0.2.1 h.example pass",
                "joe@example.com 198.51.100.9 h.example fail",
                "joe@alias.example 192.0.2.1 h.example pass",
                "joe@neutral.example 192.0.2.1 h.example neutral",
                "joe@soft.example 192.0.2.1 h.example softfail",
                "joe@wrong.example 192.0.2.1 h.example permerror",
                "joe@two.example 192.0.2.1 h.example permerror",
                "joe@late.example 192.0.2.1 h.example temperror",
                "joe@gone.example 192.0.2.1 h.example temperror",
                "joe@broken.example 192.0.2.1 h.example temperror",
                "joe@old.example 192.0.2.1 h.example none",
                "joe@nobody.example 192.0.2.1 h.example none",
                "joe@long.example 203.0.113.77 h.example pass",
                "joe@deep.wild.example 192.0.2.1 h.example pass",
                "_x@exists.example 192.0.2.1 h.example pass",
                "y@exists.example 192.0.2.1 h.example fail",
                "joe@ptr.example 192.0.2.1 h.example pass",
                "joe@ptr.example 192.0.2.2 h.example fail",
                "joe@six.example 2001:db8:0:1::ffff h.example pass",
                "joe@six.example 2001:db8:0:2::ffff h.example fail",
                "joe 192.0.2.1 h.example none",
                "joe@[192.0.2.1] 192.0.2.1 h.example none",
                "joe@a..b 192.0.2.1 h.example none",
                " 192.0.2.200 helo.example pass",
                "<> 192.0.2.201 helo.example fail",
                " 192.0.2.1 [192.0.2.1] none",
                " 192.0.2.1 LOCALHOST none");
        List<JsonNode> answers = answers(rows.stream().map(ExplainCommandTest::spfCase));
        assertThat(answers).hasSameSizeAs(rows);
        for (int i = 0; i < rows.size(); i++) {
            String row = rows.get(i);
            JsonNode answer = answers.get(i);
            assertThat(answer.path("id").asText()).isEqualTo(row);
            assertThat(answer.at("/authentication/spf/result").asText())
                    .as("%s: %s", row, answer)
                    .isEqualTo(row.substring(row.lastIndexOf(' ') + 1));
        }
        assertThat(answers.get(4).at("/authentication/spf/explanation").asText())
                .isEqualTo("198.51.100.9 is not ours");
        assertThat(answers.get(27).at("/authentication/spf/domain").asText()).isEqualTo("helo.example");
    }

    @Test
    void saysWhatBecomesOfTheMessage() throws IOException {
        writeWorld();
        List<JsonNode> answers = answers(Stream.of(
                        "example.com 192.0.2.1 pass reject relay",
                        "example.com 203.0.113.1 fail reject reject",
                        "a.example.com 203.0.113.1 fail quarantine quarantine",
                        "soft.example 203.0.113.1 fail quarantine quarantine",
                        "none.example 203.0.113.1 fail none relay",
                        "broken.example 203.0.113.1 temperror - relay")
                .map(row -> row.split(" ", -1))
                .map(row -> "{\"id\":\"" + String.join(" ", row) + "\",\"file\":\"" + row[0] + ".eml\",\"from\":\"joe@"
                        + row[0] + "\",\"rcpt\":\"bob@relay.example\",\"ip\":\"" + row[1]
                        + "\",\"helo\":\"h.example\",\"dns\":\"zone\"}"));
        assertThat(answers).hasSize(6).allSatisfy(answer -> {
            String[] row = answer.path("id").asText().split(" ", -1);
            assertThat(answer.at("/authentication/dmarc/result").asText()).isEqualTo(row[2]);
            assertThat(answer.at("/authentication/dmarc/policy").asText()).isEqualTo(row[3].replace("-", ""));
            assertThat(answer.at("/authentication/dmarc/domain").asText()).isEqualTo(row[0]);
            assertThat(answer.path("disposition").asText()).isEqualTo(row[4]);
            assertThat(answer.at("/recipients/0/disposition").asText()).isEqualTo(row[4]);
        });
        assertThat(answers.get(1).path("reply").asText()).startsWith("550 5.7.26 ");
        assertThat(answers.get(0).at("/recipients/0/route").asText()).isEqualTo("mx:relay.example");
        assertThat(answers.get(2).path("steps").findValuesAsText("mailet")).contains("DmarcEnforce", "Quarantine");
        assertThat(answers.get(0).path("steps").get(0).path("matched").isBoolean())
                .isTrue();
    }

    @Test
    void keepsSpamBeyondDoubtFromStrangersAndNotFromAccounts() throws IOException {
        writeWorld();
        String spam = """
                From: "PayPal support 4471923" <AUTHOR>
                Subject: URGENT!! YOUR ACCOUNT IS SUSPENDED
                X-Priority: 1
                Content-Type: text/html

                <form action="http://198.51.100.7/x"><input type="password" name="p"></form>
                <a href="http://0xC6336407/login">https://www.paypal.com/</a> verify your account, click here
                <a href="http://www.paypal.com@198.51.100.7/">paypal.com</a><script>x()</script>
                <meta http-equiv="refresh" content="0;url=http://198.51.100.7/">
                """;
        write("stranger.eml", spam.replace("AUTHOR", "a1234567@verify.top"));
        write("account.eml", spam.replace("AUTHOR", "joe@example.com"));
        String rest = "\"from\":\"joe@example.com\",\"rcpt\":\"bob@relay.example\",\"ip\":\"203.0.113.1\","
                + "\"helo\":\"h.example\",\"dns\":\"zone\"}";
        List<JsonNode> answers = answers(Stream.of(
                "{\"id\":\"quarantine\",\"file\":\"stranger.eml\"," + rest,
                "{\"id\":\"relay\",\"file\":\"account.eml\",\"auth\":\"joe@example.com\"," + rest));
        assertThat(answers).hasSize(2).allSatisfy(answer -> {
            String id = answer.path("id").asText();
            assertThat(answer.path("disposition").asText())
                    .as(answer.toString())
                    .isEqualTo(id);
            assertThat(answer.at("/recipients/0/disposition").asText()).isEqualTo(id);
        });
        assertThat(answers.get(0).at("/spam/score").asDouble()).isGreaterThan(12);
        assertThat(answers.get(1).at("/spam/score").asDouble()).isGreaterThan(12);
        assertThat(answers.get(0).path("steps").findValuesAsText("processor")).contains("spam");
        assertThat(answers.get(0).path("steps").findValuesAsText("mailet")).contains("Quarantine");
        assertThat(answers.get(0).at("/recipients/0/reason").asText())
                .isEqualTo("SpamScoreAbove=12: kept back as spam");
    }

    @Test
    void goesOnAfterBrokenCases() throws IOException {
        writeWorld();
        List<JsonNode> answers = answers(Stream.of(
                "not json",
                "[1]",
                "{\"id\":3,\"file\":\"missing.eml\"}",
                "{\"id\":4,\"ip\":\"999.1.1.1\"}",
                "{\"id\":5,\"at\":\"tomorrow\"}",
                "{\"id\":6,\"dns\":\"example.com.eml\"}",
                "{\"id\":7,\"rcpt\":{}}",
                "",
                "{\"id\":{\"eight\":8}}"));
        assertThat(answers).hasSize(8);
        assertThat(answers.subList(0, 7))
                .allSatisfy(answer -> assertThat(answer.path("error").asText()).isNotEmpty());
        assertThat(answers.get(3).path("error").asText()).isEqualTo("'999.1.1.1' is no IP address");
        assertThat(answers.get(7).at("/id/eight").asInt()).isEqualTo(8);
        assertThat(answers.get(7).path("disposition").asText()).isEqualTo("relay");
    }

    @Test
    void refusesAtThePortWhatThePortRefuses() throws IOException {
        writeWorld();
        List<JsonNode> answers = answers(Stream.of(
                "{\"id\":\"553\",\"file\":\"example.com.eml\",\"from\":\"eve@example.com\",\"auth\":\"joe@example.com\",\"rcpt\":\"a@b.example\"}",
                "{\"id\":\"250\",\"file\":\"example.com.eml\",\"from\":\"joe@example.com\",\"auth\":\"joe@example.com\",\"rcpt\":\"a@b.example\"}",
                "{\"id\":\"501\",\"file\":\"example.com.eml\",\"helo\":\"a b\",\"rcpt\":\"a@b.example\"}",
                "{\"id\":\"553\",\"file\":\"example.com.eml\",\"from\":\"joe@ex\u00e9mple.com\",\"rcpt\":\"a@b.example\"}",
                "{\"id\":\"250\",\"from\":\"joe@x.example\",\"rcpt\":[\"bad one@b.example\",\"a@b.example\"]}"));
        assertThat(answers)
                .hasSize(5)
                .allSatisfy(answer -> assertThat(answer.path("reply").asText())
                        .startsWith(answer.path("id").asText()));
        assertThat(answers.get(4).path("recipients").findValuesAsText("disposition"))
                .containsExactlyInAnyOrder("relay", "reject");
    }

    @Test
    void knowsTheDomainsAndAliasesOfAHomeAndWritesNothingThere() throws Exception {
        Home home = new Home(directory.resolve("home"));
        new HomeCreator(new SecureRandom(), Clock.systemUTC()).create(home, Map.of("AMR_HOSTNAME", "relay.example"));
        try (RelayStorage storage = RelayStorage.openSqlite(home.data(), Clock.systemUTC())) {
            storage.domains().add("ours.example");
            List<String> before = files(home);
            String mail = write("m.eml", "From: joe@x.example\n\nHello\n");
            String ours = run(
                    0,
                    mail,
                    "--json",
                    "--rcpt",
                    "bob@ours.example",
                    "--home",
                    home.directory().toString());
            String others = run(
                    0,
                    mail,
                    "--rcpt",
                    "bob@far.example",
                    "--home",
                    home.directory().toString());
            assertThat(JSON.readTree(ours).path("disposition").asText()).isEqualTo("relay");
            assertThat(others).startsWith("reject: 550 5.7.1 relaying denied");
            assertThat(files(home)).isEqualTo(before);
        }
        String afterwards =
                run(0, "--rcpt", "bob@ours.example", "--home", home.directory().toString());
        assertThat(afterwards).startsWith("relay: 250").contains("spf none");
        assertThat(run(
                        0,
                        "--auth",
                        "nobody@ours.example",
                        "--batch",
                        write("c", "{\"auth\":\"nobody@ours.example\"}\n"),
                        "--home",
                        home.directory().toString()))
                .contains("there is no account nobody@ours.example");
    }

    @Test
    void refusesWhatIsOnTheSuppressionListOfAHome() throws Exception {
        Home home = new Home(directory.resolve("home"));
        new HomeCreator(new SecureRandom(), Clock.systemUTC()).create(home, Map.of("AMR_HOSTNAME", "relay.example"));
        Instant now = Instant.parse("2026-01-31T12:00:00Z");
        try (RelayStorage storage = RelayStorage.openSqlite(home.data(), Clock.systemUTC())) {
            storage.domains().add("ours.example");
            storage.accounts().add(new Account("joe@ours.example", "", now));
            storage.suppressions()
                    .put(List.of(
                            suppressed(Optional.empty(), "gone@far.example", Optional.empty()),
                            suppressed(Optional.of("ann@ours.example"), "ann-only@far.example", Optional.empty()),
                            suppressed(Optional.empty(), "over@far.example", Optional.of(now))))
                    .toCompletableFuture()
                    .join();
        }
        String answer = run(
                0,
                "--json",
                "--auth",
                "joe@ours.example",
                "--from",
                "joe@ours.example",
                "--at",
                now.toString(),
                "--rcpt",
                "gone@far.example",
                "ann-only@far.example",
                "over@far.example",
                "--home",
                home.directory().toString());
        JsonNode recipients = JSON.readTree(answer).path("recipients");
        assertThat(recipients).hasSize(3);
        recipients.forEach(recipient -> {
            boolean gone = recipient.path("address").asText().equals("gone@far.example");
            assertThat(recipient.path("disposition").asText()).isEqualTo(gone ? "reject" : "relay");
            assertThat(recipient.path("reason").asText()).startsWith(gone ? "550 5.7.1 " : "");
        });
    }

    private static Suppression suppressed(Optional<String> account, String address, Optional<Instant> until) {
        return new Suppression(
                account, EmailAddress.of(address), SuppressionReason.MANUAL, "test", Instant.EPOCH, until);
    }

    @Test
    void saysHowTheWayIsProtected() throws IOException {
        write("zone", """
                ; AUTHENTIC signed.example.
                signed.example. MX 10 mx.signed.example.
                mx.signed.example. A 192.0.2.1
                _25._tcp.mx.signed.example. TLSA 3 1 1 8D02536C887482BC34FF54E41D2BA659BF85B341A0A20AFADB5813DCFBCF286D
                _mta-sts.sts.example. TXT "v=STSv1; id=1"
                """);
        JsonNode recipients = answers(Stream.of(
                        "{\"dns\":\"zone\",\"rcpt\":[\"a@signed.example\",\"a@sts.example\",\"a@b.example\"]}"))
                .get(0)
                .path("recipients");
        assertThat(recipients.findValuesAsText("route"))
                .containsExactly("mx:signed.example", "mx:sts.example", "mx:b.example");
        assertThat(recipients.findValuesAsText("tls"))
                .containsExactly("dane", "mta-sts (policy not fetched)", "opportunistic");
    }

    /** The fields that others read by name, with their types; more may come, none of these may go or change. */
    @Test
    void keepsTheShapeOfItsAnswer() throws IOException {
        writeWorld();
        write("signed.eml", """
                DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=sel; h=from; bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; b=AAAA
                From: Joe <joe@example.com>
                To: bob@relay.example

                Hello
                """);
        JsonNode answer = answers(
                        Stream.of(
                                "{\"id\":\"x\",\"file\":\"signed.eml\",\"from\":\"joe@example.com\",\"rcpt\":[\"bob@relay.example\"],\"ip\":\"192.0.2.1\",\"helo\":\"h.example\",\"dns\":\"zone\",\"at\":\"2026-01-31T12:00:00Z\"}"))
                .get(0);
        String shape = """
                /id STRING
                /disposition STRING
                /reply STRING
                /authentication/spf/result STRING
                /authentication/spf/domain STRING
                /authentication/dkim ARRAY
                /authentication/dkim/0/result STRING
                /authentication/dkim/0/domain STRING
                /authentication/dkim/0/selector STRING
                /authentication/dkim/0/reason STRING
                /authentication/dmarc/result STRING
                /authentication/dmarc/policy STRING
                /authentication/dmarc/domain STRING
                /authentication/arc/result STRING
                /recipients ARRAY
                /recipients/0/address STRING
                /recipients/0/disposition STRING
                /recipients/0/route STRING
                /recipients/0/tls STRING
                /steps ARRAY
                /steps/0/processor STRING
                /steps/0/matcher STRING
                /steps/0/matched BOOLEAN
                /steps/0/mailet STRING
                /steps/0/millis NUMBER
                /steps/0/changes STRING
                """;
        assertThat(shape.lines()).allSatisfy(line -> {
            String[] words = line.split(" ", -1);
            assertThat(answer.at(words[0]).getNodeType()).as(line).hasToString(words[1]);
        });
        JsonNode refused =
                answers(Stream.of("{\"rcpt\":\"bad one@b.example\"}")).get(0);
        assertThat(refused.at("/recipients/0/route").isTextual()).isTrue();
        assertThat(refused.at("/recipients/0/tls").isTextual()).isTrue();
        assertThat(refused.path("steps").isArray()).isTrue();
        assertThat(refused.at("/authentication/dkim").isArray()).isTrue();
    }

    @Test
    void answersAThousandOddCasesOneByOne() throws IOException {
        writeWorld();
        List<String> odd = List.of(
                "{\"id\":%d,\"file\":\"missing.eml\"}",
                "{\"id\":%d,\"file\":\".\"}",
                "{\"id\":%d,\"file\":\"\\u0000\"}",
                "{\"id\":%d,\"ip\":\"1.2.3\"}",
                "{\"id\":%d,\"ip\":\"::g\"}",
                "{\"id\":%d,\"dns\":\"nowhere.zone\"}",
                "{\"id\":%d,\"at\":\"+999999999-12-31T23:59:59Z\"}",
                "{\"id\":%d,\"at\":\"99999999999999999999\"}",
                "{\"id\":%d,\"from\":{}}",
                "{\"id\":%d,\"rcpt\":[null]}",
                "{\"id\":%d",
                "{\"id\":%d}{\"id\":2}",
                "[%d]",
                "\u00ff\u00fe%d",
                "null %d",
                "\"%d",
                "{\"id\":%d,\"a\":" + "[".repeat(3000) + "}",
                "{\"id\":%d,\"file\":\"\",\"from\":\"\",\"rcpt\":[],\"ip\":\"\",\"helo\":\"\",\"auth\":\"\",\"dns\":\"\",\"at\":\"\"}",
                "{\"id\":%d,\"from\":\"<\",\"rcpt\":\">\"}",
                "{\"id\":%d,\"file\":\"example.com.eml\",\"from\":\"joe@example.com\",\"rcpt\":\"bob@relay.example\",\"ip\":\"192.0.2.1\",\"dns\":\"zone\"}");
        List<JsonNode> answers =
                answers(IntStream.range(0, 1000).mapToObj(i -> String.format(odd.get(i % odd.size()), i)));
        assertThat(answers).hasSize(1000);
        for (int i = 0; i < answers.size(); i++) {
            JsonNode answer = answers.get(i);
            assertThat(answer.has("error") != answer.has("disposition"))
                    .as("%s", answer)
                    .isTrue();
            if (answer.path("id").isNumber()) {
                assertThat(answer.path("id").asInt()).isEqualTo(i);
            }
            if (i % odd.size() >= odd.size() - 3) {
                assertThat(answer.path("disposition").asText()).as("%s", answer).isIn("relay", "reject");
            }
        }
    }

    @Test
    void answersALineThatIsFarTooLong() throws IOException {
        List<JsonNode> answers =
                answers(Stream.of("{\"id\":1,\"from\":\"" + "a".repeat(1 << 21) + "\"}", "{\"id\":2}"));
        assertThat(answers.get(0).path("error").asText()).contains("at most 1048576 characters");
        assertThat(answers.get(1).path("id").asInt()).isEqualTo(2);
    }

    private static List<String> files(Home home) throws IOException {
        try (Stream<Path> all = Files.walk(home.directory())) {
            return all.map(Path::toString).sorted().toList();
        }
    }

    @Test
    void takesTheFileBeforeOrBehindTheRecipients() throws IOException {
        writeWorld();
        String mail = directory.resolve("example.com.eml").toString();
        assertThat(run(0, mail, "--rcpt", "a@b.example", "c@b.example")).contains("dmarc temperror example.com");
        assertThat(run(0, "--rcpt", "a@b.example", mail)).contains("dmarc temperror example.com");
    }

    private static final String PROGRAM = "From: joe@x.example\nMIME-Version: 1.0\n"
            + "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n4111111111111111\n--b\n"
            + "Content-Type: application/octet-stream; name=setup.exe\n\nMZ\n--b--\n";

    @Test
    void saysWhichContentRulesHitAndShowsNothingOfIt() throws Exception {
        JsonNode answer = JSON.readTree(run(0, write("m.eml", PROGRAM), "--json", "--rcpt", "bob@ours.example"));
        assertThat(answer.path("disposition").asText()).isEqualTo("reject");
        assertThat(answer.path("reply").asText()).startsWith("550 5.7.1 The message has a program attached");
        JsonNode hit = answer.path("content").path(0);
        assertThat(hit.path("rule").asText()).isEqualTo("programs");
        assertThat(hit.path("part").asText()).isEqualTo("1.2/setup.exe");
        assertThat(hit.path("evidence").asText()).isEqualTo("setup.exe (executable)");
        String plain = run(0, write("p.eml", "From: joe@x.example\n\nHello\n"), "--json", "--rcpt", "bob@ours.example");
        assertThat(JSON.readTree(plain).path("content").isArray()).isTrue();
        assertThat(JSON.readTree(plain).path("content")).isEmpty();
    }

    @Test
    void rulesInTestAreSeenAndMailThatIsHeldIsToldFromQuarantine() throws Exception {
        Home home = new Home(directory.resolve("home"));
        new HomeCreator(new SecureRandom(), Clock.systemUTC()).create(home, Map.of("AMR_HOSTNAME", "relay.example"));
        try (RelayStorage storage = RelayStorage.openSqlite(home.data(), Clock.systemUTC())) {
            storage.domains().add("ours.example");
        }
        Files.writeString(
                home.conf().resolve("content-rules.yaml"),
                "rules:\n"
                        + "  - {name: cards, mode: test, when: {text: {patterns: [\"4[0-9]{15}\"]}}}\n"
                        + "  - {name: files, when: {attachment: {name: [\"*.exe\"]}}, then: {hold: true}}\n");
        String answer = run(
                0,
                write("m.eml", PROGRAM),
                "--json",
                "--rcpt",
                "bob@ours.example",
                "--home",
                home.directory().toString());
        JsonNode read = JSON.readTree(answer);
        assertThat(read.path("disposition").asText()).isEqualTo("hold");
        assertThat(read.path("content").findValuesAsText("rule")).containsExactly("cards", "files");
        assertThat(read.path("content").findValuesAsText("mode")).containsExactly("test", "enforce");
        assertThat(answer).contains("content rules: ").doesNotContain("4111111111111111");
    }

    @Test
    void aMistakeInTheContentRulesIsAWrongConfiguration() throws Exception {
        Home home = new Home(directory.resolve("home"));
        new HomeCreator(new SecureRandom(), Clock.systemUTC()).create(home, Map.of("AMR_HOSTNAME", "relay.example"));
        RelayStorage.openSqlite(home.data(), Clock.systemUTC()).close();
        Files.writeString(home.conf().resolve("content-rules.yaml"), "rules:\n  - nme: x\n");
        run(2, "--rcpt", "bob@ours.example", "--home", home.directory().toString());
        assertThat(err.toString()).contains("content-rules.yaml line 2: 'nme' is unknown, did you mean 'name'?");
    }

    @Test
    void saysWhatIsWrongWithItsArguments() {
        run(2, "--batch", directory.resolve("missing").toString());
        assertThat(err.toString()).contains("there is no file");
        run(2, "--home", directory.resolve("nowhere").toString());
        assertThat(err.toString()).contains("there is no relay at");
        run(2, directory.resolve("missing.eml").toString());
        run(2, "--ip", "host.example");
        assertThat(err.toString()).contains("'host.example' is no IP address");
    }
}
