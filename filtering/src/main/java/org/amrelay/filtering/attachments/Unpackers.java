// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.attachments;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.amrelay.filtering.attachments.archives.CompoundUnpacker;
import org.amrelay.filtering.attachments.archives.CompressedUnpacker;
import org.amrelay.filtering.attachments.archives.InspectionLimits;
import org.amrelay.filtering.attachments.archives.OneNoteUnpacker;
import org.amrelay.filtering.attachments.archives.RtfUnpacker;
import org.amrelay.filtering.attachments.archives.SevenZipUnpacker;
import org.amrelay.filtering.attachments.archives.TarUnpacker;
import org.amrelay.filtering.attachments.archives.TnefUnpacker;
import org.amrelay.filtering.attachments.archives.Unpacker;
import org.amrelay.filtering.attachments.archives.ZipUnpacker;
import org.amrelay.filtering.attachments.signs.ContentSigns;

/** Which reader takes a file of a type apart. Stateless. */
final class Unpackers {
    private static final int MEMORY_KIB = 35 * 1024;
    private static final Set<String> CLOSED = Set.of(
            "application/vnd.rar",
            "application/vnd.ms-cab-compressed",
            "application/zstd",
            "application/x-lz4",
            "application/x-compress",
            "application/x-arj",
            "application/x-ace",
            "application/x-lzh",
            "application/x-archive",
            "application/x-iso9660-image",
            "application/x-virtual-disk");

    private Unpackers() {}

    /** Archives inside of archives get half the memory each time, so that all of them together stay below twice as much. */
    static Optional<Unpacker> of(String type, String name, InspectionLimits limits, int depth) {
        int memoryKib = Math.max(1024, MEMORY_KIB >> Math.min(depth, 10));
        if (ContentSigns.isZip(type)) {
            return Optional.of(new ZipUnpacker(limits.entries()));
        }
        if (ContentSigns.isCompound(type)) {
            return Optional.of(new CompoundUnpacker());
        }
        return switch (type) {
            case "application/x-tar" -> Optional.of(new TarUnpacker());
            case "application/x-7z-compressed" -> Optional.of(new SevenZipUnpacker(memoryKib));
            case "application/gzip", "application/x-bzip2", "application/x-xz" ->
                Optional.of(new CompressedUnpacker(type, inside(name), memoryKib));
            case "application/ms-tnef" -> Optional.of(new TnefUnpacker());
            case "application/onenote" -> Optional.of(new OneNoteUnpacker());
            case "application/rtf" -> Optional.of(new RtfUnpacker());
            default -> Optional.empty();
        };
    }

    /** Whether a type is known to hold files that nobody here can take out. */
    static boolean isClosed(String type) {
        return CLOSED.contains(type);
    }

    private static String inside(String name) {
        int dot = name.lastIndexOf('.');
        if (dot <= 0) {
            return name.isEmpty() ? "content" : name;
        }
        String stem = name.substring(0, dot);
        return switch (name.substring(dot + 1).toLowerCase(Locale.ROOT)) {
            case "tgz", "tbz2", "txz" -> stem + ".tar";
            default -> stem;
        };
    }
}
