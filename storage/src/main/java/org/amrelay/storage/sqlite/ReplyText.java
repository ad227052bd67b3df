// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.util.Optional;
import org.amrelay.mail.reply.EnhancedCode;
import org.amrelay.mail.reply.Reply;

/** A reply as one text: code, enhanced code or a hyphen, text with its line feeds. */
final class ReplyText {
    private ReplyText() {}

    static String of(Reply reply) {
        return reply.code() + " " + reply.enhanced().map(EnhancedCode::toString).orElse("-") + " " + reply.text();
    }

    static Reply read(String text) {
        int first = text.indexOf(' ');
        int second = text.indexOf(' ', first + 1);
        Optional<EnhancedCode> enhanced = EnhancedCode.atStartOf(text.substring(first + 1, second));
        return new Reply(Integer.parseInt(text.substring(0, first)), enhanced, text.substring(second + 1));
    }
}
