// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.stream.Stream;
import org.amrelay.storage.RelayStorage;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives each test the real storage in a directory of its own. */
public final class TemporaryStorage implements BeforeEachCallback, AfterEachCallback, ParameterResolver {
    private Path directory;
    private RelayStorage storage;

    public RelayStorage get() {
        return storage;
    }

    /** Closes and opens it again, as a restart does. */
    public RelayStorage reopen() {
        storage.close();
        storage = RelayStorage.openSqlite(directory, Clock.systemUTC());
        return storage;
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        if (storage == null) {
            directory = Files.createTempDirectory("storage");
            storage = RelayStorage.openSqlite(directory, Clock.systemUTC());
        }
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        storage.close();
        storage = null;
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RelayStorage.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return storage;
    }
}
