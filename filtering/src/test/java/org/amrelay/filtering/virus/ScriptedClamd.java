// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.virus;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.amrelay.filtering.scanner.ScannerAddress;

/** A clamd that says what the test wants: a text, nothing at all, or that it is gone. */
final class ScriptedClamd implements AutoCloseable {
    static final String SILENCE = "silence";
    static final String HANG_UP = "hang up";

    final List<byte[]> scanned = new CopyOnWriteArrayList<>();
    final List<String> commands = new CopyOnWriteArrayList<>();
    volatile Function<byte[], String> answer = message -> "stream: OK";
    volatile String pong = "PONG";
    volatile String version = "ClamAV 1.0.7/1";
    /** Says so after that many octets, without waiting for the rest. */
    volatile int limit = Integer.MAX_VALUE;

    private final ServerSocketChannel listener;
    private final ScannerAddress address;
    private final CountDownLatch closed = new CountDownLatch(1);

    ScriptedClamd() throws IOException {
        listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        address = ScannerAddress.of("127.0.0.1:" + ((InetSocketAddress) listener.getLocalAddress()).getPort());
        start();
    }

    ScriptedClamd(Path socket) throws IOException {
        listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
        address = ScannerAddress.of("unix:" + socket);
        start();
    }

    ScannerAddress address() {
        return address;
    }

    private void start() {
        daemon(() -> {
            while (listener.isOpen()) {
                SocketChannel client = listener.accept();
                daemon(() -> talk(client));
            }
        });
    }

    private interface Talk {
        void run() throws IOException, InterruptedException;
    }

    private static void daemon(Talk talk) {
        Thread thread = new Thread(() -> {
            try {
                talk.run();
            } catch (IOException | InterruptedException gone) {
                Thread.currentThread().interrupt();
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void talk(SocketChannel client) throws IOException, InterruptedException {
        try (client;
                DataInputStream in = new DataInputStream(Channels.newInputStream(client));
                OutputStream out = Channels.newOutputStream(client)) {
            String command = word(in);
            commands.add(command);
            String said = switch (command) {
                case "zPING" -> pong;
                case "zVERSION" -> version;
                default -> stream(in);
            };
            if (said.equals(SILENCE)) {
                closed.await();
            } else if (!said.equals(HANG_UP)) {
                out.write((said + "\0").getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private String stream(DataInputStream in) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        try {
            for (int length = in.readInt(); length != 0; length = in.readInt()) {
                message.write(in.readNBytes(length));
                if (message.size() > limit) {
                    return "INSTREAM size limit exceeded. ERROR";
                }
            }
        } catch (EOFException gaveUp) {
            return HANG_UP;
        }
        scanned.add(message.toByteArray());
        return answer.apply(message.toByteArray());
    }

    private static String word(DataInputStream in) throws IOException {
        StringBuilder word = new StringBuilder();
        for (int c = in.read(); c > 0; c = in.read()) {
            word.append((char) c);
        }
        return word.toString();
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        listener.close();
    }
}
