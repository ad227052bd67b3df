// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.quarantine;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.amrelay.mail.address.ReversePath;

/**
 * A mail in quarantine, without its bytes.
 *
 * @param mailName under which the trace knows it
 * @param author the From field, decoded
 * @param subject decoded
 * @param account that submitted it
 * @param size in bytes
 * @param processor in which it was taken out
 * @param point after which line it goes on when it is released, in words; empty when nobody knows
 * @param remoteAddress of the client
 * @param expiresAt {@link #NEVER} when it does not
 * @param reportedAs what a person called it: {@code ham}, {@code spam}, or empty text
 */
public record QuarantinedMail(
        long id,
        String mailName,
        ReversePath sender,
        String author,
        String subject,
        Optional<String> account,
        long size,
        QuarantineReason reason,
        String processor,
        String point,
        String remoteAddress,
        Instant takenAt,
        Instant expiresAt,
        List<QuarantinedRecipient> recipients,
        String reportedAs) {
    /** Later than everything. */
    public static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

    public QuarantinedMail {
        recipients = List.copyOf(recipients);
    }

    /** Whether somebody is left for whom nothing is decided; else the bytes are gone. */
    public boolean isKept() {
        return recipients.stream().anyMatch(QuarantinedRecipient::isKept);
    }
}
