// SPDX-License-Identifier: Apache-2.0
/**
 * The account of every recipient of every accepted mail, and the operators' hand on what waits.
 *
 * <p>Entry type: {@link org.amrelay.storage.ledger.Ledger}. A recipient has one row with one
 * {@link org.amrelay.mail.recipient.RecipientState}; a mail has an append-only list of events. The audit counts the tables
 * afresh and believes no counter.
 */
@NullMarked
package org.amrelay.storage.ledger;

import org.jspecify.annotations.NullMarked;
