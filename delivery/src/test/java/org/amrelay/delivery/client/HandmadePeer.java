// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A server on 127.0.0.1 that holds one written-out conversation with each client, one after the other, for what the
 * scripted destination cannot do: bytes before SMTP, and answers that depend on what was said.
 */
final class HandmadePeer implements AutoCloseable {
    /** What is said on a connection. */
    interface Conversation {
        void hold(Line line) throws IOException;
    }

    /** A connection, read byte by byte. */
    static final class Line {
        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;

        private Line(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new BufferedInputStream(socket.getInputStream());
            this.out = socket.getOutputStream();
        }

        InetAddress client() {
            return socket.getInetAddress();
        }

        int clientPort() {
            return socket.getPort();
        }

        byte[] bytes(int count) throws IOException {
            return in.readNBytes(count);
        }

        String read() throws IOException {
            StringBuilder text = new StringBuilder();
            for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
                text.append((char) c);
            }
            return text.toString().stripTrailing();
        }

        void say(String... lines) throws IOException {
            out.write((String.join("\r\n", lines) + "\r\n").getBytes(ISO_8859_1));
            out.flush();
        }
    }

    private final ServerSocket listener;
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();

    private HandmadePeer(ServerSocket listener) {
        this.listener = listener;
    }

    static HandmadePeer start(Conversation conversation) throws IOException {
        HandmadePeer peer = new HandmadePeer(new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1")));
        Thread thread = new Thread(() -> peer.serve(conversation), "handmade-peer");
        thread.setDaemon(true);
        thread.start();
        return peer;
    }

    private void serve(Conversation conversation) {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                socket.setSoTimeout(20_000);
                conversation.hold(new Line(socket));
            } catch (IOException | RuntimeException | AssertionError e) {
                if (!listener.isClosed()) {
                    failures.add(e);
                }
            }
        }
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    List<Throwable> failures() {
        return failures;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
