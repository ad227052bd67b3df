// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.assembly;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.amrelay.filtering.sensitive.SensitiveSettings;
import org.amrelay.filtering.sensitive.SensitiveTypes;
import org.amrelay.filtering.sensitive.custom.ExactTable;
import org.amrelay.filtering.sensitive.custom.Fingerprint;
import org.amrelay.mail.settings.InvalidSettingsException;
import org.amrelay.server.home.StartRefused;

/**
 * The sensitive types of a site: {@code conf/sensitive-types.yaml}, and what {@code amr sensitive} made of tables and documents in
 * {@code conf/sensitive}. Without them the types that come along.
 */
public final class SensitiveFiles {
    /** Ending of a table's file. */
    public static final String TABLE = ".table";
    /** Ending of a document's file. */
    public static final String DOCUMENT = ".document";

    private SensitiveFiles() {}

    /** The folder of tables and documents. */
    public static Path folder(Path conf) {
        return conf.resolve("sensitive");
    }

    /**
     * Reads all of them.
     *
     * @throws StartRefused with the place of every mistake
     */
    public static SensitiveTypes read(Path conf, Map<String, String> environment) {
        Path file = conf.resolve("sensitive-types.yaml");
        try {
            SensitiveSettings settings = Files.exists(file)
                    ? SensitiveSettings.read(Files.readString(file), environment)
                    : SensitiveSettings.standard();
            List<ExactTable> tables = new ArrayList<>();
            List<Fingerprint> documents = new ArrayList<>();
            for (Path each : files(folder(conf))) {
                try (InputStream in = Files.newInputStream(each)) {
                    if (each.toString().endsWith(TABLE)) {
                        tables.add(ExactTable.read(in));
                    } else if (each.toString().endsWith(DOCUMENT)) {
                        documents.add(Fingerprint.read(in));
                    }
                } catch (IOException broken) {
                    throw new StartRefused(each + " cannot be used: " + broken.getMessage(), broken);
                }
            }
            return new SensitiveTypes(settings, tables, documents);
        } catch (InvalidSettingsException mistakes) {
            throw new StartRefused(file + " " + mistakes.getMessage(), mistakes);
        } catch (IllegalArgumentException twice) {
            throw new StartRefused(file + " or " + folder(conf) + ": " + twice.getMessage(), twice);
        } catch (IOException unreadable) {
            throw new StartRefused(file + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        }
    }
}
