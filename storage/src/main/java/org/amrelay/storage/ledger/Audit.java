// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.amrelay.mail.recipient.RecipientState;

/**
 * The ledger recounted from its tables.
 *
 * @param mails how many were accepted and are not forgotten
 * @param recipients rows, also those that processing added
 * @param byState every state, with 0 where none is
 * @param unaccounted recipients that are accepted but not in the spool, queued or held but in no delivery, or whose mail or
 *     delivery misses its bytes; must be 0
 * @param inDoubt delivered, queued or held ones to whom the mail may have gone more than once
 * @param findings what is wrong, one line each, at most 100
 */
public record Audit(
        Instant at,
        long mails,
        long recipients,
        Map<RecipientState, Long> byState,
        long unaccounted,
        long inDoubt,
        List<String> findings) {
    public Audit {
        byState = Map.copyOf(byState);
        findings = List.copyOf(findings);
    }
}
