// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.amrelay.authentication.srs.BounceTag;
import org.amrelay.authentication.srs.OriginalSender;
import org.amrelay.authentication.srs.RecipientTag;
import org.amrelay.authentication.srs.SenderRewriting;
import org.amrelay.mail.address.EmailAddress;

/**
 * The return paths that this relay makes and recognises: tagged senders of ours (BATV), if wanted for each recipient apart
 * (VERP), and rewritten senders of forwarded mail (SRS).
 *
 * <p>Safe for several threads.
 */
public final class ReturnPaths {
    private static final Duration TAG = Duration.ofDays(7);
    private static final Duration FORWARD = Duration.ofDays(21);
    /** Twice of what programs use: strangers may guess as often as they like. */
    private static final int HASH = 8;

    private static final int LONGEST_LOCAL_PART = 64;

    private final BounceTag tags;
    private final RecipientTag marks;
    private final SenderRewriting forwards;

    /**
     * Return paths of one relay.
     *
     * @param domain of rewritten senders; bounces to it must reach this relay
     * @param secrets at least one; the first makes addresses, all are accepted
     */
    public ReturnPaths(String domain, List<String> secrets, InstantSource clock) {
        this.tags = new BounceTag(secrets, TAG, clock);
        this.marks = new RecipientTag(secrets.get(0));
        this.forwards = new SenderRewriting(new SenderRewriting.Settings(domain, secrets, FORWARD, HASH), clock);
    }

    /** The sender with a tag; without one when it would become longer than RFC 5321 §4.5.3.1.1 allows. */
    public EmailAddress sign(EmailAddress sender) {
        return ifShort(tags.tag(sender), sender);
    }

    /**
     * The sender with a tag for one recipient alone; without what does not fit into 64 characters. One that has a tag of ours
     * already stays as it is.
     */
    public EmailAddress sign(EmailAddress sender, EmailAddress recipient) {
        return tags.hasTag(sender) ? sender : ifShort(tags.tagMarked(marks.mark(sender, recipient)), sign(sender));
    }

    /** The sender in our domain; itself when it would become too long. */
    public EmailAddress forward(EmailAddress sender) {
        return ifShort(forwards.rewrite(sender), sender);
    }

    private static EmailAddress ifShort(EmailAddress made, EmailAddress otherwise) {
        return made.localPart().length() <= LONGEST_LOCAL_PART ? made : otherwise;
    }

    /** Who stands behind an address to which a bounce goes. */
    public OriginalSender original(EmailAddress recipient) {
        OriginalSender tagged = tags.original(recipient);
        if (tagged instanceof OriginalSender.Sender sender) {
            return !sender.isOfOneRecipient()
                    ? sender
                    : RecipientTag.unmarked(sender.address())
                            .<OriginalSender>map(unmarked -> new OriginalSender.Sender(unmarked, true))
                            .orElse(sender);
        }
        return tagged instanceof OriginalSender.NotRewritten ? forwards.original(recipient) : tagged;
    }
}
