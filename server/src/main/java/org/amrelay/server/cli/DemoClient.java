// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.amrelay.server.home.Home;

/** A mail client of a few lines that shows the conversation; trusts the demo relay's certificate and no other. */
final class DemoClient {
    private static final int TIMEOUT_MILLIS = 10_000;

    private final Home home;
    private final int port;
    private final PrintWriter out;

    DemoClient(Home home, int port, PrintWriter out) {
        this.home = home;
        this.port = port;
        this.out = out;
    }

    void send(String sender, String password, String recipient) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(loopback, port), TIMEOUT_MILLIS);
            plain.setSoTimeout(TIMEOUT_MILLIS);
            Talk open = new Talk(plain, out);
            open.expect("220");
            open.say("EHLO client.relay.example", "250");
            open.say("STARTTLS", "220");
            try (SSLSocket secret =
                    (SSLSocket) context().getSocketFactory().createSocket(plain, "localhost", port, true)) {
                secret.startHandshake();
                out.println("   == " + secret.getSession().getProtocol() + ", "
                        + secret.getSession().getCipherSuite());
                Talk talk = new Talk(secret, out);
                talk.say("EHLO client.relay.example", "250");
                String login = Base64.getEncoder()
                        .encodeToString(("\0" + sender + "\0" + password).getBytes(StandardCharsets.UTF_8));
                talk.sayHidden("AUTH PLAIN " + login, "AUTH PLAIN ****", "235");
                talk.say("MAIL FROM:<" + sender + ">", "250");
                talk.say("RCPT TO:<" + recipient + ">", "250");
                talk.say("DATA", "354");
                talk.say(
                        "From: Alice <" + sender + ">\r\nTo: Bob <" + recipient
                                + ">\r\nSubject: Hello from the demo\r\nMessage-ID: <demo@relay.example>\r\n\r\n"
                                + "This message went through Active Mail Relay.\r\n.",
                        "250");
                talk.say("QUIT", "221");
            }
        }
    }

    private SSLContext context() throws IOException {
        try (InputStream pem = Files.newInputStream(home.selfSignedCertificate())) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            trusted.setCertificateEntry(
                    "relay", CertificateFactory.getInstance("X.509").generateCertificate(pem));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException broken) {
            throw new IOException("the demo relay's certificate cannot be used", broken);
        }
    }

    /** One direction after the other, each line shown. */
    private static final class Talk {
        private final BufferedReader in;
        private final OutputStream to;
        private final PrintWriter out;

        Talk(Socket socket, PrintWriter out) throws IOException {
            this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            this.to = socket.getOutputStream();
            this.out = out;
        }

        void say(String command, String code) throws IOException {
            sayHidden(command, command, code);
        }

        void sayHidden(String command, String shown, String code) throws IOException {
            shown.lines().forEach(line -> out.println("   C: " + line));
            to.write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
            to.flush();
            expect(code);
        }

        void expect(String code) throws IOException {
            String line = in.readLine();
            while (line != null) {
                out.println("   S: " + Output.safe(line));
                if (line.length() < 4 || line.charAt(3) != '-') {
                    break;
                }
                line = in.readLine();
            }
            out.flush();
            if (line == null || !line.startsWith(code)) {
                throw new IOException("the relay did not answer " + code + " but: " + line);
            }
        }
    }
}
