// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.virus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.amrelay.filtering.scanner.ScannerPool;

/** Makes engines of their settings. */
final class Engines {
    static final String CLAMAV = "ClamAV";
    static final String ICAP = "ICAP";

    private Engines() {}

    static PooledScanner clamAv(ClamAvSettings settings, Clock clock) {
        return clamAv(settings, ScannerPool.Manners.of(settings.connections(), settings.timeout()), clock);
    }

    static PooledScanner clamAv(ClamAvSettings settings, ScannerPool.Manners manners, Clock clock) {
        Clamd clamd = new Clamd(settings.connectTimeout());
        return new PooledScanner(
                new PooledScanner.Engine(
                        CLAMAV,
                        settings.hosts(),
                        clamd,
                        (host, time) -> clamd.version(host, time) + fileTimes(settings.database()),
                        settings.largest().bytes()),
                manners,
                new ScanCache(settings.remember(), settings.rememberFor(), clock),
                clock);
    }

    static PooledScanner icap(IcapSettings settings, Clock clock) {
        return icap(settings, ScannerPool.Manners.of(settings.connections(), settings.timeout()), clock);
    }

    static PooledScanner icap(IcapSettings settings, ScannerPool.Manners manners, Clock clock) {
        Icap icap = new Icap(settings.service(), settings.connectTimeout());
        return new PooledScanner(
                new PooledScanner.Engine(
                        ICAP,
                        settings.hosts(),
                        icap,
                        icap::signatures,
                        settings.largest().bytes()),
                manners,
                new ScanCache(settings.remember(), settings.rememberFor(), clock),
                clock);
    }

    /** clamd's version does not tell of signatures that somebody has written; their files do. */
    private static String fileTimes(Optional<String> directory) {
        if (directory.isEmpty() || !Files.isDirectory(Path.of(directory.get()))) {
            return "";
        }
        try (Stream<Path> files = Files.list(Path.of(directory.get()))) {
            return files.sorted().map(Engines::stamp).collect(Collectors.joining(" ", " ", ""));
        } catch (IOException unreadable) {
            return "";
        }
    }

    private static String stamp(Path file) {
        try {
            return file.getFileName() + "=" + Files.getLastModifiedTime(file).toMillis() + "/" + Files.size(file);
        } catch (IOException gone) {
            return "";
        }
    }
}
