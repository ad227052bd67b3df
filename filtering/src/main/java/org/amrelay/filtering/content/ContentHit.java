// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.content;

/**
 * A rule that hit.
 *
 * @param part the part or attachment in which it found something, such as {@code 1.2}; empty when it asked for nothing inside
 * @param offset in chars in the text of that part; -1 when it was not text
 * @param evidence masked: never what was found
 */
public record ContentHit(String rule, RuleMode mode, String part, int offset, String evidence) {
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(rule);
        if (mode != RuleMode.ENFORCE) {
            out.append(" (").append(mode.word()).append(')');
        }
        if (!part.isEmpty()) {
            out.append(" in ").append(part);
        }
        if (offset >= 0) {
            out.append(" at ").append(offset);
        }
        return evidence.isEmpty()
                ? out.toString()
                : out.append(": ").append(evidence).toString();
    }
}
