// SPDX-License-Identifier: Apache-2.0
/**
 * The addresses to which nothing is sent any more, and how the relay learns them.
 *
 * <p>Entry types: {@link org.amrelay.delivery.suppression.SuppressionStore}, implemented by storage, and
 * {@link org.amrelay.delivery.suppression.SuppressionLearner}. One definite <em>no such user</em>, two hard bounces within a
 * week or a complaint add an address; what somebody says about us (reputation, policy, content) never does. Never drops
 * mail: whoever asks refuses with a reason. Safe for several threads.
 */
@NullMarked
package org.amrelay.delivery.suppression;

import org.jspecify.annotations.NullMarked;
