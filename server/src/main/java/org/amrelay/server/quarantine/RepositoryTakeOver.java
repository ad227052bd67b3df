// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.quarantine;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.amrelay.filtering.quarantine.MessageSummary;
import org.amrelay.filtering.quarantine.QuarantineReason;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.message.HeaderSection;
import org.amrelay.server.queue.QuarantineIntake;
import org.amrelay.storage.RelayStorage;
import org.amrelay.storage.mail.StoredMail;
import org.amrelay.storage.quarantine.QuarantineTakeOver;
import org.amrelay.storage.repository.Repositories;
import org.amrelay.storage.spool.NewQuarantined;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over what earlier versions, and configurations of theirs, keep in repositories; each mail in one transaction.
 *
 * <p>Nobody knows any more where such a mail was taken out: released, it starts from the first processor, and no quarantine
 * keeps it back again for a reason that is releasable. Used by one thread.
 */
final class RepositoryTakeOver {
    private static final Logger LOGGER = LoggerFactory.getLogger(RepositoryTakeOver.class);
    private static final Map<String, QuarantineReason> PLACES = Map.of(
            "relay://var/mail/quarantine/", reason("policy", true), "relay://var/mail/virus/", reason("virus", false));
    private static final int PAGE = 100;

    private final Repositories repositories;
    private final QuarantineTakeOver takeOver;
    private final Duration retention;

    RepositoryTakeOver(RelayStorage storage, Duration retention) {
        this.repositories = storage.repositories();
        this.takeOver = storage.quarantineTakeOver();
        this.retention = retention;
    }

    private static QuarantineReason reason(String kind, boolean releasable) {
        return new QuarantineReason(
                kind, "ToRepository", "was kept in a repository", OptionalDouble.empty(), "", releasable);
    }

    /** Moves what is there; blocks on the disk. @return how many mails */
    long round() {
        long moved = 0;
        List<String> known = repositories.urls();
        for (Map.Entry<String, QuarantineReason> place : PLACES.entrySet()) {
            if (known.contains(place.getKey())) {
                moved += takeOver(place.getKey(), place.getValue());
            }
        }
        return moved;
    }

    private long takeOver(String url, QuarantineReason reason) {
        long moved = 0;
        String after = "";
        List<String> keys = repositories.keys(url, after, PAGE);
        while (!keys.isEmpty()) {
            for (String key : keys) {
                moved += move(url, key, reason) ? 1 : 0;
                after = key;
            }
            keys = repositories.keys(url, after, PAGE);
        }
        return moved;
    }

    private boolean move(String url, String key, QuarantineReason reason) {
        Optional<StoredMail> mail = repositories.retrieve(url, key);
        if (mail.isEmpty() || mail.get().envelope().recipients().isEmpty()) {
            return false;
        }
        MessageSummary summary = summary(mail.get());
        return takeOver.move(
                url,
                key,
                (found, now) -> new NewQuarantined(
                        QuarantineIntake.fromTheStart(found),
                        found.envelope().recipients().stream()
                                .map(EnvelopeRecipient::address)
                                .distinct()
                                .toList(),
                        reason,
                        found.state(),
                        "",
                        summary.author(),
                        summary.subject(),
                        now.plus(retention),
                        false));
    }

    private static MessageSummary summary(StoredMail mail) {
        try {
            return MessageSummary.of(HeaderSection.read(mail.content()));
        } catch (IOException unreadable) {
            LOGGER.warn("the header of {} cannot be read: {}", mail.name(), unreadable.toString());
            return new MessageSummary("", "", "", "");
        }
    }
}
