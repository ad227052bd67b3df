// SPDX-License-Identifier: Apache-2.0
/**
 * Our own DKIM keys: made, kept encrypted, published, rotated, and used for signing (RFC 6376 §3.6, §5; RFC 8463).
 *
 * <p>Entry types: {@link org.amrelay.authentication.keys.DkimKeys} does what operators and the timer want done,
 * {@link org.amrelay.authentication.keys.MessageSigner} signs. {@link org.amrelay.authentication.keys.KeyRing} holds the
 * opened keys in memory, so that no message costs a look-up; {@link org.amrelay.authentication.keys.DkimKeyStore} is the
 * port to where they are kept, sealed by a {@link org.amrelay.authentication.keys.SecretBox}. A rotation goes on when the
 * DNS shows the new key, never before.
 *
 * <p>Never writes the DNS and never shows a private key. Safe for several threads; to make an RSA key takes long.
 */
@NullMarked
package org.amrelay.authentication.keys;

import org.jspecify.annotations.NullMarked;
