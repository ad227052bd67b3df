// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.bounce.reason;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What was wrong, as a sender can act on it. */
public enum BounceCategory {
    /** There is no such mailbox. */
    ADDRESS_UNKNOWN,
    /** There is no such domain, or it takes no mail. */
    DOMAIN_UNKNOWN,
    MAILBOX_FULL,
    /** The mailbox exists, but is switched off. */
    MAILBOX_INACTIVE,
    /** The text or an attachment: spam, a virus, a forbidden file. */
    CONTENT,
    /** Somebody's rule about who may send what to whom. */
    POLICY,
    /** Our address or domain is on a list, or has a bad name. */
    REPUTATION,
    /** SPF, DKIM, DMARC or the client's name did not pass. */
    AUTHENTICATION,
    /** The message is too large. */
    SIZE,
    RELAY_DENIED,
    /** Greylisting, throttling and other ways to say: later. */
    TEMPORARY,
    /** A loop, or nobody knows the way. */
    ROUTING,
    /** The other server has trouble of its own. */
    SERVER_TROUBLE,
    /** Nobody answered, or not in time. */
    CONNECTION,
    /** One side did not understand the other. */
    PROTOCOL_ERROR,
    UNKNOWN;

    /** {@code address-unknown}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The category of a word as {@link #word} gives it. */
    public static Optional<BounceCategory> ofWord(String word) {
        return Stream.of(values()).filter(each -> each.word().equals(word)).findFirst();
    }

    /** Whether the address itself is at fault, so that other mail to it would fare no better. */
    public boolean blamesTheAddress() {
        return this == ADDRESS_UNKNOWN || this == DOMAIN_UNKNOWN || this == MAILBOX_INACTIVE;
    }
}
