// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.virus;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.amrelay.filtering.scanner.ScannerAddress;
import org.amrelay.filtering.scanner.ScannerProtocol;
import org.amrelay.filtering.scanner.TimedConnection;
import org.amrelay.mail.message.MessageContent;

/**
 * clamd's protocol: {@code zINSTREAM}, the message in pieces with their length before them, an empty piece, the answer.
 *
 * <p>A connection for each message, as clamd gives each connection a thread of its own anyway and a dead one is found
 * when it is opened. The answer is looked for while the message is still being sent, because clamd gives it early for
 * what is too large for it. Stateless.
 */
final class Clamd implements ScannerProtocol<MessageContent, ScanResult> {
    private static final int PIECE = 64 * 1024;
    private static final int LENGTH = Integer.BYTES;
    private static final int LONGEST_ANSWER = 4096;
    private static final Duration PING = Duration.ofSeconds(2);

    private final Duration connecting;

    /** @param connecting how long it may take to open a connection */
    Clamd(Duration connecting) {
        this.connecting = connecting;
    }

    @Override
    public ScanResult ask(ScannerAddress host, MessageContent message, Duration time) throws IOException {
        // Without a connection it is the host's fault, whatever a ping says a moment later
        try (TimedConnection clamd = TimedConnection.open(host, connecting, time)) {
            return Showing.of("clamd", time, new Talk(clamd, host, message));
        }
    }

    /** One message on a connection. */
    private final class Talk implements Showing.Talk {
        private final TimedConnection clamd;
        private final ScannerAddress host;
        private final MessageContent message;

        Talk(TimedConnection clamd, ScannerAddress host, MessageContent message) {
            this.clamd = clamd;
            this.host = host;
            this.message = message;
        }

        @Override
        public boolean send() throws IOException {
            return stream(clamd, message);
        }

        @Override
        public ScanResult answer() throws IOException {
            return result(clamd.readText(LONGEST_ANSWER));
        }

        @Override
        public void probe() throws IOException {
            Clamd.this.probe(host, PING);
        }

        /** clamd closes on what is too large for it; what it said before may still be there to read. */
        @Override
        public Optional<ScanResult> lastWords() {
            try {
                return Optional.of(answer());
            } catch (IOException nothing) {
                return Optional.empty();
            }
        }
    }

    /** @return whether all of it was sent */
    private static boolean stream(TimedConnection clamd, MessageContent message) throws IOException {
        clamd.write(ByteBuffer.wrap("zINSTREAM\0".getBytes(StandardCharsets.US_ASCII)));
        byte[] piece = new byte[LENGTH + PIECE];
        try (MessageReading in = MessageReading.of(message)) {
            int count;
            while ((count = in.read(piece, LENGTH, PIECE)) > 0 && !clamd.isAnswering()) {
                ByteBuffer bytes = ByteBuffer.wrap(piece, 0, LENGTH + count);
                bytes.putInt(0, count);
                clamd.write(bytes);
            }
        }
        boolean whole = !clamd.isAnswering();
        if (whole) {
            clamd.write(ByteBuffer.allocate(LENGTH));
        }
        return whole;
    }

    /** {@code stream: OK}, {@code stream: NAME FOUND}, or something that ends with {@code ERROR}. */
    private static ScanResult result(String answer) {
        String said = answer.startsWith("stream: ") ? answer.substring("stream: ".length()) : answer;
        if (said.equals("OK")) {
            return new ScanResult.Clean();
        }
        if (said.endsWith(" FOUND")) {
            return new ScanResult.Infected(said.substring(0, said.length() - " FOUND".length()));
        }
        if (said.startsWith("INSTREAM size limit exceeded")) {
            return new ScanResult.Unscannable("it is larger than clamd's StreamMaxLength");
        }
        return new ScanResult.Troubled("clamd says: " + said);
    }

    @Override
    public void probe(ScannerAddress host, Duration time) throws IOException {
        String answer = say(host, "PING", time);
        if (!answer.equals("PONG")) {
            throw new IOException("clamd answers PING with: " + answer);
        }
    }

    /** What clamd is and how old its signatures are: {@code ClamAV 1.0.7/27100/Sun Nov 22 ...}. */
    String version(ScannerAddress host, Duration time) throws IOException {
        return say(host, "VERSION", time);
    }

    private String say(ScannerAddress host, String command, Duration time) throws IOException {
        try (TimedConnection clamd = TimedConnection.open(host, connecting, time)) {
            clamd.write(ByteBuffer.wrap(("z" + command + "\0").getBytes(StandardCharsets.US_ASCII)));
            return clamd.readText(LONGEST_ANSWER);
        }
    }
}
