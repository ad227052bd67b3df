// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import org.amrelay.mail.reply.Reply;

/**
 * Bytes that are not SMTP; the connection is closed after the reply.
 *
 * <p>A server that guesses what such bytes mean guesses differently from the next one, which is what SMTP smuggling
 * lives on (RFC 5321 §2.3.8: CR and LF appear only together).
 */
enum FramingViolation {
    BARE_LF("5.5.2", "line feed without carriage return"),
    BARE_CR("5.5.2", "carriage return without line feed"),
    NUL("5.5.2", "NUL byte"),
    COMMAND_TOO_LONG("5.5.6", "command line too long");

    private final String enhanced;
    private final String text;

    FramingViolation(String enhanced, String text) {
        this.enhanced = enhanced;
        this.text = text;
    }

    Reply reply() {
        return Reply.of(500, enhanced, text);
    }

    /** The same inside a message, where the content is what is wrong. */
    Reply replyInMessage() {
        return Reply.of(554, "5.6.0", text + " in the message");
    }
}
