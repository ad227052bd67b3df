// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.home;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The places in a relay's home directory.
 *
 * <p>Immutable; asks the file system for nothing but {@link #exists()}.
 *
 * @param directory the home, absolute
 */
public record Home(Path directory) {
    /** Of the relay that writes to it. */
    public static final String VERSION = "0.1.0";

    /** Where the home is when nobody says otherwise, relative to the working directory. */
    public static final String DEFAULT_DIRECTORY = "relay-home";

    public Home {
        directory = directory.toAbsolutePath().normalize();
    }

    /** The operator's configuration; a copy of the shipped one, never overwritten. */
    public Path conf() {
        return directory.resolve("conf");
    }

    /** What must not be lost: spool, queue, ledger, accounts. */
    public Path data() {
        return directory.resolve("data");
    }

    public Path log() {
        return directory.resolve("log");
    }

    /** What only a running relay needs: the lock and the ports it listens on. */
    public Path run() {
        return directory.resolve("run");
    }

    /** The bearer token of the admin API; readable by the owner only. */
    public Path adminToken() {
        return directory.resolve("admin.token");
    }

    /** What proves return paths, a secret a line: the first makes them, all are accepted; readable by the owner only. */
    public Path bounceSecret() {
        return directory.resolve("bounce.secret");
    }

    /** The ports a running relay is bound to, as JSON; absent when none runs. */
    public Path portsFile() {
        return run().resolve("ports.json");
    }

    public Path lockFile() {
        return run().resolve("lock");
    }

    /** Certificate and key; readable by the owner only. */
    public Path tls() {
        return conf().resolve("tls");
    }

    /** The key that stored secrets are encrypted with, as the first start makes it; readable by the owner only. */
    public Path secretKey() {
        return conf().resolve("secrets").resolve("relay.key");
    }

    /** The certificate that the first start makes. */
    public Path selfSignedCertificate() {
        return tls().resolve("certificate.pem");
    }

    /** The private key that the first start makes; readable by the owner only. */
    public Path selfSignedKey() {
        return tls().resolve("key.pem");
    }

    /** Whether a first start has been here. */
    public boolean exists() {
        return Files.isDirectory(conf()) && Files.isRegularFile(adminToken());
    }

    /** Finds a file that the configuration names: absolute, or relative to the home. */
    public Path resolve(String configured) {
        return directory.resolve(configured).normalize();
    }
}
