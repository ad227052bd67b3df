// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.preflight;

/**
 * A requirement that a message does not meet. Immutable.
 *
 * @param found what was found, one short sentence
 */
public record Shortcoming(Requirement requirement, String found) {
    /** What was found and what to do. */
    @Override
    public String toString() {
        return requirement + ": " + found + "; " + requirement.advice();
    }
}
