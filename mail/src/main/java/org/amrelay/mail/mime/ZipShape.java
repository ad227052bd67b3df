// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.mime;

import java.nio.charset.StandardCharsets;

/** Which of the formats made of a ZIP file starts with these bytes, by the names of its first entries. Stateless. */
final class ZipShape {
    private static final String MIMETYPE = "mimetype";

    private ZipShape() {}

    static String of(byte[] head, int length) {
        String start = new String(head, 0, length, StandardCharsets.ISO_8859_1);
        if (start.startsWith(MIMETYPE, 30)) {
            int from = 30 + MIMETYPE.length();
            int end = start.indexOf("PK", from);
            String type = start.substring(from, end < 0 ? Math.min(start.length(), from + 80) : end)
                    .strip();
            return type.startsWith("application/") && type.chars().allMatch(c -> c > ' ' && c < 0x7f)
                    ? type
                    : "application/zip";
        }
        if (start.contains("word/")) {
            return "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
        }
        if (start.contains("xl/")) {
            return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        }
        if (start.contains("ppt/")) {
            return "application/vnd.openxmlformats-officedocument.presentationml.presentation";
        }
        if (start.contains("[Content_Types].xml")) {
            return "application/vnd.openxmlformats-package";
        }
        if (start.contains("META-INF/MANIFEST.MF")) {
            return "application/java-archive";
        }
        return start.contains("AndroidManifest.xml") ? "application/vnd.android.package-archive" : "application/zip";
    }
}
