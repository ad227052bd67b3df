// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.torture;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.reply.Reply;

/** A client's side of one SMTP connection to 127.0.0.1, pipelined; blocks its thread. */
final class SmtpTalk implements Closeable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Socket socket;
    private final BufferedReader in;
    private final OutputStream out;

    private SmtpTalk(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        this.out = new BufferedOutputStream(socket.getOutputStream(), 64 * 1024);
    }

    /** Connects, reads the greeting and says EHLO. */
    static SmtpTalk open(int port) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) PATIENCE.toMillis());
            SmtpTalk talk = new SmtpTalk(socket);
            talk.expect(talk.reply(), 220);
            talk.write("EHLO load.torture.example\r\n");
            talk.expect(talk.reply(), 250);
            return talk;
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
    }

    /**
     * Sends MAIL and RCPT.
     *
     * @return the recipients that got 250, empty when the sender was refused
     */
    List<EmailAddress> envelope(EmailAddress sender, List<EmailAddress> recipients) throws IOException {
        StringBuilder commands = new StringBuilder("MAIL FROM:<" + sender + ">\r\n");
        recipients.forEach(
                recipient -> commands.append("RCPT TO:<").append(recipient).append(">\r\n"));
        write(commands.toString());
        boolean senderTaken = reply().isPositive();
        List<EmailAddress> taken = new ArrayList<>();
        for (EmailAddress recipient : recipients) {
            if (reply().isPositive() && senderTaken) {
                taken.add(recipient);
            }
        }
        return taken;
    }

    /** Says DATA; whether the peer wants it. */
    boolean beginData() throws IOException {
        write("DATA\r\n");
        return reply().code() == 354;
    }

    /** Sends content, which ends with CRLF, without the final dot. */
    void content(String text) throws IOException {
        write((text.startsWith(".") ? "." : "") + text.replace("\r\n.", "\r\n.."));
    }

    /** Sends the final dot and waits for the answer. */
    Reply finalDot() throws IOException {
        write(".\r\n");
        return reply();
    }

    void reset() throws IOException {
        write("RSET\r\n");
        expect(reply(), 250);
    }

    void quit() throws IOException {
        write("QUIT\r\n");
        expect(reply(), 221);
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private Reply reply() throws IOException {
        String line = in.readLine();
        while (line != null && line.length() > 3 && line.charAt(3) == '-') {
            line = in.readLine();
        }
        if (line == null || line.length() < 3) {
            throw new EOFException("the relay hung up");
        }
        try {
            return Reply.of(Integer.parseInt(line.substring(0, 3)), "", line.substring(3));
        } catch (IllegalArgumentException garbled) {
            throw new IOException("not a reply: " + line, garbled);
        }
    }

    private void expect(Reply reply, int code) throws IOException {
        if (reply.code() != code) {
            throw new IOException("expected " + code + ", but the relay said " + reply);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
