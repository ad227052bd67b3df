// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.mail.MessagingException;
import org.amrelay.authentication.srs.OriginalSender;
import org.amrelay.delivery.bounce.BounceParser;
import org.amrelay.delivery.bounce.BounceResult;
import org.amrelay.delivery.bounce.BouncedRecipient;
import org.amrelay.delivery.bounce.report.ReportMessage;
import org.amrelay.delivery.dsn.NoticeWriter;
import org.amrelay.delivery.suppression.SuppressionLearner;
import org.amrelay.james.Addresses;
import org.amrelay.james.MailContent;
import org.amrelay.james.ReturnPaths;
import org.amrelay.james.SentMail;
import org.amrelay.mail.address.EmailAddress;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;

/** What is done about a bounce: who gets it, what is noted, what is learned. */
final class BounceIntake {
    /** Of so many recipients of one notice at most. */
    private static final int MOST = 10;
    /** Of so many authors of the mail that a complaint is about. */
    private static final int MOST_AUTHORS = 3;

    private final BounceParser parser = new BounceParser();
    private final ReturnPaths paths;
    private final SentMail sent;
    private final SuppressionLearner learner;

    BounceIntake(ReturnPaths paths, SentMail sent, SuppressionLearner learner) {
        this.paths = paths;
        this.sent = sent;
        this.learner = learner;
    }

    /**
     * What was done.
     *
     * @param becomes the senders in the place of their return paths
     */
    record Taken(Map<EmailAddress, List<EmailAddress>> becomes, String summary) {}

    Taken take(Mail mail) throws MessagingException, IOException {
        Map<EmailAddress, List<EmailAddress>> becomes = new LinkedHashMap<>();
        Set<EmailAddress> senders = new LinkedHashSet<>();
        Set<EmailAddress> ownPaths = new LinkedHashSet<>();
        for (MailAddress recipient : mail.getRecipients()) {
            EmailAddress address = Addresses.of(recipient);
            if (paths.original(address) instanceof OriginalSender.Sender sender) {
                becomes.put(address, List.of(sender.address()));
                if (sender.isOfOneRecipient()) {
                    ownPaths.add(address);
                } else {
                    senders.add(sender.address());
                }
            }
        }
        BounceResult result;
        try (InputStream in = MailContent.of(mail).open()) {
            result = parser.read(in.readNBytes(ReportMessage.MOST_BYTES));
        }
        if (!NoticeWriter.isOwn(mail.getName())) {
            ownPaths.forEach(path -> learnOfOne(result, path, mail.getName()));
            if (ownPaths.isEmpty() || !senders.isEmpty()) {
                learn(result, senders, mail.getName());
            }
        }
        return new Taken(becomes, "a " + result.kind() + " for " + becomes.values());
    }

    /** What came to the return path of one recipient concerns that one, whomever it names. */
    private void learnOfOne(BounceResult result, EmailAddress path, String by) {
        Optional<SentMail.Sent> mail = sent.find(path);
        if (mail.isPresent() && result instanceof BounceResult.Complaint complaint) {
            complained(complaint, mail.get(), by);
        } else if (mail.isPresent()) {
            OneOfMany.of(result, mail.get().recipient()).ifPresent(each -> noted(result, each, mail.get(), by));
        }
    }

    private void learn(BounceResult result, Set<EmailAddress> senders, String by) {
        if (result instanceof BounceResult.Complaint complaint) {
            complain(complaint, senders, by);
            return;
        }
        for (EmailAddress sender : senders) {
            result.recipients().stream().limit(MOST).forEach(each -> note(result, each, sender, by));
        }
    }

    private void note(BounceResult result, BouncedRecipient recipient, EmailAddress sender, String by) {
        sent.find(result.original().envelopeId(), sender, OneOfMany.addresses(recipient))
                .ifPresent(mail -> noted(result, recipient, mail, by));
    }

    private void noted(BounceResult result, BouncedRecipient recipient, SentMail.Sent mail, String by) {
        String words = recipient.reason().category().word() + " "
                + recipient.reason().status().map(code -> code + " ").orElse("") + recipient.diagnostic();
        sent.note(mail.name(), result.kind(), mail.recipient() + ": " + words + " (" + by + ")");
        if (result instanceof BounceResult.Bounce && mail.account().isPresent()) {
            learner.refused(mail.account().get(), mail.recipient(), recipient.reason(), "notice " + by + ": " + words);
        }
    }

    private void complain(BounceResult.Complaint complaint, Set<EmailAddress> returnPaths, String by) {
        List<EmailAddress> complainants = complaint.complainants().stream()
                .limit(MOST)
                .flatMap(text -> EmailAddress.parse(text).stream())
                .toList();
        Set<EmailAddress> senders = new LinkedHashSet<>(returnPaths);
        if (senders.isEmpty()) {
            // A return path says for certain whose mail it was; what the complaint quotes may be forged
            complaint.original().from().stream()
                    .limit(MOST_AUTHORS)
                    .flatMap(text -> EmailAddress.parse(text).stream())
                    .forEach(senders::add);
        }
        for (EmailAddress sender : senders) {
            Optional<SentMail.Sent> mail = sent.find(Optional.empty(), sender, complainants);
            if (mail.isPresent()) {
                complained(complaint, mail.get(), by);
                return;
            }
        }
    }

    private void complained(BounceResult.Complaint complaint, SentMail.Sent mail, String by) {
        String words = complaint.feedbackType() + " (" + by + ")";
        sent.note(mail.name(), complaint.kind(), mail.recipient() + ": " + words);
        mail.account()
                .filter(account -> complaint.isUnwanted())
                .ifPresent(account -> learner.complained(account, mail.recipient(), "complaint " + words));
    }
}
