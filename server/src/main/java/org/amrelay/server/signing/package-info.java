// SPDX-License-Identifier: Apache-2.0
/**
 * DKIM keys in a running relay: opened at the start, made for new domains, rotated in time.
 *
 * <p>Entry types: {@link org.amrelay.server.signing.SigningModule} (the parts), {@link
 * org.amrelay.server.signing.KeyUpkeep} (one thread of its own, where RSA keys are made and the DNS is asked, so that
 * neither a start nor a message waits for it). Whether keys can be opened is found out before mail is taken: mail that
 * should be signed and is not would be refused elsewhere.
 */
@NullMarked
package org.amrelay.server.signing;

import org.jspecify.annotations.NullMarked;
