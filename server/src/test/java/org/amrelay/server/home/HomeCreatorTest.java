// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeCreatorTest {
    @TempDir
    private Path directory;

    private final HomeCreator creator = new HomeCreator(new SecureRandom(), Clock.systemUTC());

    private Home home() {
        return new Home(directory.resolve("home"));
    }

    private static String permissions(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void copiesTheShippedConfigurationOnTheFirstStart() {
        assertThat(creator.create(home(), TestHome.ENVIRONMENT)).isTrue();
        assertThat(home().conf())
                .isDirectoryContaining("glob:**/mailetcontainer.xml")
                .isDirectoryContaining("glob:**/smtpserver.xml")
                .isDirectoryContaining("glob:**/relay.yaml");
        assertThat(home().conf().resolve("schema/relay.schema.json")).exists();
    }

    @Test
    void keepsTokenKeyAndDirectoriesFromOthers() throws Exception {
        creator.create(home(), TestHome.ENVIRONMENT);
        assertThat(permissions(home().adminToken())).isEqualTo("rw-------");
        assertThat(permissions(home().selfSignedKey())).isEqualTo("rw-------");
        assertThat(permissions(home().directory())).isEqualTo("rwx------");
        assertThat(permissions(home().data())).isEqualTo("rwx------");
    }

    @Test
    void makesACertificateForTheHostAndTheLoopback() throws Exception {
        creator.create(home(), TestHome.ENVIRONMENT);
        try (InputStream pem = Files.newInputStream(home().selfSignedCertificate())) {
            X509Certificate certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
            certificate.checkValidity();
            assertThat(certificate.getSubjectAlternativeNames().toString())
                    .contains("relay.example")
                    .contains("127.0.0.1");
        }
    }

    @Test
    void overwritesNothingOnALaterStart() throws Exception {
        creator.create(home(), TestHome.ENVIRONMENT);
        String token = Files.readString(home().adminToken());
        String key = Files.readString(home().selfSignedKey());
        Files.writeString(home().conf().resolve("relay.yaml"), "hostname: mine.example\n");
        Files.delete(home().conf().resolve("domainlist.xml"));

        assertThat(creator.create(home(), TestHome.ENVIRONMENT)).isFalse();
        assertThat(home().adminToken()).hasContent(token.strip());
        assertThat(home().selfSignedKey()).hasContent(key.strip());
        assertThat(home().conf().resolve("relay.yaml")).hasContent("hostname: mine.example");
        assertThat(home().conf().resolve("domainlist.xml")).doesNotExist();
    }

    @Test
    void saysInOneLineThatAFileIsInTheWay() throws Exception {
        Files.writeString(directory.resolve("home"), "not a directory");
        assertThatThrownBy(() -> creator.create(home(), TestHome.ENVIRONMENT))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("cannot write to " + home().directory())
                .hasMessageContaining("--home")
                .hasMessageNotContaining("\n");
    }
}
