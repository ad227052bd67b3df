// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.admin;

import java.util.List;

/**
 * Everything an operator can ask of a relay or tell it.
 *
 * <p>Implementations block and are safe for several threads. Words that cannot be (a domain that is none, an account of
 * a foreign domain) are an {@link IllegalArgumentException} with a sentence for people.
 */
public interface Operations extends AutoCloseable {
    /** The most lines of one page. */
    int MOST = 1000;

    Answers.Status status();

    List<String> domains();

    /** Whether it was new. */
    boolean addDomain(String domain);

    /** Whether it was there. */
    boolean removeDomain(String domain);

    /** A page of the names in their order, after that name. */
    List<String> accounts(String after, int limit);

    /** Whether it was new; nothing happens when not. */
    boolean addAccount(String name, String password);

    /** Whether there is such an account. */
    boolean changePassword(String name, String password);

    /** Whether it was there. */
    boolean removeAccount(String name);

    /** A page of what waits for delivery, oldest first, after that id. */
    List<Answers.Queued> queue(QueueQuestion question, long afterId, int limit);

    /** What an order on all that the question selects would touch. */
    Answers.Impact impact(QueueQuestion question);

    /** Carries out an order on all that the question selects. */
    Answers.Ordered order(QueueOrder order, QueueQuestion question);

    /** Takes the last order back that is not older than five minutes. */
    Answers.Undone undo();

    /** All sites for an empty word, else the site with that name, or of that domain or next hop. */
    List<Answers.Site> sites(String word);

    /** The mails with that name, else the newest with that recipient, sender or message id; newest first. */
    List<Answers.Trace> trace(String what, int limit);

    Answers.AuditResult audit();

    /** The addresses to which nothing is sent. */
    SuppressionOperations suppressions();

    /** What concerns those who submit mail. */
    SubmissionOperations submission();

    /** Accounts whose mail is held. */
    ContainmentOperations containment();

    DkimOperations dkim();

    DmarcOperations dmarc();

    /** TLS reports that came in during the last days, and what is still to be reported; of all domains when empty. */
    TlsAnswers.Overview tlsReports(String domain, int days, int limit);

    QuarantineOperations quarantine();

    @Override
    void close();
}
