// SPDX-License-Identifier: Apache-2.0
/**
 * How well spam is told from wanted mail, and learning from folders of messages.
 *
 * <p>Entry types: {@link org.amrelay.filtering.spam.evaluation.Corpus}, which reads folders of messages, and {@link
 * org.amrelay.filtering.spam.evaluation.Evaluation}. For the command line, not for mail on its way; for one thread.
 */
@NullMarked
package org.amrelay.filtering.spam.evaluation;

import org.jspecify.annotations.NullMarked;
