// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.admin;

import java.util.List;

/** The shapes of what operators read about the quarantine; as {@link Answers}. */
public interface QuarantineAnswers {
    /**
     * A mail in quarantine.
     *
     * @param reason in words
     * @param score empty when it has none
     * @param point behind which line it goes on; empty: it starts anew
     * @param reported {@code ham}, {@code spam} or empty
     */
    record Kept(
            long id,
            String mail,
            String sender,
            String author,
            String subject,
            String account,
            long size,
            String kind,
            String rule,
            String reason,
            String score,
            String scanner,
            boolean releasable,
            String processor,
            String point,
            String client,
            String takenAt,
            String expiresAt,
            String reported,
            List<Copy> recipients) {}

    /** One recipient of it. @param state {@code kept}, {@code released}, {@code deleted} or {@code expired} */
    record Copy(String address, String state, String changedAt, String by) {}

    /** How much an order would touch; nothing is done yet. */
    record Amount(long mails, long recipients, long bytes) {}

    /**
     * What an order did.
     *
     * @param before mails about which everything was decided before
     * @param refused mails that may not be released
     */
    record Decided(long mails, long recipients, long before, long refused) {}

    /** A look inside. @param whole whether nothing was left out because of its length */
    record Preview(
            String author,
            String to,
            String subject,
            String date,
            String text,
            String html,
            List<String> links,
            List<String> attachments,
            boolean whole) {}

    /** How many digests were sent. */
    record Digests(int sent) {}
}
