// SPDX-License-Identifier: Apache-2.0
package org.amrelay.relay;

import static org.amrelay.relay.RelayAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.mail.Authenticator;
import javax.mail.Message;
import javax.mail.PasswordAuthentication;
import javax.mail.Session;
import javax.mail.Transport;
import javax.mail.internet.InternetAddress;
import javax.mail.internet.MimeMessage;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.server.destination.DestinationServer;
import org.amrelay.server.destination.DestinationSettings;
import org.amrelay.server.destination.ReceivedMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
class RealClientsTest {
    private static final String NODEMAILER = "10.6.0";
    private static final String ALICE = "alice@here.example";
    private static final String PASSWORD = "correct horse battery";
    private static final String BODY = "first line\n.a line with a dot\n\nlast line, w\u00f6rd\n";

    private DestinationServer destination;
    private RelayUnderTest relay;

    private Path directory;

    @BeforeAll
    void aRelayBetweenClientAndDestination(@TempDir Path empty) throws IOException {
        directory = empty;
        destination = DestinationServer.start(DestinationSettings.plain(), Clock.systemUTC());
        relay = RelayUnderTest.in(directory.resolve("home"))
                .domain("here.example")
                .account(ALICE, PASSWORD)
                .route("there.example", destination.port())
                .start();
    }

    @AfterAll
    void everyRecipientIsAccountedFor() {
        try (RelayUnderTest last = relay;
                DestinationServer closed = destination) {
            assertThat(last).accountsForEveryRecipient();
            assertThat(closed.received().count()).isPositive();
        }
    }

    @Test
    void swaksSubmitsWithStartTls() throws Exception {
        swaks("swaks@there.example", "--server", "127.0.0.1", "--port", port(relay.submissionPort()), "--tls");
    }

    @Test
    void swaksSubmitsWithTlsFromTheStart() throws Exception {
        swaks(
                "swaks-tls@there.example",
                "--server",
                "127.0.0.1",
                "--port",
                port(relay.submissionsPort()),
                "--tls-on-connect");
    }

