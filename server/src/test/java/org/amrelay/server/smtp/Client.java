// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A scripted SMTP client on a raw socket: {@code c.writes("MAIL FROM:<a@b.test>").expects("250 *")}. */
final class Client implements AutoCloseable {
    private Socket socket;
    private final List<String> lastReply = new ArrayList<>();

    Client(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(10_000);
            socket.setTcpNoDelay(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Client greeted(int port) {
        return new Client(port).expects("220");
    }

    /** With a certificate to show when it is asked for. */
    static Client inTls(int port, KeyManager... keys) {
        Client client = new Client(port);
        client.upgrade(keys);
        return client.expects("220").writes("EHLO client.test").expects("250");
    }

    /** One line; the line end is added. */
    Client writes(String line) {
        return writesRaw(line + "\r\n");
    }

    /** The bytes as they are. */
    Client writesRaw(String text) {
        return writesRaw(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Client writesRaw(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads one whole reply, which has to start like this. */
    Client expects(String start) {
        String reply = reads();
        assertThat(reply).startsWith(start);
        return this;
    }

    /** Reads one whole reply; empty when the server closed the connection. */
    String reads() {
        lastReply.clear();
        String line;
        do {
            line = readLine();
            lastReply.add(line);
        } while (line.length() > 3 && line.charAt(3) == '-');
        return lastReply.get(lastReply.size() - 1);
    }

    List<String> lastReply() {
        return List.copyOf(lastReply);
    }

    /** The server ends the connection and says nothing more. */
    void isClosed() {
        assertThat(reads()).isEmpty();
    }

    private String readLine() {
        try {
            InputStream in = socket.getInputStream();
            StringBuilder line = new StringBuilder();
            int b;
            while ((b = in.read()) >= 0 && b != '\n') {
                if (b != '\r') {
                    line.append((char) b);
                }
            }
            return line.toString();
        } catch (SocketException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Client starttls() {
        writes("STARTTLS").expects("220");
        upgrade();
        return this;
    }

    private void upgrade(KeyManager... keys) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, new TrustManager[] {new TrustsAll()}, null);
            SSLSocket tls =
                    (SSLSocket) context.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
            tls.startHandshake();
            socket = tls;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    X509Certificate certificate() {
        try {
            return (X509Certificate) ((SSLSocket) socket).getSession().getPeerCertificates()[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Client ehlo() {
        return writes("EHLO client.test").expects("250");
    }

    Client authenticates(String account, String password) {
        return writes("AUTH PLAIN " + base64("\0" + account + "\0" + password)).expects("235 2.7.0");
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    Socket socket() {
        return socket;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class TrustsAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
