// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive.secret;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * How the keys of one provider look.
 *
 * @param type the type's name
 * @param title what it is
 * @param prefix how it starts
 * @param before so many letters or digits stand before the prefix
 * @param alphabet the characters behind it
 * @param least so many at least
 * @param most so many at most
 * @param entropy so much at least, in bits per character
 */
record SecretFormat(
        String type, String title, String prefix, int before, BitSet alphabet, int least, int most, double entropy) {
    /** Reads the formats that come along. */
    static List<SecretFormat> read() {
        try (InputStream in = SecretFormat.class.getResourceAsStream("secrets.txt")) {
            if (in == null) {
                throw new IllegalStateException("secrets.txt is not in the jar");
            }
            List<SecretFormat> formats = new ArrayList<>();
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> formats.addAll(of(line)));
            return List.copyOf(formats);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<SecretFormat> of(String line) {
        String[] columns =
                Arrays.stream(line.split("\\|", -1)).map(String::strip).toArray(String[]::new);
        String[] bounds = columns[4].split("-", -1);
        return Arrays.stream(columns[2].split(",", -1))
                .map(prefix -> new SecretFormat(
                        columns[0],
                        columns[1],
                        prefix.substring(prefix.lastIndexOf('*') + 1),
                        prefix.startsWith("*") ? Integer.parseInt(prefix, 1, prefix.lastIndexOf('*'), 10) : 0,
                        alphabet(columns[3]),
                        Integer.parseInt(bounds[0]),
                        Integer.parseInt(bounds[1]),
                        Double.parseDouble(columns[5])))
                .toList();
    }

    private static BitSet alphabet(String written) {
        BitSet alphabet = new BitSet(128);
        for (char c : written.toCharArray()) {
            switch (c) {
                case 'w' -> add(alphabet, "AZ", "az", "09");
                case 'u' -> add(alphabet, "AZ", "09");
                case 'l' -> add(alphabet, "az", "09");
                case 'h' -> add(alphabet, "af", "09");
                case 'd' -> add(alphabet, "09");
                case 'b' -> add(alphabet, "AZ", "27");
                default -> alphabet.set(c);
            }
        }
        return alphabet;
    }

    private static void add(BitSet alphabet, String... ranges) {
        for (String range : ranges) {
            alphabet.set(range.charAt(0), range.charAt(1) + 1);
        }
    }
}
