// SPDX-License-Identifier: Apache-2.0
/**
 * One class per thing that {@code mailetcontainer.xml} orders to be done with a mail.
 *
 * <p>Each declares its parameters as a settings record and returns what it decided; the work is done by the rooms below,
 * the effect on James' mail by {@link org.amrelay.james.RelayMailet}. Called from many threads. Never bounces because
 * something of ours does not work.
 */
@NullMarked
package org.amrelay.mailets;

import org.jspecify.annotations.NullMarked;
