// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import java.util.Optional;
import org.amrelay.delivery.client.Verdict.Kind;
import org.amrelay.mail.reply.EnhancedCode;
import org.amrelay.mail.reply.Reply;

/**
 * What a negative reply means for a mail: only a definite word about it is final.
 *
 * <p>Codes that speak of the session are temporary whatever their first digit says: the conversation went wrong, not the
 * mail.
 */
final class ReplyMeaning {
    private static final EnhancedCode TOO_MANY_RECIPIENTS = new EnhancedCode(5, 5, 3);

    private ReplyMeaning() {}

    static Kind meaning(Reply reply) {
        if (!reply.isPermanent()) {
            return Kind.LATER;
        }
        return switch (reply.code()) {
            // Unknown command, not implemented, bad sequence; TLS or log-in wanted first (RFC 3207 §4, RFC 4954 §6)
            case 500, 502, 503, 530, 534, 535, 538 -> Kind.LATER;
            default -> Kind.REFUSED;
        };
    }

    /**
     * The same for RCPT, where a server may say that the transaction is full.
     *
     * @param someAccepted whether an earlier recipient of the transaction was not refused
     */
    static Kind meaningForRecipient(Reply reply, boolean someAccepted) {
        boolean full = reply.code() == 452 && !reply.enhanced().equals(Optional.of(new EnhancedCode(4, 2, 2)))
                || reply.code() == 552 && reply.enhanced().equals(Optional.of(TOO_MANY_RECIPIENTS));
        if (full) {
            return someAccepted ? Kind.NEXT_TRANSACTION : Kind.LATER;
        }
        return meaning(reply);
    }

    static Reply undecided() {
        return Reply.of(451, "4.3.0", "the transaction ended without a word about this recipient");
    }
}
