// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.admin;

import java.util.List;
import java.util.Map;

/**
 * The shapes of what operators read, the same in the API and with {@code --json}.
 *
 * <p>Times are ISO 8601 in UTC, sizes are bytes. What is not known is empty text. Fields are added, never renamed.
 */
public interface Answers {

    /**
     * How the relay is.
     *
     * @param running whether a relay runs on this home
     * @param ready whether it takes mail
     * @param pid 0 when none runs
     * @param listening address by name of the port
     * @param spooled mails that wait for processing
     * @param queued deliveries that wait, held ones too
     * @param lanes next hops with something to deliver
     */
    record Status(
            boolean running,
            boolean ready,
            String version,
            String hostname,
            long pid,
            String startedAt,
            Map<String, String> listening,
            long spooled,
            long queued,
            int domains,
            long accounts,
            List<Lane> lanes) {}

    /** What waits for one next hop. */
    record Lane(String nextHop, long waiting, String nextDueAt) {}

    /**
     * What DMARC reports say of one source.
     *
     * @param passed by DKIM or SPF, aligned
     * @param failed neither
     * @param reporters how many organizations saw it
     */
    record DmarcSource(
            String domain,
            String source,
            long messages,
            long passed,
            long failed,
            long dkim,
            long spf,
            long quarantined,
            long rejected,
            long reporters,
            String lastSeen) {}

    /**
     * What a DMARC failure report says.
     *
     * @param unaligned methods without an aligned identity
     * @param signature domain and selector of the one that failed
     * @param result what became of the message
     */
    record DmarcFailure(
            String domain,
            String source,
            String failure,
            String unaligned,
            String signature,
            String sender,
            String result,
            long incidents,
            String arrival,
            String reporter) {}

    /** One delivery that waits. */
    record Queued(
            long id,
            String mail,
            String sender,
            String nextHop,
            List<Recipient> recipients,
            long size,
            String acceptedAt,
            String dueAt,
            String expiresAt,
            int attempts,
            boolean held,
            boolean inAttempt,
            String account,
            String cancelledAt) {}

    /** One recipient of a mail: its row in the ledger. */
    record Recipient(
            String address,
            String state,
            String changedAt,
            String by,
            String lastReply,
            String peer,
            String tls,
            boolean inDoubt) {}

    /** The story of one mail. */
    record Trace(
            long id,
            String mail,
            String sender,
            String account,
            String from,
            String protocol,
            long size,
            String acceptedAt,
            List<Recipient> recipients,
            List<Event> events) {}

    /** Something that happened to a mail. */
    record Event(String at, String kind, String text) {}

    /** The ledger recounted. */
    record AuditResult(
            String at,
            long mails,
            long recipients,
            Map<String, Long> states,
            long unaccounted,
            long inDoubt,
            List<String> findings) {}

    /**
     * How a site stands: all domains whose mail exchangers belong to one provider.
     *
     * @param why one sentence, empty when nothing slows it
     * @param waiting deliveries, as far as their site is known
     * @param lanes next hops of it with something waiting
     * @param rate what part of the full rate is used, in percent
     * @param ratePerSecond the most that may begin in a second, 0 when nothing limits it
     * @param drained when all that waits now will be gone, as an estimate
     * @param held accounts that are kept back, and until when
     * @param decisions what was changed and why, oldest first
     */
    record Site(
            String name,
            String at,
            String why,
            long waiting,
            int lanes,
            int active,
            int concurrency,
            long rate,
            double ratePerSecond,
            double deliveredPerSecond,
            String pausedUntil,
            String nextRaise,
            String drained,
            Map<String, String> held,
            List<Event> decisions) {}

    /** What an order would touch. */
    record Impact(long deliveries, long recipients, long bytes, List<Share> senders, List<Share> nextHops) {}

    /** One name and its part of the deliveries. */
    record Share(String name, long deliveries) {}

    /**
     * What undoing did.
     *
     * @param order what was undone, empty when there was nothing
     * @param moved deliveries that had gone on and were left alone
     */
    record Undone(String order, long restored, long moved) {}

    /**
     * Something beside its password that lets an account in.
     *
     * @param lastUsedAt empty when it was never used
     * @param fingerprint of a certificate, SHA-256 in hexadecimal; empty for an app password
     */
    record LogIn(String name, String createdAt, String lastUsedAt, String fingerprint) {}

    /** A network that is kept out; the number says how often it was. */
    record Banned(String network, String since, String until, int number) {}

    /**
     * An account whose mail is held.
     *
     * @param mail name of the mail that gave rise to it, empty for an order
     * @param recalled whether its mail was recalled
     * @param held deliveries that wait for the release
     */
    record Contained(
            String account, String since, String by, String reason, String mail, boolean recalled, long held) {}

    /** What the release of an account did: how many deliveries go now. */
    record Released(boolean wasContained, long released) {}

    /** What an order to the queue did; deliveries in an attempt are left alone. */
    record Ordered(long changed, long inAttempt) {}

    /**
     * An address to which nothing is sent.
     *
     * @param account whose mail is meant; empty: everybody's
     * @param reason no-such-user, hard-bounces, complaint or manual
     * @param source who said so
     * @param until empty: for ever
     */
    record Suppressed(
            long id, String address, String account, String reason, String source, String since, String until) {}

    /** How many entries were new. */
    record Added(int added) {}
}
