// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.attachments.signs;

import java.util.HashSet;
import java.util.Set;
import org.amrelay.filtering.attachments.archives.CompoundFile;
import org.amrelay.filtering.attachments.archives.FileBytes;
import org.amrelay.filtering.attachments.archives.Little;
import org.amrelay.filtering.attachments.archives.ZipDirectory;
import org.amrelay.mail.mime.TrueType;

/** What a file's bytes give away, by its first ones held in memory. Stateless. */
public final class ContentSigns {
    private static final Set<String> PROGRAMS = Set.of(
            "application/vnd.microsoft.portable-executable",
            "application/x-elf",
            "application/x-mach-binary",
            "application/java-vm",
            "application/java-archive",
            "application/vnd.android.package-archive",
            "application/vnd.ms-htmlhelp",
            "application/x-shellscript",
            "application/wasm");
    private static final Set<String> DISKS = Set.of("application/x-iso9660-image", "application/x-virtual-disk");
    private static final Set<String> ZIPS = Set.of(
            "application/zip",
            "application/java-archive",
            "application/vnd.android.package-archive",
            "application/epub+zip");

    private ContentSigns() {}

    /** The type of a file by its bytes, with those formats that show late in it or in their directory. */
    public static String typeOf(FileBytes file) {
        byte[] head = file.head();
        String type = TrueType.of(head, Math.min(head.length, TrueType.LOOKED_AT));
        if (type.equals("application/x-ole-storage")) {
            return CompoundFile.of(file).map(CompoundSigns::typeOf).orElse(type);
        }
        if (isZip(type)) {
            return ZipDirectory.of(file, 10_000)
                    .flatMap(directory -> OfficeParts.typeOf(directory.names()))
                    .orElse(type);
        }
        boolean unknown = type.equals(TrueType.UNKNOWN);
        if (unknown && isDisk(file)) {
            return Little.u8(file.slice(0x8001, 1), 0) == 'C'
                    ? "application/x-iso9660-image"
                    : "application/x-virtual-disk";
        }
        return type;
    }

    private static boolean isDisk(FileBytes file) {
        byte[] head = file.head();
        boolean iso = starts(file.slice(0x8001, 5), "CD001");
        boolean virtual = starts(head, "conectix") || starts(head, "vhdxfile") || starts(head, "KDMV");
        return iso || virtual || starts(file.slice(file.size() - 512, 4), "koly");
    }

    private static boolean starts(byte[] bytes, String letters) {
        boolean same = bytes.length >= letters.length();
        for (int i = 0; same && i < letters.length(); i++) {
            same = bytes[i] == letters.charAt(i);
        }
        return same;
    }

    /** Whether a type is a ZIP archive or made of one. */
    public static boolean isZip(String type) {
        return ZIPS.contains(type) || OfficeParts.isDocument(type);
    }

    /** Whether a type is an OLE2 compound file. */
    public static boolean isCompound(String type) {
        return type.equals("application/x-ole-storage")
                || type.equals("application/msword")
                || type.equals("application/x-msi")
                || type.startsWith("application/vnd.ms-excel")
                || type.startsWith("application/vnd.ms-powerpoint")
                || type.equals("application/vnd.ms-outlook");
    }

    /** The traits of a file of a true type. */
    public static Set<String> of(FileBytes file, String type) {
        Set<String> traits = new HashSet<>();
        if (PROGRAMS.contains(type)) {
            traits.add("executable");
        }
        if (DISKS.contains(type)) {
            traits.add("disk-image");
        }
        if (isCompound(type)) {
            traits.addAll(CompoundSigns.of(file));
        } else if (type.equals("application/pdf")) {
            traits.addAll(PdfSigns.of(file.head()));
        } else if (type.equals("application/onenote")) {
            traits.add("onenote");
        } else if (type.equals("application/x-ms-shortcut")) {
            traits.add("lnk");
        } else if (type.equals("application/vnd.rar") && RarSigns.isEncrypted(file.head())) {
            traits.add("encrypted");
        } else if (type.startsWith("text/") || type.equals("application/rtf") || type.contains("xml")) {
            traits.addAll(TextSigns.of(file.head(), type));
        }
        if (!isZip(type) && !type.startsWith("text/") && hidesZip(file)) {
            traits.add("polyglot");
        }
        return traits;
    }

    private static boolean hidesZip(FileBytes file) {
        byte[] tail = file.slice(Math.max(0, file.size() - 65_557), 65_557);
        for (int at = tail.length - 22; at >= 0; at--) {
            if (tail[at] == 'P' && Little.u32(tail, at) == 0x06054b50L) {
                return ZipDirectory.of(file, 1)
                        .filter(zip -> !zip.names().isEmpty())
                        .isPresent();
            }
        }
        return false;
    }
}
