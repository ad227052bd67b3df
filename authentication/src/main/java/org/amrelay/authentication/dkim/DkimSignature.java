// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.dkim;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A DKIM-Signature header field (RFC 6376 §3.5); domains in canonical form.
 *
 * @param algorithm {@code a=} as written
 * @param identity {@code i=}, or the domain with an at sign before it
 * @param identityDomain what stands behind the at sign of the identity
 * @param bodyLength {@code l=}; empty for all of it
 * @param unsigned the raw field with an empty {@code b=}
 */
record DkimSignature(
        String algorithm,
        Canonicalization headerForm,
        Canonicalization bodyForm,
        String domain,
        String selector,
        String identity,
        String identityDomain,
        List<String> fields,
        Optional<Long> bodyLength,
        byte[] bodyHash,
        byte[] signature,
        List<String> queries,
        Optional<Instant> signedAt,
        Optional<Instant> expires,
        String unsigned) {
    DkimSignature {
        fields = List.copyOf(fields);
        queries = List.copyOf(queries);
    }
}
