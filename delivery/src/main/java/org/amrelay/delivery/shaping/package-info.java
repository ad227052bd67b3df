// SPDX-License-Identifier: Apache-2.0
/**
 * How hard the relay pushes each destination site, and what it learns from the site's replies.
 *
 * <p>Entry types: {@link org.amrelay.delivery.shaping.ShapingRules}, what the operator wants, and {@link
 * org.amrelay.delivery.shaping.SiteThrottle}, how one site stands. A site is all domains whose best mail exchangers belong
 * to one provider. Pure but for the throttle and the lines, which belong to one thread; time and memory come from the
 * caller. Never decides about a mail: it says when, and how many at a time.
 */
@NullMarked
package org.amrelay.delivery.shaping;

import org.jspecify.annotations.NullMarked;
