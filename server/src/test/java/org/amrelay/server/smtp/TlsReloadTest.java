// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TlsReloadTest {
    private final Ports ports = Ports.start();

    @AfterEach
    void stop() {
        ports.close();
    }

    private String served(int port, boolean starttls) {
        try (Client c = starttls ? Client.greeted(port).ehlo().starttls() : Client.inTls(port)) {
            return c.certificate().getSubjectX500Principal().getName();
        }
    }

    @Test
    void usesANewCertificateOnAllPortsWithoutRestart() {
        assertThat(served(ports.submissions(), false)).isEqualTo("CN=localhost");
        try (Client before = Client.inTls(ports.submissions())) {
            ports.writeCertificate("renewed.test");
            await().untilAsserted(
                            () -> assertThat(served(ports.submissions(), false)).isEqualTo("CN=renewed.test"));
            assertThat(served(ports.submission(), true)).isEqualTo("CN=renewed.test");
            assertThat(served(ports.receive(), true)).isEqualTo("CN=renewed.test");
            before.writes("NOOP").expects("250");
        }
    }

    @Test
    void keepsTheOldCertificateWhenTheNewOneIsBroken() throws IOException {
        Path certificate = ports.directory.resolve("conf/tls/certificate.pem");
        String good = Files.readString(certificate);
        for (String broken : new String[] {"", "not a certificate", good.substring(0, 300)}) {
            Files.writeString(certificate, broken);
            java.util.concurrent.locks.LockSupport.parkNanos(200_000_000);
            assertThat(served(ports.submissions(), false)).isEqualTo("CN=localhost");
        }
        ports.writeCertificate("good.again.test");
        Files.setLastModifiedTime(certificate, FileTime.fromMillis(1_000_000));
        await().untilAsserted(
                        () -> assertThat(served(ports.submissions(), false)).isEqualTo("CN=good.again.test"));
    }
}
