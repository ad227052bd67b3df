// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.mail.MessagingException;
import org.amrelay.filtering.content.AttachmentReplacement;
import org.amrelay.filtering.content.ContentDecision;
import org.amrelay.filtering.content.ContentOrders;
import org.amrelay.filtering.content.Ending;
import org.amrelay.filtering.content.HeaderRewriting;
import org.amrelay.james.Action;
import org.amrelay.james.MailEnvelope;
import org.amrelay.james.MailHeader;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.message.HeaderField;
import org.amrelay.mail.message.HeaderSection;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.message.MessageView;
import org.amrelay.mail.reply.Reply;
import org.amrelay.mail.settings.ProcessorName;
import org.apache.mailet.Mail;
import org.apache.mailet.MailetContext;

/** Makes of what rules want what the base class performs. Safe for several threads. */
record ContentActions(Bouncing bouncing, ProcessorName quarantine, ProcessorName held) {
    /** Mail that is kept or refused is kept and refused as it came; all else is changed and goes on. */
    Action of(Mail mail, MessageView view, ContentDecision decision, MailetContext context, String reason)
            throws MessagingException, IOException {
        ContentOrders orders = decision.orders();
        if (orders.ending().isPresent()) {
            return ended(mail, orders.ending().get(), context, reason);
        }
        List<Action> steps = new ArrayList<>();
        Optional<MessageContent> remade = Optional.empty();
        if (!orders.replaced().isEmpty()) {
            remade = AttachmentReplacement.of(view, orders.replaced());
            if (remade.isEmpty()) {
                return new Action.GoTo(quarantine, "an attachment cannot be taken out alone: " + reason);
            }
            steps.add(new Action.Remake(remade.get(), reason));
        }
        if (!orders.header().isEmpty()) {
            steps.add(new Action.Rehead(HeaderRewriting.apply(orders.header(), header(mail, remade)), reason));
        }
        Map<EmailAddress, List<EmailAddress>> becomes = becomes(decision.recipients(), orders);
        if (!becomes.isEmpty()) {
            steps.add(new Action.Change(becomes, reason));
        }
        return new Action.Together(steps, reason);
    }

    private static List<HeaderField> header(Mail mail, Optional<MessageContent> remade)
            throws MessagingException, IOException {
        if (remade.isPresent()) {
            HeaderSection section = HeaderSection.read(remade.get());
            if (!section.isWhole()) {
                throw new MessagingException(mail.getName() + " has a longer header than can be changed");
            }
            return section.fields();
        }
        return MailHeader.whole(mail).fields();
    }

    private Action ended(Mail mail, Ending ending, MailetContext context, String reason)
            throws MessagingException, IOException {
        if (ending instanceof Ending.Hold) {
            return new Action.GoTo(held, reason);
        }
        // A stranger's sender may be forged: nobody is told, and a person may look at the mail
        if (ending instanceof Ending.Reject reject && MailEnvelope.account(mail).isPresent()) {
            String host = context.getPostmaster().getDomain().asString();
            Reply reply = Reply.of(550, "5.7.1", reject.text());
            return bouncing.bounce(mail, context, host, reply, "content rule " + reject.rule());
        }
        return new Action.GoTo(quarantine, reason);
    }

    private static Map<EmailAddress, List<EmailAddress>> becomes(List<EmailAddress> recipients, ContentOrders orders) {
        Map<EmailAddress, List<EmailAddress>> becomes = new LinkedHashMap<>();
        if (!orders.redirect().isEmpty()) {
            recipients.forEach(recipient -> becomes.put(recipient, orders.redirect()));
        }
        Set<EmailAddress> copies = new LinkedHashSet<>(orders.copy());
        copies.removeAll(recipients);
        copies.removeAll(orders.redirect());
        if (!copies.isEmpty()) {
            EmailAddress first = recipients.get(0);
            List<EmailAddress> all = new ArrayList<>(becomes.getOrDefault(first, List.of(first)));
            all.addAll(copies);
            becomes.put(first, all);
        }
        return becomes;
    }
}
