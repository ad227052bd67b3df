// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.settings;

/**
 * The line of a file where a settings record begins; {@link YamlSettings} fills components of this type by itself.
 *
 * @param number counted from 1
 */
public record SourceLine(int number) {
    /** A mistake as a sentence for the operator, with its place. */
    public String says(String mistake) {
        return "line " + number + ": " + mistake;
    }
}
