// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartChecksTest {
    @TempDir
    private Path directory;

    @Test
    void findsNothingWrongWithANewHome() {
        Home home = TestHome.in(directory);
        assertThatCode(() -> StartChecks.check(home, TestHome.settings(home))).doesNotThrowAnyException();
    }

    @Test
    void namesThePortThatIsInUseAndHowToChangeIt() throws Exception {
        Home home = TestHome.in(directory);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            RelaySettings settings =
                    TestHome.settings(home).with(Map.of("AMR_PORT_SUBMISSION", Integer.toString(taken.getLocalPort())));
            assertThatThrownBy(() -> StartChecks.check(home, settings))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("port " + taken.getLocalPort() + " on 127.0.0.1 is in use by another program")
                    .hasMessageContaining("AMR_PORT_SUBMISSION");
        }
    }

    @Test
    void namesTheCertificateThatIsMissing() {
        Home home = TestHome.in(directory);
        RelaySettings settings = TestHome.settings(home).with(Map.of("AMR_TLS_CERTIFICATE", "conf/none.pem"));
        assertThatThrownBy(() -> StartChecks.check(home, settings))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("conf/none.pem cannot be read: it does not exist");
    }

    @Test
    void namesTheKeyThatIsNone() throws Exception {
        Home home = TestHome.in(directory);
        Files.writeString(home.selfSignedKey(), "nonsense");
        assertThatThrownBy(() -> StartChecks.check(home, TestHome.settings(home)))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("is not a PEM private key");
    }

    @Test
    void oneHolderAtATime() {
        Home home = TestHome.in(directory);
        try (HomeLock first = HomeLock.take(home)) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> HomeLock.take(home))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining(
                            "is held by process " + ProcessHandle.current().pid())
                    .hasMessageContaining("amr stop");
        }
        HomeLock.take(home).close();
    }

    @Test
    void portsCanBeReadBack() throws Exception {
        Home home = TestHome.in(directory);
        assertThat(BoundPorts.read(home)).isEmpty();
        BoundPorts ports = new BoundPorts(42, 1, 2, 3, "127.0.0.1", 4);
        ports.write(home);
        assertThat(BoundPorts.read(home)).contains(ports);
    }
}
