// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.queue;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.amrelay.filtering.quarantine.MessageSummary;
import org.amrelay.filtering.quarantine.QuarantineStore;
import org.amrelay.james.Jump;
import org.amrelay.james.KeptBack;
import org.amrelay.james.MailQuarantine;
import org.amrelay.james.QuarantineMarks;
import org.amrelay.mail.message.HeaderSection;
import org.amrelay.storage.mail.StoredMail;
import org.amrelay.storage.spool.NewQuarantined;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;

/**
 * Notes mail that is kept back with the spool item that is being processed, made ready to go on later: behind the line that
 * took it out, or, when that is the last line of its processor, behind the line that sent it there.
 *
 * <p>Safe for several threads.
 */
public final class QuarantineIntake implements MailQuarantine {
    /** The processor with which everything begins. */
    static final String FIRST_PROCESSOR = "root";

    private final OpenItems openItems;

    @Inject
    public QuarantineIntake(OpenItems openItems) {
        this.openItems = openItems;
    }

    @Override
    public void keep(Mail mail, KeptBack how) throws MessagingException {
        OpenItem item =
                openItems.of(mail).orElseThrow(() -> new MessagingException(mail.getName() + " is not in processing"));
        Optional<Jump> goesOn = item.placeToGoOn().or(() -> Jump.of(mail));
        StoredMail now = MailCodec.toStored(mail);
        String released = QuarantineMarks.releasedAlso(mail, how.reason().kind());
        item.keepBack(new NewQuarantined(
                goingOn(now, goesOn, released),
                how.recipients(),
                how.reason(),
                Optional.ofNullable(mail.getState()).orElse(""),
                goesOn.map(Jump::toString).orElse(""),
                summary(now).author(),
                summary(now).subject(),
                how.expiresAt(),
                how.tells()));
    }

    private static MessageSummary summary(StoredMail mail) throws MessagingException {
        try {
            return MessageSummary.of(HeaderSection.read(mail.content()));
        } catch (IOException unreadable) {
            throw new MessagingException(mail.name() + " cannot be read", unreadable);
        }
    }

    /** The mail as it leaves the quarantine one day. */
    static StoredMail goingOn(StoredMail mail, Optional<Jump> behind, String released) {
        Map<String, String> attributes = new HashMap<>();
        mail.attributes().forEach((name, value) -> {
            if (!isOfThisProcessing(name)) {
                attributes.put(name, value);
            }
        });
        attributes.put(QuarantineMarks.RELEASED.asString(), text(released));
        behind.ifPresent(line -> attributes.put(QuarantineStore.GO_ON_AFTER, text(line.text())));
        return new StoredMail(
                mail.name(),
                mail.envelope(),
                mail.content(),
                behind.map(Jump::processor).orElse(FIRST_PROCESSOR),
                Optional.empty(),
                attributes,
                mail.origin(),
                mail.lastUpdated());
    }

    /** A mail of which nobody knows where it was taken out: it starts from the first processor, released for all reasons. */
    public static StoredMail fromTheStart(StoredMail mail) {
        return goingOn(mail, Optional.empty(), QuarantineMarks.EVERY_REASON);
    }

    private static boolean isOfThisProcessing(String name) {
        return name.equals(OpenItems.ITEM.asString())
                || name.equals(QuarantineStore.GO_ON_AFTER)
                || Jump.isAttribute(name)
                || QuarantineMarks.isPassing(name);
    }

    private static String text(String value) {
        return AttributeValue.of(value)
                .toJson()
                .orElseThrow(() -> new IllegalStateException("a text has a text form"))
                .toString();
    }
}
