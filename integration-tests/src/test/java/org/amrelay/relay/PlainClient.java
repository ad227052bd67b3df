// SPDX-License-Identifier: Apache-2.0
package org.amrelay.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;

/** An SMTP client that sends UTF-8 as it is told. */
final class PlainClient implements Closeable {
    private final Socket socket;
    private final BufferedReader in;

    private PlainClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(60_000);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    }

    static PlainClient greeted(int port) throws IOException {
        PlainClient client = new PlainClient(port);
        client.expects("220");
        return client.says("EHLO client.example", "250");
    }

    /**
     * Sends one message in one chunk.
     *
     * @param mail what stands behind {@code MAIL FROM:}
     */
    static void submit(int port, String mail, String message, String... recipients) throws IOException {
        try (PlainClient client = greeted(port)) {
            client.says("MAIL FROM:" + mail, "250");
            for (String recipient : recipients) {
                client.says("RCPT TO:<" + recipient + ">", "250");
            }
            byte[] octets = message.getBytes(UTF_8);
            client.socket.getOutputStream().write(("BDAT " + octets.length + " LAST\r\n" + message).getBytes(UTF_8));
            client.expects("250 2.6.0");
        }
    }

    private PlainClient says(String line, String reply) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(UTF_8));
        expects(reply);
        return this;
    }

    private void expects(String reply) throws IOException {
        String line = in.readLine();
        while (line != null && line.length() > 3 && line.charAt(3) == '-') {
            line = in.readLine();
        }
        assertThat(line).startsWith(reply);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
