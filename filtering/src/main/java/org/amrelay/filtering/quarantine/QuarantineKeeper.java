// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.quarantine;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.amrelay.mail.address.EmailAddress;

/**
 * Throws away what is too old, and the oldest of what is too much.
 *
 * <p>Each round works for at most {@value #MOST} mails of each kind, so that it ends; the next one goes on. For one thread.
 */
public final class QuarantineKeeper {
    private static final int MOST = 1_000;
    private static final int MOST_RECIPIENTS = 100;
    private static final int MOST_OF_ONE = 10_000;

    private final QuarantineStore mails;
    private final QuarantineStock stock;
    private final QuarantineLimits limits;
    private final InstantSource clock;

    public QuarantineKeeper(QuarantineStores stores, QuarantineLimits limits, InstantSource clock) {
        this.mails = stores.mails();
        this.stock = stores.stock();
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * What a round threw away, in copies.
     *
     * @param old because of their age
     * @param crowded because of the limit of all
     * @param heavy because of the limit of their recipient
     */
    public record Round(long old, long crowded, long heavy) {
        public long all() {
            return old + crowded + heavy;
        }
    }

    /** Does what is due; blocks on the disk. */
    public Round round() {
        long old = mails.expire(QuarantineDecision.about(stock.due(clock.instant(), MOST), "its retention"))
                .recipients();
        long crowded = crowded();
        long heavy = 0;
        for (EmailAddress recipient : stock.heavierThan(limits.recipientBytes(), MOST_RECIPIENTS)) {
            heavy += heavy(recipient);
        }
        stock.forget(clock.instant(), MOST);
        return new Round(old, crowded, heavy);
    }

    private long crowded() {
        long tooMuch = stock.bytes() - limits.totalBytes();
        List<Long> going = new ArrayList<>();
        if (tooMuch > 0) {
            for (QuarantineStock.Kept kept : stock.oldest(MOST)) {
                if (tooMuch <= 0) {
                    break;
                }
                going.add(kept.id());
                tooMuch -= kept.size();
            }
        }
        return mails.expire(QuarantineDecision.about(going, "the limit of the quarantine"))
                .recipients();
    }

    /** The newest ones stay as long as they fit. */
    private long heavy(EmailAddress recipient) {
        long sum = 0;
        List<Long> going = new ArrayList<>();
        for (QuarantineStock.Kept kept : stock.keptFor(recipient, MOST_OF_ONE)) {
            sum += kept.size();
            if (sum > limits.recipientBytes()) {
                going.add(kept.id());
            }
        }
        return mails.expire(new QuarantineDecision(going, Set.of(recipient), "the limit of the recipient"))
                .recipients();
    }
}
