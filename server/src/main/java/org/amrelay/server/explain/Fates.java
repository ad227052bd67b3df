// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.amrelay.delivery.lane.TlsForecast;
import org.amrelay.delivery.route.NextHop;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.server.explain.Explanation.Recipient;
import org.amrelay.server.smtp.Conversation.Exchange;
import org.amrelay.storage.spool.HandedOver;
import org.amrelay.storage.spool.RecipientFate;
import org.amrelay.storage.spool.SpoolOutcome;

/** Says for each recipient what becomes of it, from what the port said and what processing would write. */
final class Fates {
    /** The repository of the shipped configuration for what waits for somebody to let it go. */
    private static final String HELD = "relay://var/mail/held";

    private Fates() {}

    /** A recipient that the port refused. */
    static Recipient refused(Exchange said) {
        return new Recipient(said.command(), disposition(said.code()), "", "", said.reply());
    }

    /** 4xx or 5xx. */
    static String disposition(int code) {
        return code >= 500 ? "reject" : "tempfail";
    }

    /** Everybody for whom the mail was accepted, and whom mailets put in their place. */
    static List<Recipient> of(SpoolOutcome outcome, TlsForecast forecast) {
        List<Recipient> recipients = new ArrayList<>();
        for (HandedOver handed : outcome.deliveries()) {
            NextHop hop = handed.delivery().nextHop();
            String tls = forecast.of(hop).toCompletableFuture().join();
            for (EnvelopeRecipient recipient : handed.delivery().recipients()) {
                recipients.add(new Recipient(
                        recipient.address().toString(), handed.held() ? "hold" : "relay", hop.toString(), tls, ""));
            }
        }
        for (RecipientFate fate : outcome.fates()) {
            recipients.add(new Recipient(
                    fate.recipient().toString(),
                    fate.becomes().isEmpty()
                            ? word(fate)
                            : expanded(fate.becomes(), recipients).orElse("relay"),
                    "",
                    "",
                    fate.by()));
        }
        return recipients;
    }

    /** An alias shares the fate of the first of those it stands for. */
    private static Optional<String> expanded(List<EmailAddress> becomes, List<Recipient> known) {
        return known.stream()
                .filter(recipient -> recipient.address().equals(becomes.get(0).toString()))
                .map(Recipient::disposition)
                .findFirst();
    }

    private static String word(RecipientFate fate) {
        return switch (fate.state()) {
            case BOUNCED -> "reject";
            case QUARANTINED -> fate.by().endsWith(HELD) ? "hold" : "quarantine";
            case EXPANDED -> "relay";
            default -> "discard";
        };
    }

    /** Of the mail as a whole: that of those who get it, else that of the first. */
    static String disposition(List<Recipient> recipients) {
        List<String> all = recipients.stream().map(Recipient::disposition).toList();
        return all.contains("relay") ? "relay" : all.stream().findFirst().orElse("discard");
    }
}
