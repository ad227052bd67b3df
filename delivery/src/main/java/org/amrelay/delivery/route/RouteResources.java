// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.route;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.amrelay.delivery.client.Secret;

/**
 * What a route file may point to: the environment, and files relative to one directory.
 *
 * <p>Reads files when it is asked; blocks on the disk.
 *
 * @param environment secrets, and what {@code ${NAME}} stands for
 * @param directory where relative paths begin
 */
public record RouteResources(Map<String, String> environment, Path directory) {
    private static final long LARGEST = 1 << 20;

    public RouteResources {
        environment = Map.copyOf(environment);
    }

    /** Secrets are in there. */
    @Override
    public String toString() {
        return directory.toString();
    }

    /**
     * A file's content.
     *
     * @throws IllegalArgumentException with a sentence when it cannot be read
     */
    byte[] read(String path) {
        Path file = directory.resolve(path).normalize();
        try {
            if (Files.size(file) > LARGEST) {
                throw new IllegalArgumentException(file + " is larger than 1 MB");
            }
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    file + " cannot be read: " + unreadable.getClass().getSimpleName(), unreadable);
        }
    }

    /**
     * A secret out of the first line of a file, or out of the environment.
     *
     * @throws IllegalArgumentException with a sentence that does not show it, when there is none
     */
    Secret secret(Optional<String> variable, Optional<String> file) {
        if (variable.isPresent()) {
            String value = environment.get(variable.get());
            if (value == null) {
                throw new IllegalArgumentException("the environment variable " + variable.get() + " is not set");
            }
            return secret("the environment variable " + variable.get(), value);
        }
        String path = file.orElseThrow();
        String text = new String(read(path), StandardCharsets.UTF_8);
        return secret(path, text.lines().findFirst().orElse(""));
    }

    private static Secret secret(String where, String value) {
        try {
            return new Secret(value);
        } catch (IllegalArgumentException unusable) {
            throw new IllegalArgumentException(where + " " + unusable.getMessage(), unusable);
        }
    }
}
