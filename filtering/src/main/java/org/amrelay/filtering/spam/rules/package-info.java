// SPDX-License-Identifier: Apache-2.0
/**
 * Named tests with weights: what a message looks like, in words that people can read.
 *
 * <p>Entry types: {@link org.amrelay.filtering.spam.rules.RuleFile} reads {@code spam.yaml},
 * {@link org.amrelay.filtering.spam.rules.RuleBook} evaluates all tests at once. Patterns are RE2/J, phrases are found in one
 * pass over the text; both are linear in it. Looks nothing up. Safe for several threads.
 */
@NullMarked
package org.amrelay.filtering.spam.rules;

import org.jspecify.annotations.NullMarked;
