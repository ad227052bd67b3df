// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.ledger;

import java.time.Instant;

/**
 * Something that happened to a mail.
 *
 * @param kind one word: accepted, step, handed-over, attempt, retry, notice, held, released, cancelled, stored, ...
 * @param text in words, one line
 */
public record TraceEvent(Instant at, String kind, String text) {}
