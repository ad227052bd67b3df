// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.greylist;

import java.time.Instant;

/**
 * What is remembered under a key.
 *
 * @param firstSeen to milliseconds
 * @param lastSeen to milliseconds
 * @param passes how often it came back as it should; 0 while it has not
 */
public record GreylistEntry(Instant firstSeen, Instant lastSeen, long passes) {}
