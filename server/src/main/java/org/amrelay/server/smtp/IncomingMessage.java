// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import java.io.IOException;
import java.util.Optional;
import org.amrelay.mail.message.MessageFlaw;
import org.amrelay.mail.message.MessageScanner;
import org.amrelay.mail.reply.Reply;

/**
 * One message between DATA and the reply to its final dot, or from its first chunk to its last: decoded, scanned and kept in one pass.
 *
 * <p>Once it is refused for its content, nothing more is kept and the client is listened to up to a bound, because one
 * that is cut off in mid-message would try again. For one thread at a time.
 */
final class IncomingMessage implements LineSink, AutoCloseable {
    private static final long LEAST_PATIENCE = 16 * 1024 * 1024;

    private final SmtpLimits limits;
    private final long largest;
    private final MessageBuffer buffer;
    private final MessageScanner scanner;
    private final DataDecoder decoder = new DataDecoder(this);
    private final ChunkDecoder chunks = new ChunkDecoder(this);
    private final String name;
    private Optional<Reply> refusal = Optional.empty();
    private long size;
    private long discarded;
    private long lineLength;

    /**
     * @param largest bytes of a message (RFC 1870), 0 for no limit
     * @param name of the mail that it becomes
     * @param trace our Received field, which stands first and is not counted
     */
    IncomingMessage(SmtpLimits limits, long largest, MessageBuffer buffer, String name, byte[] trace) {
        this.limits = limits;
        this.largest = largest;
        this.buffer = buffer;
        this.scanner = new MessageScanner(limits.message());
        this.name = name;
        buffer.write(trace, 0, trace.length);
    }

    /** A chunk of so many octets comes; one that is too many is refused before it is kept. */
    void announce(long octets) {
        if (refusal.isEmpty() && largest > 0 && octets > largest - size) {
            refusal = Optional.of(tooLarge());
        }
    }

    /** Takes bytes of a chunk, all of them. */
    void feedChunk(byte[] bytes, int from, int to) {
        if (refusal.isPresent()) {
            discarded += to - from;
            return;
        }
        chunks.feed(bytes, from, to);
        refuseViolation();
    }

    /** The last chunk is over. */
    void endChunks() {
        if (refusal.isEmpty()) {
            chunks.end();
            refuseViolation();
        }
    }

    private void refuseViolation() {
        if (refusal.isEmpty()) {
            refusal = chunks.violation().map(FramingViolation::replyInMessage);
        }
    }

    private Reply tooLarge() {
        return Reply.of(552, "5.3.4", "the message is larger than " + largest + " bytes");
    }

    /** Takes bytes until the message ends or must not go on; returns the position after the last byte taken. */
    int feed(byte[] bytes, int from, int to) {
        return decoder.feed(bytes, from, to);
    }

    @Override
    public void text(byte[] bytes, int from, int to) {
        int added = to - from;
        if (refusal.isPresent()) {
            discarded += added;
            return;
        }
        lineLength += added;
        size += added;
        scanner.text(bytes, from, to);
        buffer.write(bytes, from, to);
        if (lineLength > limits.textLine()) {
            refusal = Optional.of(Reply.of(554, "5.6.0", "a line of the message is too long"));
        } else if (largest > 0 && size > largest) {
            refusal = Optional.of(tooLarge());
        }
    }

    @Override
    public void endOfLine() {
        if (refusal.isPresent()) {
            discarded += 2;
            return;
        }
        lineLength = 0;
        size += 2;
        scanner.endOfLine();
        buffer.writeLineEnd();
        refusal = scanner.flaw().map(MessageFlaw::reply);
    }

    boolean ended() {
        return decoder.ended();
    }

    Optional<FramingViolation> violation() {
        return decoder.violation();
    }

    Optional<Reply> refusal() {
        return refusal;
    }

    /** Whether so much came after the refusal that the client is cut off. */
    boolean exhaustsPatience() {
        return discarded > patience(largest);
    }

    /** So many bytes are listened to that nobody wants. */
    static long patience(long largest) {
        return Math.max(LEAST_PATIENCE, largest);
    }

    MessageBuffer buffer() {
        return buffer;
    }

    String name() {
        return name;
    }

    @Override
    public void close() throws IOException {
        buffer.close();
    }
}
