// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.quarantine;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Conditions on mails in quarantine; all given ones must hold.
 *
 * @param sender part of the envelope's sender or of the From field, in any case
 * @param recipient part of a recipient's address, in any case
 * @param subject part of the subject, in any case
 * @param reason part of kind, rule, words or scanner, in any case
 * @param account that submitted it, whole
 * @param before taken out before that time
 * @param since taken out then or later
 * @param leastScore at least that score
 * @param decided also those about which everything is decided
 */
public record QuarantineFilter(
        Optional<String> sender,
        Optional<String> recipient,
        Optional<String> subject,
        Optional<String> reason,
        Optional<String> account,
        Optional<Instant> before,
        Optional<Instant> since,
        OptionalDouble leastScore,
        boolean decided) {
    /** Everything that is kept. */
    public static QuarantineFilter kept() {
        return new QuarantineFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.empty(),
                false);
    }

    /** The same with those about which everything is decided. */
    public QuarantineFilter withDecided() {
        return new QuarantineFilter(sender, recipient, subject, reason, account, before, since, leastScore, true);
    }
}
