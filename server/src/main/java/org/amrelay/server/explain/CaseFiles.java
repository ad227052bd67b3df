// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.explain;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.ZoneFileDns;

/**
 * The files that cases name: messages, and zones, which are read once.
 *
 * <p>A relative name is looked for in the folder of the cases, then in the working directory. For one thread.
 */
public final class CaseFiles {
    private static final long LARGEST = 256L << 20;
    private static final int ZONES_KEPT = 100;

    private final Path folder;
    private final Map<Path, Zone> zones = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Zone> eldest) {
            return size() > ZONES_KEPT;
        }
    };

    private record Zone(FileTime changed, long size, Dns dns) {}

    CaseFiles(Path folder) {
        this.folder = folder;
    }

    /** The message in network form: a bare line feed, as files have them, ends a line too. */
    byte[] message(String name) {
        return withNetworkLines(read(find(name)));
    }

    Dns zone(String name) {
        Path file = find(name);
        try {
            FileTime changed = Files.getLastModifiedTime(file);
            long size = Files.size(file);
            Zone known = zones.get(file);
            if (known == null || !known.changed().equals(changed) || known.size() != size) {
                known = new Zone(changed, size, ZoneFileDns.parse(read(file)));
                zones.put(file, known);
            }
            return known.dns();
        } catch (IOException | IllegalArgumentException broken) {
            throw new IllegalArgumentException(file + " is no zone file: " + broken.getMessage(), broken);
        }
    }

    private Path find(String name) {
        try {
            Path inFolder = folder.resolve(name);
            return Files.exists(inFolder) ? inFolder : Path.of(name);
        } catch (InvalidPathException odd) {
            throw new IllegalArgumentException("'" + name + "' is no file name", odd);
        }
    }

    private static byte[] read(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new IllegalArgumentException("there is no file " + file);
            }
            if (Files.size(file) > LARGEST) {
                throw new IllegalArgumentException(file + " has more than 256 MB");
            }
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(file + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    static byte[] withNetworkLines(byte[] text) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream(text.length + text.length / 32 + 2);
        for (int i = 0; i < text.length; i++) {
            if (text[i] == '\n' && (i == 0 || text[i - 1] != '\r')) {
                lines.write('\r');
            }
            lines.write(text[i]);
        }
        return lines.toByteArray();
    }
}
