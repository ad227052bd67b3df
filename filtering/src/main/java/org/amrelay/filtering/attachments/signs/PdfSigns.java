// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.attachments.signs;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * What a PDF may do by itself: scripts, launched programs, files inside (ISO 32000-1 §12.6.4, §7.11.4).
 *
 * <p>Looks for names, with {@code #xx} undone, in the file and in its object streams, which it inflates up to 8 MiB together.
 * Stateless.
 */
final class PdfSigns {
    private static final int MOST = 8 * 1024 * 1024;
    private static final int MOST_STREAM = 1024 * 1024;
    private static final int MOST_STREAMS = 2_000;

    private PdfSigns() {}

    static Set<String> of(byte[] bytes) {
        Set<String> traits = new HashSet<>();
        String file = new String(bytes, StandardCharsets.ISO_8859_1);
        names(file, traits);
        int left = MOST;
        int streams = 0;
        int at = file.indexOf("/ObjStm");
        while (at >= 0 && left > 0 && streams < MOST_STREAMS) {
            int start = file.indexOf("stream", at);
            if (start < 0) {
                break;
            }
            int from = start + "stream".length();
            while (from < bytes.length && (bytes[from] == '\r' || bytes[from] == '\n')) {
                from++;
            }
            String objects = inflate(bytes, from, Math.min(left, MOST_STREAM));
            left -= objects.length();
            streams++;
            names(objects, traits);
            at = file.indexOf("/ObjStm", from);
        }
        return traits;
    }

    private static String inflate(byte[] bytes, int from, int most) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(bytes, from, bytes.length - from);
            byte[] target = new byte[Math.min(most, Math.max(4096, (bytes.length - from) * 4))];
            int size = 0;
            while (size < target.length) {
                int read = inflater.inflate(target, size, target.length - size);
                if (read == 0) {
                    break;
                }
                size += read;
            }
            return new String(target, 0, size, StandardCharsets.ISO_8859_1);
        } catch (DataFormatException damaged) {
            return "";
        } finally {
            inflater.end();
        }
    }

    private static void names(String text, Set<String> traits) {
        for (int at = text.indexOf('/'); at >= 0; at = text.indexOf('/', at + 1)) {
            if (at + 2 < text.length() && "JLEAXR#O".indexOf(text.charAt(at + 1)) >= 0) {
                name(token(text, at + 1), traits);
            }
        }
    }

    private static void name(String name, Set<String> traits) {
        switch (name) {
            case "JavaScript", "JS" -> traits.add("pdf-javascript");
            case "Launch" -> traits.add("pdf-launch");
            case "EmbeddedFile", "EmbeddedFiles" -> traits.add("pdf-embedded-file");
            case "Encrypt" -> traits.add("encrypted");
            case "OpenAction", "AA" -> traits.add("pdf-open-action");
            case "XFA" -> traits.add("pdf-xfa");
            case "RichMedia" -> traits.add("pdf-rich-media");
            default -> {
                // one of the many names that do nothing
            }
        }
    }

    private static String token(String text, int from) {
        StringBuilder name = new StringBuilder(16);
        int at = from;
        while (at < text.length() && name.length() < 16) {
            char c = text.charAt(at);
            int hex = c == '#' && at + 2 < text.length() ? hex(text, at + 1) : -1;
            if (hex >= 0) {
                name.append((char) hex);
                at += 3;
            } else if (c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z') {
                name.append(c);
                at++;
            } else {
                break;
            }
        }
        return name.toString();
    }

    private static int hex(String text, int at) {
        int high = Character.digit(text.charAt(at), 16);
        int low = Character.digit(text.charAt(at + 1), 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }
}
