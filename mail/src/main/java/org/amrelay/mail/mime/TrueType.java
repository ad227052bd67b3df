// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.mime;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What a file is by its first bytes, whatever its name and its declared type say.
 *
 * <p>Knows the formats that filters ask about, by the media types that IANA or usage gave them; anything else is
 * {@code text/plain} when it reads like text, else {@code application/octet-stream}. Stateless.
 */
public final class TrueType {
    /** So many bytes are looked at. */
    public static final int LOOKED_AT = 4096;

    /** The type of bytes that are nothing known. */
    public static final String UNKNOWN = "application/octet-stream";

    private static final List<Magic> TABLE = List.of(
            at(0, "255044462d", "application/pdf"),
            at(0, "504b0304", "application/zip"),
            at(0, "504b0506", "application/zip"),
            at(0, "504b0708", "application/zip"),
            at(0, "d0cf11e0a1b11ae1", "application/x-ole-storage"),
            at(0, "e4525c7b8cd8a74daeb15378d02996d3", "application/onenote"),
            at(0, "7b5c7274", "application/rtf"),
            at(0, "4c0000000114020000000000c000000000000046", "application/x-ms-shortcut"),
            at(0, "4d5a", "application/vnd.microsoft.portable-executable"),
            at(0, "7f454c46", "application/x-elf"),
            at(0, "cafebabe", "application/java-vm"),
            at(0, "feedface", "application/x-mach-binary"),
            at(0, "feedfacf", "application/x-mach-binary"),
            at(0, "cefaedfe", "application/x-mach-binary"),
            at(0, "cffaedfe", "application/x-mach-binary"),
            at(0, "0061736d01", "application/wasm"),
            at(0, "526172211a07", "application/vnd.rar"),
            at(0, "377abcaf271c", "application/x-7z-compressed"),
            at(0, "1f8b08", "application/gzip"),
            at(0, "425a68", "application/x-bzip2"),
            at(0, "fd377a585a00", "application/x-xz"),
            at(0, "28b52ffd", "application/zstd"),
            at(0, "04224d18", "application/x-lz4"),
            at(0, "1f9d", "application/x-compress"),
            at(0, "4d53434600000000", "application/vnd.ms-cab-compressed"),
            at(0, "60ea", "application/x-arj"),
            at(7, "2a2a4143452a2a", "application/x-ace"),
            at(2, "2d6c68", "application/x-lzh"),
            at(257, "7573746172", "application/x-tar"),
            at(0, "213c617263683e0a", "application/x-archive"),
            at(0, "49545346", "application/vnd.ms-htmlhelp"),
            at(0, "789f3e22", "application/ms-tnef"),
            at(0, "53514c69746520666f726d6174203300", "application/vnd.sqlite3"),
            at(0, "000100005374616e64617264204a6574204442", "application/x-msaccess"),
            at(0, "89504e470d0a1a0a", "image/png"),
            at(0, "ffd8ff", "image/jpeg"),
            at(0, "474946383761", "image/gif"),
            at(0, "474946383961", "image/gif"),
            at(8, "57454250", "image/webp"),
            at(0, "424d", "image/bmp"),
            at(0, "49492a00", "image/tiff"),
            at(0, "4d4d002a", "image/tiff"),
            at(0, "00000100", "image/vnd.microsoft.icon"),
            at(0, "38425053", "image/vnd.adobe.photoshop"),
            at(0, "d7cdc69a", "image/wmf"),
            at(0, "494433", "audio/mpeg"),
            at(0, "4f676753", "application/ogg"),
            at(0, "52494646", "application/x-riff"),
            at(4, "66747970", "video/mp4"),
            at(0, "1a45dfa3", "video/x-matroska"),
            at(0, "435753", "application/x-shockwave-flash"),
            at(0, "465753", "application/x-shockwave-flash"),
            at(0, "5a5753", "application/x-shockwave-flash"),
            at(0, "774f4646", "font/woff"),
            at(0, "774f4632", "font/woff2"));

    private TrueType() {}

    private record Magic(int offset, byte[] bytes, String type) {
        boolean fits(byte[] head, int length) {
            if (length < offset + bytes.length) {
                return false;
            }
            for (int i = 0; i < bytes.length; i++) {
                if (head[offset + i] != bytes[i]) {
                    return false;
                }
            }
            return true;
        }
    }

    private static Magic at(int offset, String hex, String type) {
        return new Magic(offset, HexFormat.of().parseHex(hex), type);
    }

    /** The media type of a file that starts with these bytes; empty text of an empty file is {@code text/plain}. */
    public static String of(byte[] head, int length) {
        Optional<String> known = TABLE.stream()
                .filter(magic -> magic.fits(head, length))
                .map(Magic::type)
                .findFirst();
        if (known.isPresent()) {
            return refined(known.get(), head, length);
        }
        Optional<String> text = TextShape.of(head, length);
        // PDF readers look for the mark in the first kilobyte
        return text.isEmpty() || text.get().equals("text/plain")
                ? pdfInside(head, length).or(() -> text).orElse(UNKNOWN)
                : text.get();
    }

    private static Optional<String> pdfInside(byte[] head, int length) {
        String start = new String(head, 0, Math.min(length, 1024), StandardCharsets.ISO_8859_1);
        return start.contains("%PDF-") ? Optional.of("application/pdf") : Optional.empty();
    }

    private static String refined(String type, byte[] head, int length) {
        if (type.equals("application/zip")) {
            return ZipShape.of(head, length);
        }
        boolean executable = type.endsWith("portable-executable");
        boolean picture = type.equals("image/bmp");
        // Two letters are no proof: text may start with them
        if ((executable || picture) && TextShape.isText(head, length)) {
            return TextShape.of(head, length).orElse(type);
        }
        return type;
    }
}
