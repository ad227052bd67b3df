// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import java.util.List;
import java.util.Optional;
import org.amrelay.mail.address.EmailAddress;

/**
 * Finds the mail that a bounce is about among those that the relay sent.
 *
 * <p>What a bounce says of mail that was never sent is worth nothing: anybody can write one. Safe for several threads.
 */
public interface SentMail {
    /**
     * A mail that went to an address.
     *
     * @param name under which the trace shows it
     * @param account that submitted it; empty for mail from elsewhere
     * @param recipient the one of its recipients that was looked for
     */
    record Sent(String name, Optional<String> account, EmailAddress recipient) {}

    /**
     * The mail with that ENVID, else the newest of the sender that went to one of the recipients; blocks on the disk.
     *
     * @param envelopeId as a notice repeats it
     * @param sender as the mail was submitted
     * @param recipients any of them
     */
    Optional<Sent> find(Optional<String> envelopeId, EmailAddress sender, List<EmailAddress> recipients);

    /**
     * The newest mail that went out under a return path of one recipient's own; blocks on the disk.
     *
     * @param path as the bounce came to it
     */
    Optional<Sent> find(EmailAddress path);

    /** Adds an event to the story of a mail. */
    void note(String name, String kind, String text);
}
