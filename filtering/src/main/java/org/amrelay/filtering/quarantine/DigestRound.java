// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.quarantine;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.amrelay.mail.address.EmailAddress;

/**
 * Sends digests when their time has come, to those only who are ours.
 *
 * <p>A recipient gets at most one at each time, with at most {@value #MOST_MAILS} mails in it, and a round sends at most
 * {@value #MOST_DIGESTS}; the next one goes on. For one thread at a time.
 */
public final class DigestRound {
    private static final int MOST_DIGESTS = 200;
    private static final int MOST_MAILS = 100;
    private static final int PAGE = 200;
    private static final int MOST_PAGES = 100;

    private final DigestBook book;
    private final DigestComposer composer;
    private final DigestTimes times;
    private final Predicate<EmailAddress> isOurs;
    private final Supplier<String> names;
    private final Map<String, String> attributes;
    private final InstantSource clock;

    /**
     * A round with all that it needs.
     *
     * @param isOurs whether an address is one of this relay's users
     * @param names gives each digest a name that nothing else has
     * @param attributes that digests carry, in text form, so that nobody makes a digest about a digest
     */
    public DigestRound(
            DigestBook book,
            DigestComposer composer,
            DigestTimes times,
            Predicate<EmailAddress> isOurs,
            Supplier<String> names,
            Map<String, String> attributes,
            InstantSource clock) {
        this.book = book;
        this.composer = composer;
        this.times = times;
        this.isOurs = isOurs;
        this.names = names;
        this.attributes = Map.copyOf(attributes);
        this.clock = clock;
    }

    /** Sends what is due; blocks on the disk. @return how many digests */
    public int round() {
        return send(times.lastUntil(clock.instant()));
    }

    /** Sends to all who have not been told, whatever the time. */
    public int everybody() {
        return send(clock.instant().plusMillis(1));
    }

    private int send(Instant slot) {
        int sent = 0;
        String after = "";
        for (int page = 0; page < MOST_PAGES && sent < MOST_DIGESTS; page++) {
            List<EmailAddress> waiting = book.awaiting(slot, after, PAGE);
            for (EmailAddress recipient : waiting) {
                sent += sent < MOST_DIGESTS && tell(recipient) ? 1 : 0;
            }
            if (waiting.size() < PAGE) {
                break;
            }
            after = waiting.get(waiting.size() - 1).toString();
        }
        return sent;
    }

    /** Sends a digest to one recipient, whatever the time; false when there is nothing new or the address is not ours. */
    public boolean tell(EmailAddress recipient) {
        if (!isOurs.test(recipient)) {
            return false;
        }
        List<QuarantinedMail> mails = book.newFor(recipient, MOST_MAILS);
        if (mails.isEmpty()) {
            return false;
        }
        Instant now = clock.instant();
        String name = names.get();
        book.send(
                new DigestMail(
                        name,
                        recipient,
                        composer.compose(recipient, mails, name, now),
                        mails.stream().map(QuarantinedMail::id).toList(),
                        attributes),
                now);
        return true;
    }
}
