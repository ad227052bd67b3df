// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.home;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Finds the key that stored secrets are encrypted with: in the environment, else in its file. */
public final class SecretKeyText {
    /** The environment variable that wins over the file. */
    public static final String VARIABLE = "AMR_SECRET_KEY";

    private static final int MOST_OCTETS = 4096;

    private SecretKeyText() {}

    /**
     * Reads it.
     *
     * @throws StartRefused when the file cannot be read
     */
    public static String read(Home home, RelaySettings settings, Map<String, String> environment) {
        String given = environment.getOrDefault(VARIABLE, "");
        if (!given.isEmpty()) {
            return given;
        }
        Path file = settings.secretKey(home);
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MOST_OCTETS), StandardCharsets.ISO_8859_1);
        } catch (IOException unreadable) {
            throw new StartRefused(
                    "the key for stored secrets cannot be read from " + file + "; put it there, or into " + VARIABLE
                            + ", or let secrets.key-file name another file",
                    unreadable);
        }
    }
}
