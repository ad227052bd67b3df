// SPDX-License-Identifier: Apache-2.0
package org.amrelay.architecture;

import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.LocationProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where the rooms lie, as sources and as compiled classes. */
public final class Checkout implements LocationProvider {
    static final List<String> ROOMS = List.of(
            "mail",
            "authentication",
            "filtering",
            "delivery",
            "storage",
            "james",
            "matchers",
            "mailets",
            "smtp",
            "server",
            "extensions");

    static Path root() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(here.resolve("mail/pom.xml"))) {
            here = here.getParent();
        }
        return here;
    }

    @Override
    public Set<Location> get(Class<?> testClass) {
        return ROOMS.stream().map(room -> Location.of(classes(room))).collect(Collectors.toSet());
    }

    static Path classes(String room) {
        return root().resolve(room).resolve("target/classes");
    }

    /** The product's Java sources of all rooms, package pages included. */
    static List<Path> sources() {
        return ROOMS.stream()
                .map(room -> root().resolve(room).resolve("src/main/java"))
                .flatMap(sources -> files(sources, path -> path.toString().endsWith(".java")).stream())
                .toList();
    }

    /** The tests of all rooms. */
    static List<Path> tests() {
        return Stream.concat(ROOMS.stream(), Stream.of("integration-tests"))
                .map(room -> root().resolve(room).resolve("src/test/java"))
                .flatMap(tests -> files(tests, path -> path.toString().endsWith(".java")).stream())
                .toList();
    }

    static List<Path> files(Path directory, Predicate<Path> wanted) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).filter(wanted).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
