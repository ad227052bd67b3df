// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.amrelay.mail.reply.Reply;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPResponse;

/** Our replies as James' responses, and their bytes on the wire. Stateless. */
final class Replies {
    private Replies() {}

    static Response of(int code, String enhanced, String text) {
        return new SMTPResponse(String.valueOf(code), enhanced.isEmpty() ? text : enhanced + " " + text);
    }

    static Response of(Reply reply) {
        return of(reply.code(), reply.enhanced().map(Object::toString).orElse(""), reply.text());
    }

    /** A reply after which the server closes the connection. */
    static Response last(int code, String enhanced, String text) {
        SMTPResponse response = new SMTPResponse(String.valueOf(code), enhanced + " " + text);
        response.setEndSession(true);
        return response;
    }

    /** The same reply, after which the server closes the connection. */
    static Response closing(Response response) {
        String code = response.getRetCode();
        SMTPResponse last =
                new SMTPResponse(code, text(response).substring(code.length()).strip());
        last.setEndSession(true);
        return last;
    }

    static Response last(Reply reply) {
        return last(reply.code(), reply.enhanced().map(Object::toString).orElse(""), reply.text());
    }

    /**
     * The bytes of a response. Texts may come from hooks that echo what a client said: whatever is not printable ASCII
     * becomes a question mark, so that no text can pretend to be a second reply.
     */
    static byte[] bytes(Response response) {
        List<CharSequence> lines = response.getLines();
        int length = 0;
        for (CharSequence line : lines) {
            length += line.length() + 2;
        }
        byte[] bytes = new byte[length];
        int at = 0;
        for (CharSequence line : lines) {
            for (int i = 0; i < line.length(); i++) {
                char c = line.charAt(i);
                bytes[at++] = c >= ' ' && c < 0x7f ? (byte) c : (byte) '?';
            }
            bytes[at++] = '\r';
            bytes[at++] = '\n';
        }
        return bytes;
    }

    /** For logs: the first line. */
    static String text(Response response) {
        byte[] bytes = bytes(response);
        return new String(bytes, StandardCharsets.US_ASCII).lines().findFirst().orElse("");
    }
}
