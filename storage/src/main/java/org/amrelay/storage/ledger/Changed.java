// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.ledger;

/**
 * What an operator's order did.
 *
 * @param changed deliveries that are now as ordered
 * @param inAttempt deliveries that were selected but are being tried at this moment; they were left alone
 */
public record Changed(long changed, long inAttempt) {}
