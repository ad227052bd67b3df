// SPDX-License-Identifier: Apache-2.0
/**
 * What the relay would do with a message, and why: {@code amr explain}.
 *
 * <p>Entry type: {@link org.amrelay.server.explain.Explainer}. It holds a conversation with the configured hooks, runs the
 * configured processors for what they accept, and evaluates the origin of the message, all with the parts that run in
 * earnest; in the place of storage, network and clock stand recorders, a zone file and a given instant. Opens no socket,
 * writes nothing. One case after the other on one thread.
 */
@NullMarked
package org.amrelay.server.explain;

import org.jspecify.annotations.NullMarked;
