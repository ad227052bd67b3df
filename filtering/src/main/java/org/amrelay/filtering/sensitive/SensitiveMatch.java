// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive;

/**
 * Something sensitive in a text.
 *
 * @param offset and length in chars
 * @param confidence 0 to 100
 * @param masked evidence, never the raw value
 */
public record SensitiveMatch(String type, int offset, int length, int confidence, String masked) {}
