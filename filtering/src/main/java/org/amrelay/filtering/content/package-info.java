// SPDX-License-Identifier: Apache-2.0
/**
 * Decides by the rules of {@code content-rules.yaml} what becomes of a message for each of its recipients.
 *
 * <p>Entry type: {@link org.amrelay.filtering.content.ContentFilter}. The file is read once into
 * {@link org.amrelay.filtering.content.ContentRuleFile} and compiled into {@link org.amrelay.filtering.content.ContentBook};
 * a message is looked at only as far as a rule asks, and each of its texts once. All of it is immutable but
 * {@link org.amrelay.filtering.content.RuledMessage}, which belongs to one message and one thread.
 *
 * <p>Never carries out an action, and never shows what it has found: evidence is masked.
 */
@NullMarked
package org.amrelay.filtering.content;

import org.jspecify.annotations.NullMarked;
