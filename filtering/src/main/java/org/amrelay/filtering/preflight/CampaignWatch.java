// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.preflight;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amrelay.filtering.preflight.Campaigns.Campaign;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.message.MessageHeader;
import org.amrelay.mail.message.MessageView;
import org.amrelay.mail.mime.Mailbox;

/**
 * Counts what accounts write to many, and looks at that: at the message, and at what the DNS says. Mail to few costs a
 * look at its header. Safe for several threads.
 */
public final class CampaignWatch {
    private static final Duration REMEMBERED = Duration.ofMinutes(10);
    private static final int MOST_REMEMBERED = 1_000;

    private final Campaigns campaigns = new Campaigns();
    private final PublishedNames names;
    private final Map<String, Known> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    /** What the DNS said, or did not say, for the messages that follow: each would else wait for names that do not answer. */
    private record Known(List<Shortcoming> missing, Instant until) {}

    /** @param dns asked for mail to many only */
    public CampaignWatch(Dns dns) {
        this.names = new PublishedNames(dns);
    }

    /**
     * Looks at a message of an account; waits for the DNS port, which has time-outs, when it is one to many.
     *
     * @param recipients of this message
     * @return empty for mail to few
     */
    public Optional<CampaignFindings> look(
            CampaignSettings settings, String account, MessageView view, SenderFacts facts, int recipients) {
        String author = authorDomain(view.header());
        Optional<Campaign> campaign = campaigns.count(settings, account, author, recipients, facts.now());
        return campaign.map(counted -> {
            List<Shortcoming> found = new ArrayList<>(Preflight.of(view, facts));
            found.addAll(missing(author, facts, settings));
            return new CampaignFindings(account, author, counted.recipients(), counted.isNew(), found);
        });
    }

    private List<Shortcoming> missing(String author, SenderFacts facts, CampaignSettings settings) {
        String key = author + ' ' + facts.envelopeDomain();
        synchronized (known) {
            Known before = known.get(key);
            if (before != null && facts.now().isBefore(before.until())) {
                return before.missing();
            }
        }
        List<Shortcoming> missing = names.missing(author, facts.envelopeDomain(), settings.leavesFrom())
                .toCompletableFuture()
                .join();
        synchronized (known) {
            known.put(key, new Known(missing, facts.now().plus(REMEMBERED)));
        }
        return missing;
    }

    /** Notes that the sender was told. */
    public void told(CampaignFindings findings, SenderFacts facts) {
        campaigns.told(findings.account(), findings.authorDomain(), facts.now());
    }

    /** The author's domain; empty text when there is none. */
    public static String authorDomain(MessageHeader header) {
        return header.from().stream().findFirst().map(Mailbox::domain).orElse("");
    }
}
