// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.amrelay.delivery.client.Verdict.Kind;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.reply.Reply;

/**
 * Finds, before the transaction, what the server has said in advance that it will not take.
 *
 * @param passed the recipients for the transaction, in order, perhaps none
 * @param refused for each recipient of the message the reply that decides it, or empty when it passed
 */
record Screening(List<EnvelopeRecipient> passed, List<Optional<Reply>> refused) {
    static Screening of(Prepared prepared, ServerFeatures features) {
        Outgoing message = prepared.message();
        Optional<Reply> forAll = obstacleForAll(prepared, features);
        List<EnvelopeRecipient> passed = new ArrayList<>();
        List<Optional<Reply>> refused = new ArrayList<>();
        for (EnvelopeRecipient recipient : message.recipients()) {
            Optional<Reply> reply = forAll.or(() -> obstacleFor(recipient, features));
            refused.add(reply);
            if (reply.isEmpty()) {
                passed.add(recipient);
            }
        }
        return new Screening(passed, refused);
    }

    private static Optional<Reply> obstacleForAll(Prepared prepared, ServerFeatures features) {
        Outgoing message = prepared.message();
        long size = message.content().size();
        long largest = features.largestMessage();
        if (largest > 0 && size > largest) {
            return Optional.of(
                    Reply.of(552, "5.3.4", "the message has " + size + " bytes, the next server takes " + largest));
        }
        if (!message.sender().address().map(Commands::fitsIntoPath).orElse(true)) {
            return Optional.of(Reply.of(553, "5.1.7", "the sender's address cannot be written in SMTP"));
        }
        if (features.smtpUtf8()) {
            return Optional.empty();
        }
        if (prepared.headerNeedsUtf8()) {
            return Optional.of(noUtf8("the message's header is internationalised"));
        }
        boolean plain = message.sender().address().map(Commands::fitsIntoAscii).orElse(true);
        return plain ? Optional.empty() : Optional.of(noUtf8("the sender's address is internationalised"));
    }

    private static Optional<Reply> obstacleFor(EnvelopeRecipient recipient, ServerFeatures features) {
        if (!Commands.fitsIntoPath(recipient.address())) {
            return Optional.of(Reply.of(553, "5.1.3", "the recipient's address cannot be written in SMTP"));
        }
        return features.smtpUtf8() || Commands.fitsIntoAscii(recipient.address())
                ? Optional.empty()
                : Optional.of(noUtf8("the recipient's address is internationalised"));
    }

    /** RFC 6531 §3.5. */
    private static Reply noUtf8(String what) {
        return Reply.of(553, "5.6.7", what + ", and the next server does not offer SMTPUTF8");
    }

    /** The result for the whole message, from that for the recipients that passed. */
    TransactionResult complete(TransactionResult result) {
        if (passed.size() == refused.size()) {
            return result;
        }
        List<Verdict> verdicts = new ArrayList<>();
        int next = 0;
        for (Optional<Reply> reply : refused) {
            verdicts.add(
                    reply.isPresent()
                            ? new Verdict(Kind.REFUSED, reply.get())
                            : result.verdicts().get(next++));
        }
        return new TransactionResult(verdicts, result.reusable(), result.stale());
    }
}
