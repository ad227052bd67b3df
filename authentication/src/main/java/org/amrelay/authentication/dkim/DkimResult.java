// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.dkim;

import java.util.Locale;

/**
 * What one signature says.
 *
 * <p>Immutable.
 *
 * @param domain {@code d=}; empty when the signature cannot be read
 * @param selector {@code s=}; empty when the signature cannot be read
 * @param identity {@code i=}, or the domain with an at sign before it; empty when the signature cannot be read
 * @param algorithm {@code a=}; empty when the signature cannot be read
 * @param reason why it is not a pass, or what is special about it; may be empty
 * @param signatureStart the first eight characters of {@code b=}, to tell signatures apart (RFC 6008)
 * @param testing the domain is trying DKIM out ({@code t=y}, RFC 6376 §3.6.1)
 * @param wholeBody false when text behind the signed part of the body may have been added by anybody ({@code l=})
 */
public record DkimResult(
        Status status,
        String domain,
        String selector,
        String identity,
        String algorithm,
        String reason,
        String signatureStart,
        boolean testing,
        boolean wholeBody) {
    /** The results of RFC 8601 §2.7.1, less {@code none}: that is a message without signatures. */
    public enum Status {
        /** The domain takes responsibility for the message. */
        PASS,
        /** The message is not the one that was signed. */
        FAIL,
        /** The signature cannot be understood. */
        NEUTRAL,
        /** The signature is not acceptable here, as with a short key. */
        POLICY,
        /** The DNS did not say; asking later may give another answer. */
        TEMPERROR,
        /** The signature can never be verified, as with a revoked key. */
        PERMERROR;

        /** The word in header fields. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether the domain takes responsibility for the message. */
    public boolean isPass() {
        return status == Status.PASS;
    }
}
