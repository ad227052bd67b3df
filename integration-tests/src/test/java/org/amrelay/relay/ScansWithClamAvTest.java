// SPDX-License-Identifier: Apache-2.0
package org.amrelay.relay;

import static org.amrelay.relay.PrivateClamd.EICAR;
import static org.amrelay.relay.RelayAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.amrelay.delivery.client.ScriptedDestination;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The shipped configuration with Debian's ClamAV behind it. */
class ScansWithClamAvTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static PrivateClamd clamd;
    private static ScriptedDestination destination;
    private static RelayUnderTest relay;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        clamd = PrivateClamd.start(directory);
        destination = ScriptedDestination.start();
        relay = RelayUnderTest.in(directory.resolve("home"))
                .domain("ours.example")
                .route("ours.example", destination.port())
                .with("AMR_CLAMAV", clamd.address())
                .start();
    }

    @AfterAll
    static void stop() {
        relay.close();
        destination.close();
        clamd.close();
    }

    private static String send(String message) throws IOException {
        try (SmtpDialogue smtp = SmtpDialogue.open(relay.receivePort())) {
            smtp.say("MAIL FROM:<eve@far.example>");
            smtp.say("RCPT TO:<ann@ours.example>");
            smtp.say("DATA");
            return smtp.say(message + "\r\n.");
        }
    }

    private static String header(String type) {
        return "From: eve@far.example\r\nTo: ann@ours.example\r\nSubject: look\r\nMIME-Version: 1.0\r\nContent-Type: "
                + type + "\r\n";
    }

    private static String part(String header, String body) {
        return header("multipart/mixed; boundary=b") + "\r\n--b\r\nContent-Type: text/plain\r\n\r\nsee below\r\n--b\r\n"
                + header + "\r\n\r\n" + body + "\r\n--b--\r\n";
    }

    private static String base64(byte[] bytes) {
        return Base64.getMimeEncoder().encodeToString(bytes);
    }

    private static byte[] eicar() {
        return EICAR.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] zip(String name, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
            zip.closeEntry();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toByteArray();
    }

    static Stream<Arguments> hidingPlaces() {
        String octets = "Content-Type: application/octet-stream";
        String encoded = "\r\nContent-Transfer-Encoding: base64";
        Map<String, String> messages = new LinkedHashMap<>();
        messages.put("in the text", header("text/plain") + "\r\n" + EICAR);
        messages.put("in base64", part(octets + "; name=a.com" + encoded, base64(eicar())));
        messages.put("in a zip", part(octets + "; name=a.zip" + encoded, base64(zip("a.com", eicar()))));
        messages.put(
                "in a zip in a zip",
                part(octets + "; name=a.zip" + encoded, base64(zip("b.zip", zip("a.com", eicar())))));
        messages.put(
                "in a message in the message",
                part("Content-Type: message/rfc822", part(octets + encoded, base64(eicar()))));
        messages.put(
                "under a name of RFC 2231",
                part(
                        octets + encoded + "\r\nContent-Disposition: attachment;\r\n filename*0*=UTF-8''%61;\r\n"
                                + " filename*1=.com",
                        base64(eicar())));
        messages.put(
                "in a part without an end",
                header("multipart/mixed; boundary=b") + "\r\n--b\r\n" + octets + encoded + "\r\n\r\n"
                        + base64(eicar()));
        messages.put(
                "in base64 with junk between the lines",
                part(octets + encoded, base64(eicar()).replace("\r\n", " \r\n\r\n")));
        return messages.entrySet().stream().map(each -> Arguments.of(each.getKey(), each.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hidingPlaces")
    void refusesTheTestVirusInSession(String place, String message) throws Exception {
        assertThat(send(message)).startsWith("554 5.7.0 ").contains("Eicar-Test-Signature");
    }

    @Test
    void holdsMailWhileClamdStandsAndDeliversAllOfItAfterwards() throws Exception {
        assertThat(send(header("text/plain") + "\r\nbefore")).startsWith("250 2.6.0");
        await().atMost(PATIENCE).until(() -> destination.messages().size() == 1);
        clamd.freeze();
        try {
            assertThat(sendAtOnce(120)).allMatch(reply -> reply.startsWith("250 2.6.0"));
            assertThat(send(header("text/plain") + "\r\nvirus " + EICAR)).startsWith("250 2.6.0");
            await().atMost(PATIENCE)
                    .until(() -> relay.amr("trace", "--json", "eve@far.example")
                            .out()
                            .contains("waits for ClamAV"));
            assertThat(destination.messages()).hasSize(1);
        } finally {
            clamd.thaw();
        }
        await().atMost(PATIENCE).until(() -> destination.messages().size() == 121);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(relay).accountsForEveryRecipient());
        assertThat(destination.messages()).noneMatch(message -> message.text().contains("virus X5O"));
    }

    private static List<String> sendAtOnce(int messages) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(10);
        try {
            List<Callable<String>> work = new ArrayList<>();
            for (int i = 0; i < messages; i++) {
                String message = header("text/plain") + "\r\nmessage " + i;
                work.add(() -> send(message));
            }
            List<String> replies = new ArrayList<>();
            for (Future<String> reply : clients.invokeAll(work)) {
                replies.add(reply.get());
            }
            return replies;
        } finally {
            clients.shutdownNow();
        }
    }
}
