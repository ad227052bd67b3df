// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.content;

/** How a rule ends a mail. Immutable. */
public sealed interface Ending {
    /** Who says so. */
    String rule();

    /** @param text for the sender */
    record Reject(String rule, String text) implements Ending {}

    /** It is kept. */
    record Quarantine(String rule) implements Ending {}

    /** It is kept until somebody lets it go. */
    record Hold(String rule) implements Ending {}
}
