// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive;

/**
 * One find of a sensitive type in a text.
 *
 * @param type the type's name, in kebab case
 * @param offset where it starts, in chars of the text
 * @param length how long it is, in chars of the text
 * @param confidence 0..100: 65 low, 75 medium, 85 high
 * @param masked what may be shown as evidence: stars, and at most the last four characters of the value
 */
public record SensitiveMatch(String type, int offset, int length, int confidence, String masked) {}
