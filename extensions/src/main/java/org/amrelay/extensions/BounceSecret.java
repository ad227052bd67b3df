// SPDX-License-Identifier: Apache-2.0
package org.amrelay.extensions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/** The secrets of return paths, one a line; the first start makes one that only the owner may read. */
final class BounceSecret {
    private static final String NAME = "bounce.secret";
    private static final int OCTETS = 32;

    private BounceSecret() {}

    /**
     * Reads them.
     *
     * @throws IOException when the file cannot be read or made, or holds none
     */
    static List<String> in(Path directory) throws IOException {
        Path file = directory.resolve(NAME);
        if (!Files.exists(file)) {
            Files.createDirectories(directory);
            write(file);
        }
        List<String> secrets = Files.readAllLines(file).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        if (secrets.isEmpty()) {
            throw new IOException(file + " holds no secret; delete it, and the next start makes one");
        }
        return secrets;
    }

    private static void write(Path file) throws IOException {
        byte[] secret = new byte[OCTETS];
        new SecureRandom().nextBytes(secret);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(
                file,
                Base64.getEncoder().encodeToString(secret) + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING);
    }
}
