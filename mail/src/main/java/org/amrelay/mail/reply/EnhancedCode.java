// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.reply;

import java.util.Optional;

/**
 * An enhanced mail system status code such as {@code 5.1.1} (RFC 3463 §2).
 *
 * <p>Immutable.
 *
 * @param type 2 (success), 4 (try later) or 5 (final)
 * @param subject 0 to 999
 * @param detail 0 to 999
 */
public record EnhancedCode(int type, int subject, int detail) {
    public EnhancedCode {
        if ((type != 2 && type != 4 && type != 5) || subject < 0 || subject > 999 || detail < 0 || detail > 999) {
            throw new IllegalArgumentException("not an enhanced code: " + type + "." + subject + "." + detail);
        }
    }

    /** Reads a code such as {@code 4.7.1} at the start of a text; anything else is empty. */
    public static Optional<EnhancedCode> atStartOf(String text) {
        int end = text.indexOf(' ');
        String[] parts = (end < 0 ? text : text.substring(0, end)).split("\\.", -1);
        if (parts.length != 3 || !isNumber(parts[0], 1) || !isNumber(parts[1], 3) || !isNumber(parts[2], 3)) {
            return Optional.empty();
        }
        int type = Integer.parseInt(parts[0]);
        return type == 2 || type == 4 || type == 5
                ? Optional.of(new EnhancedCode(type, Integer.parseInt(parts[1]), Integer.parseInt(parts[2])))
                : Optional.empty();
    }

    private static boolean isNumber(String text, int longest) {
        return !text.isEmpty() && text.length() <= longest && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    @Override
    public String toString() {
        return type + "." + subject + "." + detail;
    }
}
