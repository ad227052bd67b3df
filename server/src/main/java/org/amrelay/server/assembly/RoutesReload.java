// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.assembly;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.amrelay.delivery.route.RouteBook;
import org.amrelay.delivery.route.RouteBookReader;
import org.amrelay.delivery.route.RouteBooks;
import org.amrelay.delivery.route.RouteResources;
import org.amrelay.mail.settings.InvalidSettingsException;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.RelaySettings;
import org.amrelay.server.home.StartRefused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code conf/routes.yaml} at the start, and again whenever it changes; a file with mistakes is logged and changes
 * nothing.
 *
 * <p>Looks every two seconds, on a thread of its own. Files that routes name are read together with it.
 */
final class RoutesReload {
    private static final Logger LOGGER = LoggerFactory.getLogger(RoutesReload.class);
    private static final String FILE = "routes.yaml";
    private static final Duration LOOK = Duration.ofSeconds(2);

    private record Version(FileTime time, long size) {
        static final Version NONE = new Version(FileTime.fromMillis(0), -1);
    }

    private final Path file;
    private final RouteResources resources;
    private final RouteBooks books;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "routes-reload");
        made.setDaemon(true);
        return made;
    });
    private Version seen;

    private RoutesReload(Path file, RouteResources resources) throws IOException {
        this.file = file;
        this.resources = resources;
        this.seen = version();
        this.books = new RouteBooks(read(file, resources));
    }

    /**
     * Reads the file for the first time.
     *
     * @throws StartRefused with every mistake and its line
     */
    static RoutesReload of(Home home, RelaySettings settings, Map<String, String> environment) {
        Path file = home.conf().resolve(FILE);
        try {
            return new RoutesReload(file, resources(home, settings, environment));
        } catch (IOException unreadable) {
            throw new StartRefused(file + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    /**
     * What the file says now, for those who do not run.
     *
     * @param conf where the file is; need not be in the default file system
     * @throws StartRefused with every mistake and its line
     */
    static RouteBooks once(Path conf, Home home, RelaySettings settings, Map<String, String> environment) {
        Path file = conf.resolve(FILE);
        try {
            return new RouteBooks(read(file, resources(home, settings, environment)));
        } catch (IOException unreadable) {
            throw new StartRefused(file + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private static RouteResources resources(Home home, RelaySettings settings, Map<String, String> environment) {
        Map<String, String> known = new LinkedHashMap<>(environment);
        known.putAll(settings.variables());
        return new RouteResources(known, home.directory());
    }

    private static RouteBook read(Path file, RouteResources resources) throws IOException {
        try {
            return RouteBookReader.read(file, resources);
        } catch (InvalidSettingsException mistakes) {
            throw new StartRefused(file + " " + mistakes.getMessage(), mistakes);
        }
    }

    RouteBooks books() {
        return books;
    }

    void start() {
        var unused = thread.scheduleWithFixedDelay(this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    void stop() {
        thread.shutdown();
    }

    private Version version() throws IOException {
        try {
            return new Version(Files.getLastModifiedTime(file), Files.size(file));
        } catch (NoSuchFileException none) {
            return Version.NONE;
        }
    }

    /** What the thread does each time. */
    void look() {
        try {
            Version now = version();
            if (!now.equals(seen)) {
                seen = now;
                RouteBook book = RouteBookReader.read(file, resources);
                books.replace(book);
                LOGGER.info("{} was read again, routes: {}", file, book.names());
            }
        } catch (InvalidSettingsException | IOException wrong) {
            LOGGER.error("{} changes nothing: {}", file, wrong.getMessage());
        }
    }
}
