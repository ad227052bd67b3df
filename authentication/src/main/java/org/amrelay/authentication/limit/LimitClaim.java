// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.limit;

/**
 * An event that a rule has to find room for.
 *
 * @param rule that limits it
 * @param subject whose count it is: what the rule's scope names
 * @param amount how much of what the rule measures; 1 for a recipient
 * @param member the recipient, for rules that tell them apart; else empty text
 */
public record LimitClaim(LimitRule rule, String subject, long amount, String member) {
    /** Which count it is. */
    public String key() {
        return rule.name() + ' ' + subject;
    }
}
