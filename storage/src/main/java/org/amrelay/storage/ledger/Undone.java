// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.ledger;

/**
 * What was undone.
 *
 * @param order its kind, such as {@code hold}
 * @param restored deliveries that are as they were before
 * @param moved deliveries that had gone on meanwhile and were left alone
 */
public record Undone(String order, long restored, long moved) {}
