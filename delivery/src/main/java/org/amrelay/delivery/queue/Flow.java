// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.queue;

import java.util.Locale;
import org.amrelay.delivery.route.NextHop;
import org.amrelay.mail.envelope.Envelope;

/**
 * The deliveries of one party to one next hop; flows to a site share it fairly.
 *
 * @param party the account that submitted the mail, else the domain of the sender, else (for notices) empty text
 */
public record Flow(NextHop nextHop, String party) {
    /** The flow of a mail with that envelope. */
    public static Flow of(NextHop nextHop, Envelope envelope) {
        return new Flow(nextHop, party(envelope));
    }

    private static String party(Envelope envelope) {
        return envelope.account()
                .map(account -> account.toLowerCase(Locale.ROOT))
                .orElseGet(() -> ofSender(envelope.sender().toString()));
    }

    /** The party of mail without an account. */
    public static String ofSender(String sender) {
        return sender.substring(sender.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    }
}
