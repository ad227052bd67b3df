// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.amrelay.mail.reply.EnhancedCode;
import org.amrelay.mail.reply.Reply;

/**
 * Cuts a byte stream into replies (RFC 5321 §4.2.1, §4.5.3.1.5; enhanced codes RFC 2034 §4).
 *
 * <p>Takes lines ended by LF alone as well. Longer lines than the RFC's 512 octets are common and taken up to 4096; a
 * reply has at most 500 lines and keeps 16 KiB of text. Control characters in the text become spaces. Not safe for
 * several threads.
 */
final class ReplyParser {
    private static final int LONGEST_LINE = 4096;
    private static final int MOST_LINES = 500;
    private static final int MOST_TEXT = 16 * 1024;

    private final StringBuilder text = new StringBuilder();
    private int code;
    private int lines;
    private Optional<EnhancedCode> enhanced = Optional.empty();

    /** The next complete reply; consumes the lines that it looked at. */
    Optional<Reply> next(ByteBuf in) throws GarbledReplyException {
        while (true) {
            int length = in.bytesBefore((byte) '\n');
            if (length > LONGEST_LINE || (length < 0 && in.readableBytes() > LONGEST_LINE)) {
                throw new GarbledReplyException("a reply line of more than " + LONGEST_LINE + " octets");
            }
            if (length < 0) {
                return Optional.empty();
            }
            String line = in.toString(in.readerIndex(), length, StandardCharsets.UTF_8);
            in.skipBytes(length + 1);
            if (takeLine(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line)) {
                Reply reply = new Reply(code, enhanced, text.toString());
                text.setLength(0);
                lines = 0;
                enhanced = Optional.empty();
                return Optional.of(reply);
            }
        }
    }

    private boolean takeLine(String line) throws GarbledReplyException {
        boolean last = line.length() == 3 || (line.length() > 3 && line.charAt(3) == ' ');
        boolean more = line.length() > 3 && line.charAt(3) == '-';
        int number = codeOf(line);
        if (number < 0 || !(last || more)) {
            throw new GarbledReplyException("no reply: " + printable(line.substring(0, Math.min(60, line.length()))));
        }
        if (lines > 0 && number != code) {
            throw new GarbledReplyException("a reply with the codes " + code + " and " + number);
        }
        if (++lines > MOST_LINES) {
            throw new GarbledReplyException("a reply of more than " + MOST_LINES + " lines");
        }
        code = number;
        takeText(line.length() > 4 ? line.substring(4) : "");
        return last;
    }

    private static int codeOf(String line) {
        if (line.length() < 3 || line.charAt(0) < '2' || line.charAt(0) > '5') {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < 3; i++) {
            char digit = line.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            number = number * 10 + digit - '0';
        }
        return number;
    }

    private void takeText(String line) {
        String rest = line;
        // A code of another class than the reply's contradicts it; then it is only text (RFC 2034 §4)
        Optional<EnhancedCode> found = EnhancedCode.atStartOf(line).filter(e -> e.type() == code / 100);
        if (found.isPresent() && (lines == 1 || found.equals(enhanced))) {
            enhanced = found;
            int space = line.indexOf(' ');
            rest = space < 0 ? "" : line.substring(space + 1);
        }
        if (text.length() + rest.length() >= MOST_TEXT) {
            return;
        }
        if (lines > 1) {
            text.append('\n');
        }
        text.append(printable(rest));
    }

    private static String printable(String line) {
        for (int i = 0; i < line.length(); i++) {
            if (Character.isISOControl(line.charAt(i))) {
                return line.codePoints()
                        .map(c -> Character.isISOControl(c) ? ' ' : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
            }
        }
        return line;
    }
}
