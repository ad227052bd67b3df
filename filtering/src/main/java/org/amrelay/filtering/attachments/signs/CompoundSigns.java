// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.attachments.signs;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.amrelay.filtering.attachments.archives.CompoundFile;
import org.amrelay.filtering.attachments.archives.FileBytes;
import org.amrelay.filtering.attachments.archives.Little;

/** What an OLE2 compound file is, and whether it has macros or a password. Stateless. */
public final class CompoundSigns {
    private static final int MOST = 4 * 1024 * 1024;
    private static final int SHEET = 0x85;
    private static final int PASSWORD = 0x2f;
    private static final int MOST_RECORDS = 100_000;

    private CompoundSigns() {}

    /** The media type by the names of the streams. */
    public static String typeOf(CompoundFile file) {
        if (has(file, "__properties_version1.0")) {
            return "application/vnd.ms-outlook";
        }
        if (has(file, "WordDocument")) {
            return "application/msword";
        }
        if (has(file, "Workbook") || has(file, "Book")) {
            return "application/vnd.ms-excel";
        }
        if (has(file, "PowerPoint Document")) {
            return "application/vnd.ms-powerpoint";
        }
        // Installers have names that are no letters; their table of strings is one of them
        return has(file, "\u4840\u3f3f\u4577\u446c\u3e6a\u44b2\u482f")
                ? "application/x-msi"
                : "application/x-ole-storage";
    }

    private static boolean has(CompoundFile file, String name) {
        return file.named(name).isPresent();
    }

    static Set<String> of(FileBytes material) {
        Set<String> traits = new HashSet<>();
        Optional<CompoundFile> compound = CompoundFile.of(material);
        if (compound.isEmpty()) {
            return traits;
        }
        CompoundFile file = compound.get();
        if (has(file, "EncryptedPackage") || has(file, "EncryptedSummary")) {
            traits.add("encrypted");
        }
        if (typeOf(file).equals("application/x-msi")) {
            traits.add("executable");
        }
        macros(file, traits);
        file.named("WordDocument").ifPresent(stream -> word(file.read(stream, MOST), traits));
        file.named("Workbook").or(() -> file.named("Book")).ifPresent(stream -> book(file.read(stream, MOST), traits));
        return traits;
    }

    private static void macros(CompoundFile file, Set<String> traits) {
        int left = MOST;
        for (CompoundFile.Stream stream : file.streams()) {
            String path = '/' + stream.path().toLowerCase(Locale.ROOT);
            if (path.contains("/_vba_project") || path.endsWith("/vba/dir")) {
                traits.add("macro");
            }
            if (path.contains("/vba/") && !stream.storage() && left > 0) {
                byte[] module = file.read(stream, left);
                left -= module.length;
                if (MacroCode.runsByItself(module)) {
                    traits.add("auto-macro");
                }
            }
        }
    }

    /** The flag of encryption of the file's header ([MS-DOC] 2.5.2), and fields that ask other programs. */
    private static void word(byte[] bytes, Set<String> traits) {
        if ((Little.u16(bytes, 10) & 0x100) != 0) {
            traits.add("encrypted");
        }
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (text.contains("\u0013") && (text.contains("DDEAUTO") || text.contains("D\0D\0E\0A\0U\0T\0O"))) {
            traits.add("dde");
        }
    }

    /** The records of a workbook ([MS-XLS] 2.4.28, 2.4.117). */
    private static void book(byte[] bytes, Set<String> traits) {
        int at = 0;
        for (int count = 0; at + 4 <= bytes.length && count < MOST_RECORDS; count++) {
            int kind = Little.u16(bytes, at);
            if (kind == PASSWORD) {
                traits.add("encrypted");
            }
            if (kind == SHEET && (Little.u8(bytes, at + 4L + 5) & 0xf) == 1) {
                traits.add("xlm-macro");
            }
            at += 4 + Little.u16(bytes, at + 2);
        }
    }
}
