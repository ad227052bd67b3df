// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.home;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Makes a home on the first start: directories, a copy of the shipped configuration, a certificate, an admin
 * token, a key for stored secrets.
 *
 * <p>Overwrites nothing: what is there stays, what is missing is added. Directories are 0700, token and key 0600.
 */
public final class HomeCreator {
    private static final String SHIPPED = "/org/amrelay/server/conf";

    private final SecureRandom random;
    private final Clock clock;

    public HomeCreator(SecureRandom random, Clock clock) {
        this.random = random;
        this.clock = clock;
    }

    /**
     * Makes what is missing.
     *
     * @return whether this was the first start
     */
    public boolean create(Home home, Map<String, String> environment) {
        boolean first = !home.exists();
        try {
            for (Path directory : List.of(home.directory(), home.conf(), home.data(), home.log(), home.run())) {
                makeDirectory(directory);
            }
            if (first) {
                copyConfiguration(home);
                makeToken(home);
            }
            RelaySettings settings = RelaySettings.read(home, environment);
            makeBounceSecret(home);
            makeCertificate(home, settings);
            makeSecretKey(home, settings, environment);
            return first;
        } catch (IOException failed) {
            throw new StartRefused(
                    "cannot write to " + home.directory() + ": " + reason(failed)
                            + "; give a writable directory with --home",
                    failed);
        }
    }

    private static String reason(IOException failed) {
        String kind = switch (failed.getClass().getSimpleName()) {
            case "AccessDeniedException" -> "permission denied";
            case "FileAlreadyExistsException" -> "a file is in the way";
            case "NoSuchFileException" -> "no such directory";
            default -> "";
        };
        String message = failed.getMessage();
        return kind.isEmpty() ? String.valueOf(message) : kind + " (" + message + ")";
    }

    private static void makeDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory);
            restrict(directory, "rwx------");
        }
        if (!Files.isWritable(directory)) {
            throw new java.nio.file.AccessDeniedException(directory.toString());
        }
    }

    private static void restrict(Path path, String permissions) throws IOException {
        if (Files.getFileAttributeView(path, PosixFileAttributeView.class) != null) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
    }

    private static void copyConfiguration(Home home) throws IOException {
        URL shipped = HomeCreator.class.getResource(SHIPPED);
        if (shipped == null) {
            throw new IOException("the build has no configuration in it");
        }
        try {
            URI place = shipped.toURI();
            if ("jar".equals(place.getScheme())) {
                try (FileSystem jar = FileSystems.newFileSystem(place, Map.of())) {
                    copy(jar.getPath(SHIPPED), home.conf());
                }
            } else {
                copy(Path.of(place), home.conf());
            }
        } catch (URISyntaxException odd) {
            throw new IOException("the build is at an odd place: " + shipped, odd);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path source : files.toList()) {
                Path target = to.resolve(from.relativize(source).toString());
                if (Files.isDirectory(source)) {
                    Files.createDirectories(target);
                } else if (!Files.exists(target)) {
                    try (InputStream content = Files.newInputStream(source)) {
                        Files.copy(content, target);
                    }
                }
            }
        }
    }

    private void makeToken(Home home) throws IOException {
        if (!Files.exists(home.adminToken())) {
            writeSecret(home.adminToken(), newSecret(random) + "\n");
        }
    }

    /** Homes of older versions have none. */
    private void makeBounceSecret(Home home) throws IOException {
        if (!Files.exists(home.bounceSecret())) {
            writeSecret(home.bounceSecret(), newSecret(random) + "\n");
        }
    }

    /** 256 random bits as text. */
    public static String newSecret(SecureRandom random) {
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    private void makeCertificate(Home home, RelaySettings settings) throws IOException {
        boolean configuredElsewhere = !settings.certificate(home).equals(home.selfSignedCertificate())
                || !settings.key(home).equals(home.selfSignedKey());
        if (configuredElsewhere || Files.exists(home.selfSignedCertificate()) || Files.exists(home.selfSignedKey())) {
            return;
        }
        makeDirectory(home.tls());
        SelfSignedCertificate made = SelfSignedCertificate.make(settings.hostname(), random, clock);
        writeSecret(home.selfSignedKey(), made.keyPem());
        Files.writeString(home.selfSignedCertificate(), made.certificatePem(), StandardOpenOption.CREATE_NEW);
    }

    private void makeSecretKey(Home home, RelaySettings settings, Map<String, String> environment) throws IOException {
        boolean isGiven = !environment.getOrDefault(SecretKeyText.VARIABLE, "").isEmpty()
                || !settings.secretKey(home).equals(home.secretKey());
        if (!isGiven && !Files.exists(home.secretKey())) {
            makeDirectory(home.conf().resolve("secrets"));
            writeSecret(home.secretKey(), newSecret(random) + "\n");
        }
    }

    private static void writeSecret(Path file, String content) throws IOException {
        // Created empty and closed to others first: the secret is never readable, not even for an instant.
        Files.createFile(file);
        restrict(file, "rw-------");
        Files.writeString(file, content, StandardCharsets.UTF_8, StandardOpenOption.WRITE);
    }
}
