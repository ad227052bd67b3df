// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.disclaimer;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.amrelay.mail.mime.MediaType;

/** Gives a part other fields about its text (RFC 2045 §5, §6); all other bytes of its header stay as they are. Stateless. */
final class PartFields {
    private static final String TYPE = "content-type";
    private static final String ENCODING = "content-transfer-encoding";

    private PartFields() {}

    /**
     * The header with the fields.
     *
     * @param type the whole field, or empty to keep it as it is
     * @return empty for a header without the blank line at its end
     */
    static Optional<byte[]> rewritten(byte[] header, String type, String encoding, boolean isMessage) {
        String all = new String(header, StandardCharsets.ISO_8859_1);
        if (!all.endsWith("\r\n\r\n") && !all.equals("\r\n")) {
            return Optional.empty();
        }
        StringBuilder out = new StringBuilder(all.length() + 128);
        boolean skips = false;
        for (int at = 0; at < all.length() - 2; ) {
            int end = all.indexOf('\n', at) + 1;
            String line = all.substring(at, end);
            boolean goesOn = line.startsWith(" ") || line.startsWith("\t");
            skips = goesOn ? skips : isReplaced(line, !type.isEmpty());
            out.append(skips ? "" : line);
            at = end;
        }
        if (isMessage && !all.toLowerCase(Locale.ROOT).contains("mime-version:")) {
            out.append("MIME-Version: 1.0\r\n");
        }
        out.append(type).append(type.isEmpty() ? "" : "\r\n");
        out.append("Content-Transfer-Encoding: ").append(encoding).append("\r\n\r\n");
        return Optional.of(out.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    private static boolean isReplaced(String line, boolean withType) {
        int colon = line.indexOf(':');
        String name = colon < 0 ? "" : line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        return name.equals(ENCODING) || withType && name.equals(TYPE);
    }

    /** The type with UTF-8 as its charset and all else that it says in ASCII. */
    static String utf8(MediaType type) {
        StringBuilder out =
                new StringBuilder("Content-Type: ").append(type.essence()).append("; charset=utf-8");
        for (Map.Entry<String, List<String>> each : type.parameters().values().entrySet()) {
            String value = each.getValue().get(0);
            if (!each.getKey().equals("charset") && isPlain(each.getKey()) && isPlain(value)) {
                out.append(";\r\n ").append(each.getKey()).append("=\"");
                out.append(value.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
            }
        }
        return out.toString();
    }

    private static boolean isPlain(String text) {
        return text.length() < 200 && text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    }
}
