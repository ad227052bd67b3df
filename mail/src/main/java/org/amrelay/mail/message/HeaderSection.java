// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.message;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The header of a message: its fields in their order, with their octets unchanged (RFC 5322 §2.2).
 *
 * <p>Lines end with CRLF and nothing else; a field goes on in lines that start with white space. Read once and shared by
 * all checks. Immutable.
 *
 * @param fields in the order of the message
 * @param bodyOffset where the body starts, in octets; the size of the message when it has none
 * @param isWhole false when the header is longer than one mebibyte; then the fields behind that are missing
 */
public record HeaderSection(List<HeaderField> fields, long bodyOffset, boolean isWhole) {
    private static final int MOST_OCTETS = 1 << 20;
    private static final int FIRST_READ = 8192;

    public HeaderSection {
        fields = List.copyOf(fields);
    }

    /** Reads the header; blocks as {@link MessageContent#open} does. */
    public static HeaderSection read(MessageContent content) throws IOException {
        byte[] octets = new byte[(int) Math.min(FIRST_READ, content.size())];
        int length = 0;
        try (InputStream in = content.open()) {
            while (true) {
                int read = in.readNBytes(octets, length, octets.length - length);
                int searchFrom = Math.max(0, length - 3);
                length += read;
                int end = endOfHeader(octets, searchFrom, length);
                if (end >= 0) {
                    return of(octets, end);
                }
                if (length < octets.length || length >= content.size()) {
                    return new HeaderSection(fields(octets, length), length, true);
                }
                if (length >= MOST_OCTETS) {
                    return new HeaderSection(fields(octets, length), length, false);
                }
                octets = Arrays.copyOf(octets, (int) Math.min(Math.min(4L * length, MOST_OCTETS), content.size()));
            }
        }
    }

    private static HeaderSection of(byte[] octets, int end) {
        return new HeaderSection(fields(octets, end), end == 0 ? 2 : end + 2, true);
    }

    /** Where the fields end, which is where the empty line starts; -1 when that has not been read yet. */
    private static int endOfHeader(byte[] octets, int from, int length) {
        if (from == 0 && length >= 2 && octets[0] == '\r' && octets[1] == '\n') {
            return 0;
        }
        for (int i = from; i + 3 < length; i++) {
            if (octets[i] == '\r' && octets[i + 1] == '\n' && octets[i + 2] == '\r' && octets[i + 3] == '\n') {
                return i + 2;
            }
        }
        return -1;
    }

    private static List<HeaderField> fields(byte[] octets, int length) {
        String text = new String(octets, 0, length, StandardCharsets.ISO_8859_1);
        List<HeaderField> fields = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf("\r\n"); start < length; end = text.indexOf("\r\n", end + 2)) {
            int stop = end < 0 ? length : end;
            boolean goesOn = stop + 2 < length && isWhiteSpace(text.charAt(stop + 2));
            if (!goesOn) {
                fields.add(HeaderField.of(text.substring(start, stop)));
                start = stop + 2;
            }
        }
        return fields;
    }

    private static boolean isWhiteSpace(char c) {
        return c == ' ' || c == '\t';
    }

    /** The fields of a name, without regard to case, in the order of the message. */
    public List<HeaderField> named(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        return fields.stream().filter(f -> f.key().equals(key)).toList();
    }

    /** The same header with fields put before all others. */
    public HeaderSection with(List<HeaderField> before) {
        List<HeaderField> all = new ArrayList<>(before);
        all.addAll(fields);
        return new HeaderSection(all, bodyOffset, isWhole);
    }
}
