// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.amrelay.filtering.disclaimer.Disclaimer;
import org.amrelay.filtering.disclaimer.DisclaimerResult;
import org.amrelay.filtering.disclaimer.DisclaimerWriter;
import org.amrelay.filtering.disclaimer.Disclaimers;
import org.amrelay.james.Action;
import org.amrelay.james.ContentFacts;
import org.amrelay.james.RelayMailet;
import org.amrelay.mail.message.MessageView;
import org.amrelay.mail.mime.Mailbox;
import org.apache.mailet.Mail;

/**
 * Appends the text of {@code conf/disclaimers} for the author's domain, once per thread, to plain text and HTML.
 *
 * <p>Stands before what signs, and behind matchers that say for whom: {@code SenderIsAuthenticated} for mail of accounts. What
 * is signed or encrypted, mail under the null sender, and what the relay itself writes stays as it is. Blocks on the disk.
 */
public final class AddDisclaimer extends RelayMailet<AddDisclaimer.Settings> {
    /** No parameters. */
    public record Settings() {}

    private final Disclaimers disclaimers;

    /** Called by James. */
    @Inject
    public AddDisclaimer(Disclaimers disclaimers) {
        this.disclaimers = disclaimers;
    }

    @Override
    protected Action decide(Mail mail, Settings settings) throws MessagingException, IOException {
        if (mail.getMaybeSender().isNullSender() || ContentFacts.isOwnMail(mail)) {
            return new Action.Continue("a notice gets no disclaimer");
        }
        MessageView view = viewOf(mail);
        List<Mailbox> from = view.header().from();
        String domain = from.size() == 1 ? from.get(0).domain() : "";
        Optional<Disclaimer> disclaimer = disclaimers.of(domain);
        if (disclaimer.isEmpty()) {
            return new Action.Continue("no disclaimer for this domain");
        }
        DisclaimerResult result = DisclaimerWriter.add(view, disclaimer.get());
        return result instanceof DisclaimerResult.Added added
                ? new Action.Remake(added.message(), "disclaimer in " + added.parts() + " parts")
                : new Action.Continue("no disclaimer: " + ((DisclaimerResult.LeftAlone) result).reason());
    }
}
