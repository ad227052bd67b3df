// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.queue;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import org.amrelay.mail.message.MessageContent;
import org.apache.james.server.core.MimeMessageWrapper;

/**
 * The bytes of James' message as they go over the network: CRLF line ends, 8-bit header fields intact.
 *
 * <p>Content that nobody changed is given back as it is. When only the header was changed, the body is not copied. (James'
 * own writer turns 8-bit characters of a header into question marks as soon as one field was added.) What is returned
 * stays readable after the message was disposed of.
 */
final class NetworkForm {
    private NetworkForm() {}

    static MessageContent of(MimeMessage message) throws MessagingException {
        try {
            if (message instanceof ContentMessage kept && !kept.isModified()) {
                return kept.content();
            }
            if (message instanceof ContentMessage kept && !kept.isBodyModified() && kept.isHeaderModified()) {
                return new HeaderBeforeBody(header(kept), kept.content(), bodyOf(kept.content()));
            }
            return MessageContent.of(withNetworkLines(bytes(message)));
        } catch (IOException unreadable) {
            throw new MessagingException("the message cannot be read", unreadable);
        }
    }

    private static byte[] bytes(MimeMessage message) throws MessagingException, IOException {
        if (message instanceof MimeMessageWrapper wrapper && !wrapper.isModified()) {
            try (InputStream in = wrapper.getMessageInputStream()) {
                return in.readAllBytes();
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        message.writeTo(out);
        return out.toByteArray();
    }

    private static byte[] header(MimeMessage message) throws MessagingException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
        for (String line : Collections.list(message.getAllHeaderLines())) {
            // JavaMail reads a byte as the character of the same number, so this writes what was read
            boolean asRead = line.chars().allMatch(c -> c < 256);
            Charset charset = asRead ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
            out.writeBytes(withNetworkLines(line.getBytes(charset)));
            out.write('\r');
            out.write('\n');
        }
        out.write('\r');
        out.write('\n');
        return out.toByteArray();
    }

    /** The place after the first empty line, or the end when there is none. */
    private static long bodyOf(MessageContent content) throws IOException {
        try (InputStream in = new BufferedInputStream(content.open())) {
            long at = 0;
            boolean lineIsEmpty = true;
            for (int c = in.read(); c >= 0; c = in.read()) {
                at++;
                if (c == '\n') {
                    if (lineIsEmpty) {
                        return at;
                    }
                    lineIsEmpty = true;
                } else if (c != '\r') {
                    lineIsEmpty = false;
                }
            }
            return at;
        }
    }

    /** The same array when all its line ends are CRLF. */
    static byte[] withNetworkLines(byte[] bytes) {
        int odd = 0;
        for (int i = 0; i < bytes.length; i++) {
            odd += isOdd(bytes, i) ? 1 : 0;
        }
        if (odd == 0) {
            return bytes;
        }
        byte[] result = new byte[bytes.length + odd];
        int at = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (isOdd(bytes, i)) {
                result[at++] = '\r';
                result[at++] = '\n';
            } else {
                result[at++] = bytes[i];
            }
        }
        return result;
    }

    private static boolean isOdd(byte[] bytes, int i) {
        if (bytes[i] == '\n') {
            return i == 0 || bytes[i - 1] != '\r';
        }
        return bytes[i] == '\r' && (i + 1 == bytes.length || bytes[i + 1] != '\n');
    }
}
