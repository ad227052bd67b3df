// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.destination;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.handler.ssl.util.SelfSignedCertificate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Clock;
import java.time.Duration;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.amrelay.mail.address.EmailAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationServerTest {
    private static final EmailAddress BOB = EmailAddress.of("bob@there.example");

    private DestinationServer server;
    private Socket socket;
    private BufferedReader in;
    private OutputStream out;

    @BeforeEach
    void aClientIsConnected() throws IOException {
        server = DestinationServer.start(DestinationSettings.plain(), Clock.systemUTC());
        socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(5000);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        out = socket.getOutputStream();
        expect("220");
    }

    @AfterEach
    void allIsClosed() throws IOException {
        socket.close();
        server.close();
    }

    @Test
    void announcesItsExtensions() throws IOException {
        write("EHLO me.example\r\n");
        expect("250-destination.test", "250-PIPELINING", "250-8BITMIME", "250-ENHANCEDSTATUSCODES", "250 SIZE");
    }

    @Test
    void keepsAMessageAndItsEnvelope() throws IOException {
        envelope("bob@there.example");
        write("Subject: one\r\n two\r\nX-Id: 7\r\n\r\nhello\r\n.\r\n");
        expect("250");
        ReceivedMessage message = server.received().messagesFor(BOB).get(0);
        assertThat(message.header("subject")).contains("one two");
        assertThat(message.header("x-id")).contains("7");
        assertThat(message.body()).isEqualTo("hello\r\n");
        assertThat(message.sender()).hasToString("alice@here.example");
        assertThat(message.greeting()).isEqualTo("me.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\r\n",
                "..\r\n...\r\n",
                ".a\r\n",
                "\r\n\r\n",
                "\n.\n\r\n",
                "\r.\r\r\n",
                "x\r\n.\n\r\n",
                "a\r\n.\ra\r\n"
            })
    void unstuffsDotsAndEndsAtNothingButTheFinalDot(String body) throws IOException {
        envelope("bob@there.example");
        write(("\r\n" + body).replace("\r\n.", "\r\n..").substring(2) + ".\r\n");
        expect("250");
        assertThat(server.received().messages().get(0).text()).isEqualTo(body);
    }

    @Test
    void answersAWholeBatchOfCommands() throws IOException {
        write("EHLO me\r\nMAIL FROM:<>\r\nRCPT TO:<bob@there.example>\r\nRCPT TO:<carol@there.example>\r\nDATA\r\n");
        expect("250-", "250-", "250-", "250-", "250 ", "250", "250", "250", "354");
        write("\r\n.\r\nQUIT\r\n");
        expect("250", "221");
        assertThat(server.received().copies()).hasSize(2).containsEntry(BOB, 1);
        assertThat(server.received().count()).isEqualTo(1);
    }

    @Test
    void countsEachCopy() throws IOException {
        envelope("bob@there.example");
        write("\r\n.\r\nMAIL FROM:<>\r\nRCPT TO:<bob@there.example>\r\nDATA\r\n");
        expect("250", "250", "250", "354");
        write("\r\n.\r\n");
        expect("250");
        assertThat(server.received().copiesFor(BOB)).hasSize(2);
    }

    @Test
    void refusesWhatItsBehaviourRefuses() throws IOException {
        server.behave(new DestinationBehaviour() {
            @Override
            public Answer onRecipient(EmailAddress recipient) {
                return recipient.equals(BOB) ? Answer.say("550 5.1.1 no such user") : Answer.accept();
            }
        });
        write("HELO me\r\nMAIL FROM:<>\r\nRCPT TO:<bob@there.example>\r\nDATA\r\n");
        expect("250", "250", "550 5.1.1 no such user", "554");
    }

    @Test
    void leavesTheClientInDoubtWhenToldTo() throws IOException {
        server.behave(new DestinationBehaviour() {
            @Override
            public Answer onMessage(ReceivedMessage message) {
                return Answer.takeAndVanish();
            }
        });
        envelope("bob@there.example");
        write("\r\n.\r\n");
        assertThat(in.readLine()).isNull();
        assertThat(server.received().copiesFor(BOB)).hasSize(1);
    }

    @Test
    void readsOnBehindADelayedAnswer() throws IOException {
        server.behave(new DestinationBehaviour() {
            @Override
            public Answer onRecipient(EmailAddress recipient) {
                return Answer.accept().after(Duration.ofMillis(50));
            }
        });
        write("HELO me\r\nMAIL FROM:<>\r\nRCPT TO:<bob@there.example>\r\nRCPT TO:<carol@there.example>\r\nDATA\r\n");
        expect("250", "250", "250", "250", "354");
    }

    @Test
    void speaksTlsAfterStartTls() throws Exception {
        SelfSignedCertificate certificate = new SelfSignedCertificate("localhost");
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("key", certificate.key(), new char[0], new Certificate[] {certificate.cert()});
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, new char[0]);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(factory.getKeyManagers(), InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
        server.close();
        server = DestinationServer.start(DestinationSettings.plain().withTls(tls), Clock.systemUTC());
        socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(5000);
        talkOver(socket);
        write("EHLO me\r\nSTARTTLS\r\n");
        expect("220", "250-", "250-", "250-STARTTLS", "250-", "250-", "250 ", "220");
        talkOver(tls.getSocketFactory().createSocket(socket, "localhost", server.port(), true));
        envelope("bob@there.example");
        write("\r\n.\r\n");
        expect("250");
        assertThat(server.received().messages().get(0).encrypted()).isTrue();
    }

    private void talkOver(Socket connection) throws IOException {
        in = new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
        out = connection.getOutputStream();
    }

    private void envelope(String recipient) throws IOException {
        write("HELO me.example\r\nMAIL FROM:<alice@here.example> SIZE=100\r\nRCPT TO:<" + recipient + ">\r\nDATA\r\n");
        expect("250", "250", "250", "354");
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private void expect(String... beginnings) throws IOException {
        for (String beginning : beginnings) {
            assertThat(in.readLine()).startsWith(beginning);
        }
    }
}
