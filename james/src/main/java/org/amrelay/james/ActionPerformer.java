// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.mail.MessagingException;
import org.amrelay.james.Action.Await;
import org.amrelay.james.Action.Change;
import org.amrelay.james.Action.ChangeSender;
import org.amrelay.james.Action.Continue;
import org.amrelay.james.Action.End;
import org.amrelay.james.Action.EndSome;
import org.amrelay.james.Action.GoTo;
import org.amrelay.james.Action.Hold;
import org.amrelay.james.Action.Rehead;
import org.amrelay.james.Action.Remake;
import org.amrelay.james.Action.TakeOver;
import org.amrelay.james.Action.TakeOverSome;
import org.amrelay.james.Action.Together;
import org.amrelay.james.Action.TryLater;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.recipient.RecipientState;
import org.apache.james.core.MailAddress;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Mail;
import org.apache.mailet.MailetContext;

/** Does to James' mail what an {@link Action} says. */
record ActionPerformer(String mailet, RecipientFates fates, Postponement postponement, MessageBytes bytes) {
    void perform(Action action, Mail mail, MailetContext context) throws MessagingException {
        if (action instanceof GoTo to) {
            Jump.because(to.reason(), mail);
            mail.setState(to.processor().name());
        } else if (action instanceof Change change) {
            replace(change, mail);
        } else if (action instanceof Rehead rehead) {
            MailHeader.replace(mail, rehead.fields());
        } else if (action instanceof ChangeSender change) {
            changeSender(change, mail);
        } else if (action instanceof End end) {
            end(end, mail);
        } else if (action instanceof EndSome some) {
            endSome(some, mail);
        } else if (action instanceof Remake remake) {
            bytes.put(mail, remake.message());
        } else if (action instanceof Hold hold) {
            HeldMail.mark(mail, hold.by());
        } else if (action instanceof Together together) {
            for (Action step : together.steps()) {
                perform(step, mail, context);
            }
        } else if (action instanceof TakeOver) {
            mail.setState(Mail.GHOST);
        } else if (action instanceof TakeOverSome some) {
            some.ended().forEach((recipient, end) -> note(mail, recipient, end));
            mail.setState(Mail.GHOST);
        } else if (action instanceof TryLater later) {
            postponement.postpone(mail, context, later.reason());
        } else if (action instanceof Await await) {
            postponement.suspend(mail, context, await.reason(), await.atMost());
        } else if (!(action instanceof Continue)) {
            throw new IllegalStateException("no such action: " + action);
        }
    }

    private static void changeSender(ChangeSender change, Mail mail) throws MessagingException {
        if (!(mail instanceof MailImpl own)) {
            throw new MessagingException("the sender of a " + mail.getClass().getName() + " cannot be changed");
        }
        DeliveryStatus.identify(mail, change.envelopeId());
        own.setSender(Addresses.toJames(change.sender()));
        PathsOfRecipients.attach(mail, change.each());
    }

    private void end(End end, Mail mail) {
        for (MailAddress recipient : mail.getRecipients()) {
            note(mail, Addresses.of(recipient), end);
        }
        mail.setState(Mail.GHOST);
    }

    private void endSome(EndSome some, Mail mail) throws MessagingException {
        Set<MailAddress> left = new LinkedHashSet<>();
        for (MailAddress recipient : List.copyOf(mail.getRecipients())) {
            End end = some.ended().get(Addresses.of(recipient));
            if (end == null) {
                left.add(recipient);
            } else {
                note(mail, Addresses.of(recipient), end);
            }
        }
        mail.setRecipients(left);
        if (left.isEmpty()) {
            mail.setState(Mail.GHOST);
        }
    }

    private void note(Mail mail, EmailAddress recipient, End end) {
        fates.note(mail, recipient, end.state(), end.by() + ": " + end.reason(), List.of());
    }

    private void replace(Change change, Mail mail) throws MessagingException {
        Set<MailAddress> recipients = new LinkedHashSet<>();
        for (MailAddress recipient : List.copyOf(mail.getRecipients())) {
            EmailAddress address = Addresses.of(recipient);
            List<EmailAddress> becomes = change.becomes().get(address);
            if (becomes == null) {
                recipients.add(recipient);
                continue;
            }
            for (EmailAddress next : becomes) {
                MailAddress added = Addresses.toJames(next);
                DeliveryStatus.inherit(mail, recipient, added);
                recipients.add(added);
            }
            fates.note(mail, address, RecipientState.EXPANDED, mailet + ": " + change.reason(), becomes);
        }
        mail.setRecipients(recipients);
        if (recipients.isEmpty()) {
            mail.setState(Mail.GHOST);
        }
    }
}
