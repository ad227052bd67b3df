// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive;

/**
 * One find. Immutable.
 *
 * @param type the name of the type, such as {@code payment-card}
 * @param offset where it begins, in characters of the text
 * @param length in characters of the text
 * @param confidence 65 when only the form is right, 75 when a check digit or a distinct form speaks for it, 85 when words near
 *     it say so too
 * @param masked at most the last four characters of the value, never the value
 */
public record SensitiveMatch(String type, int offset, int length, int confidence, String masked) {}
