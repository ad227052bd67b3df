// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.srs;

import java.util.Locale;
import java.util.Optional;
import org.amrelay.mail.address.EmailAddress;

/**
 * Marks a sender with the recipient for whom it is (VERP): {@code local=v=tttttttttttt@domain}.
 *
 * <p>The mark is a keyed hash of sender and recipient: sixty bits that nobody can make for another recipient, as short for
 * a long address as for a short one, and the same for each mail to that recipient, so that greylisting servers know the
 * sender again. It tells the recipient only to whoever kept it. Safe for several threads.
 */
public final class RecipientTag {
    private static final String MARK = "=v=";
    private static final int LENGTH = 12;
    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

    private final String secret;

    /** @param secret makes marks; reading them needs none */
    public RecipientTag(String secret) {
        this.secret = secret;
    }

    /** The sender for one recipient; what looks like a mark in his own name is a part of that name. */
    public EmailAddress mark(EmailAddress sender, EmailAddress recipient) {
        String both = ("verp " + sender + " " + recipient).toLowerCase(Locale.ROOT);
        byte[] mac = KeyedHash.of(secret, both);
        StringBuilder mark = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            // Five bits each, as they come
            int bit = 5 * i;
            int pair = (mac[bit / 8] & 0xff) << 8 | mac[bit / 8 + 1] & 0xff;
            mark.append(BASE32.charAt(pair >> 11 - bit % 8 & 31));
        }
        return new EmailAddress(sender.localPart() + MARK + mark, sender.domain());
    }

    /** The sender without its last mark; empty when there is none. Whether we made the mark is for the caller to know. */
    public static Optional<EmailAddress> unmarked(EmailAddress sender) {
        String local = sender.localPart();
        int at = local.length() - LENGTH - MARK.length();
        boolean marked = at > 0
                && local.regionMatches(true, at, MARK, 0, MARK.length())
                && local.substring(at + MARK.length())
                        .toLowerCase(Locale.ROOT)
                        .chars()
                        .allMatch(c -> BASE32.indexOf(c) >= 0);
        return marked ? Optional.of(new EmailAddress(local.substring(0, at), sender.domain())) : Optional.empty();
    }
}
