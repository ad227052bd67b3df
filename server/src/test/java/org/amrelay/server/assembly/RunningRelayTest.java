// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.amrelay.server.admin.Answers;
import org.amrelay.server.destination.DestinationServer;
import org.amrelay.server.destination.DestinationSettings;
import org.amrelay.server.home.BoundPorts;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.RelaySettings;
import org.amrelay.server.home.StartRefused;
import org.amrelay.server.home.TestHome;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningRelayTest {
    @TempDir
    private Path directory;

    private static RunningRelay open(Home home, RelaySettings settings) {
        return RunningRelay.open(home, settings, TestHome.ENVIRONMENT);
    }

    private void refuses(Home home, String sentence) {
        assertThatThrownBy(() -> open(home, TestHome.settings(home)).close())
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining(sentence);
        assertThat(home.portsFile()).doesNotExist();
    }

    @Test
    void deliversWhatItTookAndStopsAndStartsAgain() throws Exception {
        Home home = TestHome.in(directory);
        try (DestinationServer destination = DestinationServer.start(DestinationSettings.plain(), Clock.systemUTC())) {
            RelaySettings settings =
                    TestHome.settings(home).withRoute("ours.example", "127.0.0.1:" + destination.port());
            try (RunningRelay relay = open(home, settings)) {
                assertThat(BoundPorts.read(home)).contains(relay.ports());
                relay.operations().addDomain("ours.example");
                assertThat(Smtp.send(relay.ports().receive(), "x@elsewhere.example", "bob@ours.example"))
                        .startsWith("250");
                assertThat(Smtp.send(relay.ports().receive(), "x@elsewhere.example", "bob@theirs.example"))
                        .startsWith("5");
                Awaitility.await()
                        .atMost(Duration.ofSeconds(20))
                        .untilAsserted(
                                () -> assertThat(destination.received().count()).isEqualTo(1));
                List<Answers.Trace> traces = relay.operations().trace("bob@ours.example", 5);
                assertThat(traces).hasSize(1);
            }
            assertThat(home.portsFile()).doesNotExist();
            try (RunningRelay again = open(home, settings)) {
                assertThat(again.operations().domains()).contains("ours.example");
                assertThat(again.operations().audit().unaccounted()).isZero();
                assertThat(again.operations().audit().states()).containsEntry("delivered", 1L);
            }
        }
    }

    @Test
    void saysWhoHoldsTheHome() {
        Home home = TestHome.in(directory);
        try (RunningRelay first = open(home, TestHome.settings(home))) {
            assertThatThrownBy(() -> open(home, TestHome.settings(home)))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("held by process " + first.ports().pid());
            assertThat(home.portsFile()).exists();
        }
    }

    @Test
    void namesAMailetThatDoesNotExist() throws Exception {
        Home home = TestHome.in(directory);
        Path file = home.conf().resolve("mailetcontainer.xml");
        Files.writeString(file, Files.readString(file).replace("mailets.RelayDelivery", "mailets.RelayDelivry"));
        refuses(home, "RelayDelivry");
    }

    @Test
    void namesAMistypedMailetParameterAndTheRightOne() throws Exception {
        Home home = TestHome.in(directory);
        Path file = home.conf().resolve("mailetcontainer.xml");
        Files.writeString(
                file, Files.readString(file).replace("<expiry>", "<expiri>").replace("</expiry>", "</expiri>"));
        refuses(home, "'expiri' is unknown, did you mean 'expiry'");
    }

    @Test
    void saysWhereTheXmlIsBroken() throws Exception {
        Home home = TestHome.in(directory);
        Path file = home.conf().resolve("smtpserver.xml");
        Files.writeString(file, Files.readString(file).replace("</smtpservers>", ""));
        refuses(home, "smtpserver.xml line ");
    }
}
