// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.settings;

import java.util.Locale;
import java.util.Map;

/**
 * A size in bytes that people write as {@code 25MB}.
 *
 * <p>Units are B, KB, MB, GB and the same as KiB, MiB, GiB; all count in 1024, as mail servers do. Immutable.
 *
 * @param bytes 0 or more
 */
public record DataSize(long bytes) implements Comparable<DataSize> {
    private static final Map<String, Long> UNITS = Map.of(
            "", 1L, "B", 1L, "KB", 1L << 10, "KIB", 1L << 10, "MB", 1L << 20, "MIB", 1L << 20, "GB", 1L << 30, "GIB",
            1L << 30);

    public DataSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size is not negative");
        }
    }

    /**
     * Reads a whole number with a unit.
     *
     * @throws IllegalArgumentException with a sentence when the text is none
     */
    public static DataSize of(String text) {
        int digits = Texts.leadingDigits(text);
        Long unit = UNITS.get(text.substring(digits).trim().toUpperCase(Locale.ROOT));
        if (digits == 0 || digits > 15 || unit == null) {
            throw new IllegalArgumentException("is not a size such as 512KB or 25MB");
        }
        try {
            return new DataSize(Math.multiplyExact(Long.parseLong(text.substring(0, digits)), unit));
        } catch (ArithmeticException tooLarge) {
            throw new IllegalArgumentException("is too large a size", tooLarge);
        }
    }

    @Override
    public int compareTo(DataSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /** In the largest unit that divides it: {@code 25MB}. */
    @Override
    public String toString() {
        if (bytes > 0) {
            for (String unit : new String[] {"GB", "MB", "KB"}) {
                long factor = unit.equals("GB") ? 1L << 30 : unit.equals("MB") ? 1L << 20 : 1L << 10;
                if (bytes % factor == 0) {
                    return bytes / factor + unit;
                }
            }
        }
        return bytes + "B";
    }
}
