// SPDX-License-Identifier: Apache-2.0
/**
 * Which domains took responsibility for a message by signing it (DKIM, RFC 6376, 8301, 8463).
 *
 * <p>Entry types: {@link org.amrelay.authentication.dkim.DkimEvaluator} verifies the signatures of a message,
 * {@link org.amrelay.authentication.dkim.DkimSigner} makes them; both use the same {@code Canonicalization}. RSA from 1024
 * bits and Ed25519 are accepted, SHA-1 and shorter keys never. The body is read once for all signatures, in constant
 * memory; keys are looked up side by side. What the DNS could not say is a temporary error and never a failure.
 *
 * <p>Never says that a message is good: a result is about a domain, and what to make of it is decided elsewhere. Safe
 * for several threads; reading the body may block on the disk, keys do not.
 */
@NullMarked
package org.amrelay.authentication.dkim;

import org.jspecify.annotations.NullMarked;
