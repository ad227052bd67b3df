// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.virus;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.amrelay.filtering.scanner.ScannerAddress;
import org.amrelay.filtering.scanner.ScannerProtocol;
import org.amrelay.filtering.scanner.TimedConnection;
import org.amrelay.mail.message.MessageContent;

/**
 * An ICAP client (RFC 3507) that shows a message to an antivirus service as the body of a response (RESPMOD, §4.9).
 *
 * <p>The service may say that it changes nothing (204, §4.6), which is clean; or it names what it found; or it puts
 * another response in the place of ours. No preview is offered: mail is wanted whole. Stateless.
 */
final class Icap implements ScannerProtocol<MessageContent, ScanResult> {
    private static final int PIECE = 64 * 1024;
    private static final Duration PING = Duration.ofSeconds(2);

    private final String service;
    private final Duration connecting;

    /**
     * Asks one service of a server.
     *
     * @param service its name, the path of the URI
     */
    Icap(String service, Duration connecting) {
        this.service = service;
        this.connecting = connecting;
    }

    @Override
    public ScanResult ask(ScannerAddress host, MessageContent message, Duration time) throws IOException {
        try (TimedConnection icap = TimedConnection.open(host, connecting, time)) {
            return Showing.of("the ICAP server", time, new Showing.Talk() {
                @Override
                public boolean send() throws IOException {
                    return Icap.this.send(icap, host, message);
                }

                @Override
                public ScanResult answer() throws IOException {
                    return IcapAnswer.read(icap).result();
                }

                @Override
                public void probe() throws IOException {
                    Icap.this.probe(host, PING);
                }
            });
        }
    }

    /** @return whether all of it was sent */
    private boolean send(TimedConnection icap, ScannerAddress host, MessageContent message) throws IOException {
        String request = "GET http://mail.invalid/message.eml HTTP/1.1\r\nHost: mail.invalid\r\n\r\n";
        String response =
                "HTTP/1.1 200 OK\r\nContent-Type: message/rfc822\r\nContent-Length: " + message.size() + "\r\n\r\n";
        int body = request.length() + response.length();
        write(
                icap,
                head("RESPMOD", host) + "Allow: 204\r\nEncapsulated: req-hdr=0, res-hdr=" + request.length()
                        + ", res-body=" + body + "\r\n\r\n" + request + response);
        byte[] piece = new byte[PIECE];
        try (MessageReading in = MessageReading.of(message)) {
            int count;
            while ((count = in.read(piece, 0, PIECE)) > 0) {
                if (icap.isAnswering()) {
                    return false; // it has seen enough
                }
                write(icap, Integer.toHexString(count) + "\r\n");
                icap.write(ByteBuffer.wrap(piece, 0, count));
                write(icap, "\r\n");
            }
        }
        write(icap, "0\r\n\r\n");
        return true;
    }

    private String head(String method, ScannerAddress host) {
        return method + " icap://" + host + "/" + service + " ICAP/1.0\r\nHost: " + host
                + "\r\nUser-Agent: Active-Mail-Relay\r\nConnection: close\r\n";
    }

    private static void write(TimedConnection icap, String text) throws IOException {
        icap.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }

    @Override
    public void probe(ScannerAddress host, Duration time) throws IOException {
        signatures(host, time);
    }

    /** What the service says of its state (ISTag, §4.7): another one when its signatures are others. */
    String signatures(ScannerAddress host, Duration time) throws IOException {
        try (TimedConnection icap = TimedConnection.open(host, connecting, time)) {
            write(icap, head("OPTIONS", host) + "\r\n");
            IcapAnswer answer = IcapAnswer.read(icap);
            if (answer.code() != 200) {
                throw new IOException(host + " does not offer the service " + service + ": " + answer.code());
            }
            return answer.field("istag").orElse("");
        }
    }
}