    private void swaks(String to, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(Programs.need("swaks"), "--from", ALICE, "--to", to));
        command.addAll(List.of(options));
        command.addAll(List.of("--auth-user", ALICE, "--auth-password", PASSWORD));
        command.addAll(List.of("--header", "Subject: from swaks", "--body", BODY));
        Programs.run(directory, Map.of(), command);
        assertThat(text(arrived(to))).isEqualToNormalizingNewlines(BODY + "\n\n");
    }

    @Test
    void msmtpSubmitsAndChecksTheCertificate() throws Exception {
        Path configuration = Files.writeString(
                directory.resolve("msmtprc"),
                String.join(
                        "\n",
                        "account default",
                        "host localhost",
                        "port " + relay.submissionPort(),
                        "from " + ALICE,
                        "auth on",
                        "user " + ALICE,
                        "password \"" + PASSWORD + "\"",
                        "tls on",
                        "tls_starttls on",
                        "tls_trust_file " + relay.certificate(),
                        ""));
        Files.setPosixFilePermissions(configuration, PosixFilePermissions.fromString("rw-------"));
        Programs.run(
                directory,
                Map.of(),
                List.of(Programs.need("msmtp"), "--file=" + configuration, "msmtp@there.example"),
                "From: " + ALICE + "\nTo: msmtp@there.example\nSubject: from msmtp\n\n" + BODY);
        ReceivedMessage message = arrived("msmtp@there.example");
        assertThat(message.header("Subject")).contains("from msmtp");
        assertThat(text(message)).isEqualToNormalizingNewlines(BODY);
    }

    @Test
    void msmtpProvesItsPasswordWithScram() throws Exception {
        Path configuration = Files.writeString(
                directory.resolve("msmtprc-scram"),
                String.join(
                        "\n",
                        "account default",
                        "host localhost",
                        "port " + relay.submissionsPort(),
                        "from " + ALICE,
                        "auth scram-sha-256",
                        "user " + ALICE,
                        "password \"" + PASSWORD + "\"",
                        "tls on",
                        "tls_starttls off",
                        "tls_trust_file " + relay.certificate(),
                        ""));
        Files.setPosixFilePermissions(configuration, PosixFilePermissions.fromString("rw-------"));
        Programs.run(
                directory,
                Map.of(),
                List.of(Programs.need("msmtp"), "--file=" + configuration, "msmtp-scram@there.example"),
                "From: " + ALICE + "\nTo: msmtp-scram@there.example\nSubject: with SCRAM\n\n" + BODY);
        assertThat(text(arrived("msmtp-scram@there.example"))).isEqualToNormalizingNewlines(BODY);
    }

    @Test
    void pythonsSmtplibSubmits() throws Exception {
        script("python3", "submit.py", List.of(), "python@there.example");
    }

    @Test
    void nodemailerSubmits() throws Exception {
        Path modules = Files.createDirectories(Path.of("target", "nodemailer").toAbsolutePath());
        String npm = Programs.need("npm");
        if (!Files.exists(modules.resolve("node_modules/nodemailer/package.json"))) {
            Programs.run(
                    modules,
                    Map.of(),
                    List.of(npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", "nodemailer@" + NODEMAILER));
        }
        script(
                "node",
                "submit.cjs",
                List.of(modules.resolve("node_modules/nodemailer").toString()),
                "nodemailer@there.example");
    }

    private void script(String interpreter, String name, List<String> first, String to) throws Exception {
        Path script = Path.of(getClass().getResource("/clients/" + name).toURI());
        List<String> command = new ArrayList<>(List.of(Programs.need(interpreter), script.toString()));
        command.addAll(first);
        command.addAll(List.of(port(relay.submissionPort()), relay.certificate().toString(), ALICE, PASSWORD, to));
        Programs.run(directory, Map.of("NODE_NO_WARNINGS", "1"), command, BODY);
        ReceivedMessage message = arrived(to);
        assertThat(message.header("Subject")).contains("from " + interpreter);
        assertThat(text(message)).isEqualToNormalizingNewlines(BODY);
    }

    @Test
    void javaMailSubmits() throws Exception {
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "mail.smtp.host", "localhost",
                "mail.smtp.port", port(relay.submissionPort()),
                "mail.smtp.auth", "true",
                "mail.smtp.starttls.required", "true",
                "mail.smtp.ssl.trust", "localhost",
                "mail.smtp.timeout", "20000",
                "mail.smtp.connectiontimeout", "20000"));
        Session session = Session.getInstance(properties, new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(ALICE, PASSWORD);
            }
        });
        MimeMessage message = new MimeMessage(session);
        message.setFrom(ALICE);
        message.setRecipient(Message.RecipientType.TO, new InternetAddress("javamail@there.example"));
        message.setSubject("from JavaMail");
        message.setText(BODY, StandardCharsets.UTF_8.name());
        message.setHeader("Content-Transfer-Encoding", "8bit");
        Transport.send(message);
        ReceivedMessage arrived = arrived("javamail@there.example");
        assertThat(arrived.header("Subject")).contains("from JavaMail");
        assertThat(text(arrived)).isEqualToNormalizingNewlines(BODY);
    }

    private ReceivedMessage arrived(String to) {
        EmailAddress recipient = EmailAddress.of(to);
        await("the message for " + to)
                .atMost(Duration.ofSeconds(30))
                .until(() -> !destination.received().messagesFor(recipient).isEmpty());
        List<ReceivedMessage> messages = destination.received().messagesFor(recipient);
        assertThat(messages).hasSize(1);
        assertThat(messages.get(0).sender()).hasToString(ALICE);
        return messages.get(0);
    }

    private static String text(ReceivedMessage message) {
        byte[] octets = message.body().getBytes(StandardCharsets.ISO_8859_1);
        boolean base64 = message.header("Content-Transfer-Encoding").orElse("").equalsIgnoreCase("base64");
        return new String(base64 ? Base64.getMimeDecoder().decode(octets) : octets, StandardCharsets.UTF_8);
    }

    private static String port(int number) {
        return Integer.toString(number);
    }
}
