// SPDX-License-Identifier: Apache-2.0
/**
 * Writes envelope journal reports: who sent a message to whom, also those whom its header does not show, and the message itself.
 *
 * <p>Entry type: {@link org.amrelay.filtering.journal.JournalReport}. The form is the one that archives know from Exchange: a
 * text of {@code name: value} lines, and the original as a part of its own (RFC 2046 §5.2.1), byte for byte. Stateless.
 *
 * <p>Never sends anything.
 */
@NullMarked
package org.amrelay.filtering.journal;

import org.jspecify.annotations.NullMarked;
