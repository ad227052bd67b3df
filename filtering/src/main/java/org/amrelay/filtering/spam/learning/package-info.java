// SPDX-License-Identifier: Apache-2.0
/**
 * The statistical classifier: a regularised logistic regression over hashed features, learned online.
 *
 * <p>Entry types: {@link org.amrelay.filtering.spam.learning.Features} turns a message into hashed features,
 * {@link org.amrelay.filtering.spam.learning.WeightTable} holds what was learned about them,
 * {@link org.amrelay.filtering.spam.learning.ModelFile} keeps it. Tables have a fixed size. What only tells one collection
 * of mail from another is not among the features: docs/guide/spam.md lists what is left out.
 */
@NullMarked
package org.amrelay.filtering.spam.learning;

import org.jspecify.annotations.NullMarked;
