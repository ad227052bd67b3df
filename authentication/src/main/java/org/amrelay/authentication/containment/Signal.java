// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.containment;

/** What speaks for a stolen account, with its greatest weight; 1 holds the account at the usual sensitivity. */
public enum Signal {
    /** The client's network is not among those that the account uses. */
    NEW_NETWORK(0.35),
    /** From there it writes to many that it never wrote to before: a drip slow enough to be no burst. */
    STRANGERS_AWAY(0.3),
    /** So is its country. */
    NEW_COUNTRY(0.2),
    /** More recipients than the account ever has in such a time. */
    BURST(0.45),
    /** More recipients that it never wrote to before than it ever has in such a time. */
    STRANGERS(0.65),
    /** The share of new recipients is far above the usual. */
    NEW_RECIPIENTS(0.4),
    /** Many recipients do not exist or want nothing; with enough of them this alone is extreme. */
    BOUNCES(1),
    /** The client's network guessed the password before it knew it. */
    GUESSED(0.4),
    /** Many networks at once: one password in the hands of a botnet. */
    SCATTERED(0.4),
    /** An hour at which the account never sends. */
    UNUSUAL_HOUR(0.15),
    /** The messages look like spam. */
    SPAM(0.5);

    private final double most;

    Signal(double most) {
        this.most = most;
    }

    /** Above 0, at most 1. */
    public double most() {
        return most;
    }
}
