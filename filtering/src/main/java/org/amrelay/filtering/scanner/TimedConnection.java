// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.scanner;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * A connection on which nothing waits beyond one deadline: neither connecting, nor writing, nor reading.
 *
 * <p>Sockets of the JDK have no time-out for writing, and none at all in the file system; so this one is non-blocking
 * and waits by a selector. For one thread.
 */
public final class TimedConnection implements Closeable {
    private final SocketChannel channel;
    private final Selector selector;
    private final ScannerAddress address;
    private final long deadline;

    private TimedConnection(SocketChannel channel, Selector selector, ScannerAddress address, long deadline) {
        this.channel = channel;
        this.selector = selector;
        this.address = address;
        this.deadline = deadline;
    }

    /**
     * Connects.
     *
     * @param connecting how long that may take
     * @param all how long everything together may take
     */
    public static TimedConnection open(ScannerAddress address, Duration connecting, Duration all) throws IOException {
        long start = System.nanoTime();
        SocketAddress to = address.socketAddress();
        if (to instanceof InetSocketAddress internet && internet.isUnresolved()) {
            throw new UnknownHostException("the name of " + address + " does not resolve");
        }
        SocketChannel channel = to instanceof UnixDomainSocketAddress
                ? SocketChannel.open(java.net.StandardProtocolFamily.UNIX)
                : SocketChannel.open();
        Selector selector = Selector.open();
        TimedConnection connection = new TimedConnection(channel, selector, address, start + all.toNanos());
        boolean connected = false;
        try {
            channel.configureBlocking(false);
            channel.register(selector, 0);
            if (!channel.connect(to)) {
                long until = start + Math.min(connecting.toNanos(), all.toNanos());
                do {
                    connection.await(SelectionKey.OP_CONNECT, until, "connect");
                } while (!channel.finishConnect());
            }
            connected = true;
            return connection;
        } finally {
            if (!connected) {
                connection.close();
            }
        }
    }

    /** Writes all that remains in the buffer. */
    public void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0) {
                await(SelectionKey.OP_WRITE, deadline, "take what it is sent");
            }
        }
    }

    /** Whether something, or the end, can be read at once. */
    public boolean isAnswering() throws IOException {
        channel.keyFor(selector).interestOps(SelectionKey.OP_READ);
        boolean ready = selector.selectNow() > 0;
        selector.selectedKeys().clear();
        return ready;
    }

    /**
     * Waits for bytes.
     *
     * @return how many came; -1 when the peer has closed
     */
    public int read(ByteBuffer into) throws IOException {
        int count;
        while ((count = channel.read(into)) == 0 && into.hasRemaining()) {
            await(SelectionKey.OP_READ, deadline, "answer");
        }
        return count;
    }

    /**
     * Reads to a zero byte or to the end.
     *
     * @param most octets
     * @throws EOFException when the peer closed without a word
     */
    public String readText(int most) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(most);
        while (true) {
            int before = text.position();
            int count = read(text);
            for (int i = before; i < text.position(); i++) {
                if (text.get(i) == 0) {
                    return text(text, i);
                }
            }
            if (count < 0) {
                if (text.position() == 0) {
                    throw new EOFException(address + " closed the connection without an answer");
                }
                return text(text, text.position());
            }
            if (!text.hasRemaining()) {
                throw new IOException(address + " gave an answer of more than " + most + " octets");
            }
        }
    }

    private static String text(ByteBuffer bytes, int length) {
        return new String(bytes.array(), 0, length, java.nio.charset.StandardCharsets.UTF_8).strip();
    }

    private void await(int operation, long until, String what) throws IOException {
        channel.keyFor(selector).interestOps(operation);
        long left = Math.min(until, deadline) - System.nanoTime();
        // A spurious wake-up is no harm: the caller tries, and comes back
        boolean late = left <= 0 || selector.select(Math.max(1, left / 1_000_000)) == 0 && System.nanoTime() >= until;
        selector.selectedKeys().clear();
        if (late) {
            throw new SocketTimeoutException(address + " did not " + what + " in time");
        }
        if (Thread.interrupted()) {
            throw new java.io.InterruptedIOException("interrupted while waiting for " + address);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            selector.close();
        } finally {
            channel.close();
        }
    }
}
