// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.virus;

/** What an engine says of a message. Immutable. */
public sealed interface ScanResult {
    /** Nothing was found. */
    record Clean() implements ScanResult {}

    /**
     * Something was found.
     *
     * @param signature the engine's name for it, printable ASCII, at most 200 characters
     */
    record Infected(String signature) implements ScanResult {
        private static final int LONGEST = 200;

        public Infected {
            StringBuilder kept = new StringBuilder();
            signature.chars().limit(LONGEST).forEach(c -> kept.append(c > ' ' && c < 127 ? (char) c : '_'));
            signature = kept.isEmpty() ? "unnamed" : kept.toString();
        }
    }

    /**
     * The engine works, but not on this message.
     *
     * @param why part of a sentence
     */
    record Unscannable(String why) implements ScanResult {}

    /**
     * No engine has answered: temporary, and no fault of the message.
     *
     * @param cause for the log
     * @param busy whether engines work but have too much to do
     */
    record Unavailable(String cause, boolean busy) implements ScanResult {}

    /**
     * The engine failed on this message and is well otherwise: temporary, but held against the message, so that one message
     * cannot stop all others.
     *
     * @param cause for the log
     */
    record Troubled(String cause) implements ScanResult {}
}
