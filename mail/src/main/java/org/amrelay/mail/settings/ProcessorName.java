// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.settings;

/**
 * The name of a processor in {@code mailetcontainer.xml}, to which a mailet may send mail.
 *
 * <p>A component of this type makes the mailet refuse to start when there is no such processor. Immutable.
 *
 * @param name letters, digits, {@code -}, {@code _} and {@code .}; 1 to 64 of them
 */
public record ProcessorName(String name) {
    public ProcessorName {
        boolean legal = name.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.');
        if (name.isEmpty() || name.length() > 64 || !legal) {
            throw new IllegalArgumentException("is not a processor's name");
        }
    }

    public static ProcessorName of(String text) {
        return new ProcessorName(text);
    }

    @Override
    public String toString() {
        return name;
    }
}
