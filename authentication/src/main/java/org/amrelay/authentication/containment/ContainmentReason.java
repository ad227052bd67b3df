// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.containment;

/**
 * A signal that was seen.
 *
 * @param weight above 0, at most the signal's greatest
 * @param figures what was seen and what is usual, for the postmaster
 */
public record ContainmentReason(Signal signal, double weight, String figures) {}
