// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.quarantine;

/**
 * How much is kept at most; what is older goes first.
 *
 * @param totalBytes of all mails together
 * @param recipientBytes of the mails of one recipient
 */
public record QuarantineLimits(long totalBytes, long recipientBytes) {
    public QuarantineLimits {
        if (totalBytes < 1 || recipientBytes < 1) {
            throw new IllegalArgumentException("a quarantine needs room");
        }
    }
}
