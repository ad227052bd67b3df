// SPDX-License-Identifier: Apache-2.0
/**
 * The grammar of the ledger: the states that one recipient of one mail can be in, and the legal steps between them.
 *
 * <pre>
 *  ACCEPTED --> QUEUED --> DELIVERED | BOUNCED | EXPIRED | CANCELLED
 *     |          ^ |
 *     |          | v
 *     |         HELD  --> CANCELLED
 *     +--> EXPANDED | DISCARDED | QUARANTINED | BOUNCED
 *                                    | released, deleted or too old
 *                                    +--> EXPANDED | DISCARDED
 * </pre>
 *
 * <p>Entry type: {@link org.amrelay.mail.recipient.RecipientState}. Pure; storage enforces it, the ledger is audited with it.
 */
@NullMarked
package org.amrelay.mail.recipient;

import org.jspecify.annotations.NullMarked;
