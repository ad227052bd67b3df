// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.destination;

import java.time.Duration;

/**
 * What the destination does at one step: a reply, a hang-up, either after a delay.
 *
 * <p>Immutable.
 *
 * @param reply the line without its end, such as {@code 250 2.0.0 done}; not sent when it hangs up
 * @param delay before it answers or hangs up; zero for at once
 * @param hangUp whether the connection is closed instead of a reply
 * @param taken whether the message (or the recipient) counts as received; true with a hang-up is the case in doubt
 */
public record Answer(String reply, Duration delay, boolean hangUp, boolean taken) {
    /** 250, at once. */
    public static Answer accept() {
        return new Answer("250 2.0.0 OK", Duration.ZERO, false, true);
    }

    /** A reply of the caller's, 2xx counts as taken. */
    public static Answer say(String reply) {
        return new Answer(reply, Duration.ZERO, false, reply.startsWith("2"));
    }

    /** Closes the connection; nothing was taken. */
    public static Answer vanish() {
        return new Answer("", Duration.ZERO, true, false);
    }

    /** Takes the message and closes the connection without a reply, so that the client cannot know. */
    public static Answer takeAndVanish() {
        return new Answer("", Duration.ZERO, true, true);
    }

    /** The same, later. */
    public Answer after(Duration wait) {
        return new Answer(reply, wait, hangUp, taken);
    }
}
