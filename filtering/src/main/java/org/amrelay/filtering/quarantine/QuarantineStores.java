// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.quarantine;

/** The parts of one quarantine. */
public record QuarantineStores(
        QuarantineStore mails, QuarantineStock stock, DigestBook digests, AllowedSenders allowed) {}
