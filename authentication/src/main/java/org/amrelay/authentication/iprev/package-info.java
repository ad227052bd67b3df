// SPDX-License-Identifier: Apache-2.0
/**
 * Whether the name of a client leads back to it (policy iprev, RFC 8601 §3; forward-confirmed reverse DNS).
 *
 * <p>Entry type: {@link org.amrelay.authentication.iprev.IprevEvaluator}. At most ten names are followed. Refuses nothing
 * itself. Safe for several threads; blocks nowhere.
 */
@NullMarked
package org.amrelay.authentication.iprev;

import org.jspecify.annotations.NullMarked;
