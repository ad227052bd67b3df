// SPDX-License-Identifier: Apache-2.0
package org.amrelay.relay;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A client that says one command and hears one reply; it trusts the relay under test. */
final class SmtpDialogue implements Closeable {
    private final Socket socket;
    private final BufferedReader in;
    private final OutputStream out;

    private SmtpDialogue(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(60_000);
        this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        this.out = socket.getOutputStream();
        expect(reply(), "220");
        expect(say("EHLO client.example"), "250");
    }

    static SmtpDialogue open(int port) throws IOException {
        return new SmtpDialogue(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    static SmtpDialogue login(int port, String account, String password) throws IOException {
        return login(port, account, password, InetAddress.getLoopbackAddress());
    }

    /** The same from one of the loopback's many addresses. */
    static SmtpDialogue login(int port, String account, String password, InetAddress from) throws IOException {
        SmtpDialogue smtp = new SmtpDialogue(
                trusting().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port, from, 0));
        String secret = '\0' + account + '\0' + password;
        String plain = Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
        expect(smtp.say("AUTH PLAIN " + plain), "235");
        return smtp;
    }

    private static SSLContext trusting() throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Trusting()}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static final class Trusting implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // the relay of this test
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // the relay of this test
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    private static void expect(String reply, String code) throws IOException {
        if (!reply.startsWith(code)) {
            throw new IOException("expected " + code + ", heard " + reply);
        }
    }

    /** Says a line; the last line of the reply. */
    String say(String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        return reply();
    }

    /** Sends a message without dots at line starts; the final reply. */
    String data(String message) throws IOException {
        expect(say("DATA"), "354");
        return say(message + ".");
    }

    private String reply() throws IOException {
        String line = in.readLine();
        while (line != null && line.length() > 3 && line.charAt(3) == '-') {
            line = in.readLine();
        }
        if (line == null) {
            throw new IOException("the relay hung up");
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
