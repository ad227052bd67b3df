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
            boolean inAttempt) {}

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

    /** What an order to the queue did; deliveries in an attempt are left alone. */
    record Ordered(long changed, long inAttempt) {}
}
