// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.spool;

/**
 * One mailet that ran for a mail.
 *
 * @param processor where it stands
 * @param matcher with its condition, {@code RecipientIsLocal} or {@code SizeGreaterThan=10m}
 * @param mailet class name, short where it is ours
 * @param micros how long matcher and mailet took
 * @param changed what is different after it, in words; empty text when nothing is
 */
public record TraceStep(String processor, String matcher, String mailet, long micros, String changed) {
    /** What {@link #changed()} says of a mailet that changed the message. */
    public static final String MESSAGE = "changed the message";

    /** Whether the message is another one after it. */
    public boolean changedTheMessage() {
        return changed.contains(MESSAGE);
    }
}
