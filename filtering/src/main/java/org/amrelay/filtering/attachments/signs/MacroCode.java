// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.attachments.signs;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.amrelay.filtering.attachments.archives.Little;

/** The source of a macro, which is compressed ([MS-OVBA] 2.4.1); bounded, stateless. */
final class MacroCode {
    private static final int MOST = 1024 * 1024;
    private static final byte[] START = "\0Attribut".getBytes(StandardCharsets.ISO_8859_1);

    /** Procedures that run without being called, as Office and its users know them. */
    private static final List<String> AUTO = List.of(
            "autoopen",
            "autoexec",
            "autoclose",
            "autonew",
            "auto_open",
            "auto_close",
            "document_open",
            "document_close",
            "document_new",
            "workbook_open",
            "workbook_activate",
            "workbook_beforeclose",
            "document_contentcontrolonenter",
            "inkpicture",
            "_painted",
            "_painting");

    private MacroCode() {}

    /** Whether a module has a procedure that runs by itself. */
    static boolean runsByItself(byte[] module) {
        String source = source(module).toLowerCase(Locale.ROOT);
        return AUTO.stream().anyMatch(source::contains);
    }

    /** The source in a stream of a module; empty when there is none. */
    static String source(byte[] module) {
        int start = Little.find(module, START, 0) - 3;
        if (start < 0 || module[start] != 1) {
            return "";
        }
        ByteArrayOutputStream source = new ByteArrayOutputStream();
        int at = start + 1;
        while (at + 2 <= module.length && source.size() < MOST) {
            int header = Little.u16(module, at);
            int end = Math.min(module.length, at + (header & 0xfff) + 3);
            boolean packed = (header & 0x8000) != 0;
            if ((header >> 12 & 7) != 3) {
                break;
            }
            byte[] chunk = packed ? chunk(module, at + 2, end) : Arrays.copyOfRange(module, at + 2, end);
            source.write(chunk, 0, chunk.length);
            at = end;
        }
        return source.toString(StandardCharsets.ISO_8859_1);
    }

    private static byte[] chunk(byte[] bytes, int from, int end) {
        byte[] out = new byte[4096];
        int size = 0;
        int at = from;
        while (at < end) {
            int flags = bytes[at++] & 0xff;
            for (int bit = 0; bit < 8 && at < end && size < out.length; bit++) {
                if ((flags >> bit & 1) == 0) {
                    out[size++] = bytes[at++];
                    continue;
                }
                int token = Little.u16(bytes, at);
                at += 2;
                int bits = Math.max(4, 32 - Integer.numberOfLeadingZeros(Math.max(size - 1, 0)));
                int back = (token >> 16 - bits) + 1;
                int length = (token & 0xffff >> bits) + 3;
                for (int i = 0; i < length && size < out.length && back <= size; i++) {
                    out[size] = out[size - back];
                    size++;
                }
            }
            if (size >= out.length) {
                break;
            }
        }
        return Arrays.copyOf(out, size);
    }
}
