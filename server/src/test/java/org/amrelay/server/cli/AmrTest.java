// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.amrelay.server.assembly.RunningRelay;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.TestHome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class AmrTest {
    @TempDir
    private Path directory;

    private Home home;
    private String out = "";
    private String err = "";

    @BeforeEach
    void aHomeExists() {
        home = TestHome.in(directory.resolve("home"));
    }

    private int amr(String... arguments) {
        StringWriter said = new StringWriter();
        StringWriter complained = new StringWriter();
        CommandLine line =
                Amr.commandLine().setOut(new PrintWriter(said, true)).setErr(new PrintWriter(complained, true));
        int code = line.execute(arguments);
        out = said.toString();
        err = complained.toString();
        return code;
    }

    private int inHome(String... arguments) {
        String[] all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--home";
        all[arguments.length + 1] = home.directory().toString();
        return amr(all);
    }

    private Path password() throws Exception {
        return Files.writeString(directory.resolve("password"), "a good password\n");
    }

    private void everyCommandAnswers(int codeOfStatus) throws Exception {
        assertThat(inHome("domain", "add", "example.org")).isZero();
        assertThat(inHome("domain", "list")).isZero();
        assertThat(out).contains("example.org");
        assertThat(inHome(
                        "account",
                        "add",
                        "you@example.org",
                        "--password-file",
                        password().toString()))
                .as(err)
                .isZero();
        assertThat(inHome(
                        "account",
                        "add",
                        "you@example.org",
                        "--password-file",
                        password().toString()))
                .isEqualTo(1);
        assertThat(inHome("account", "list", "--json")).isZero();
        assertThat(new ObjectMapper().readTree(out).get(0).asText()).isEqualTo("you@example.org");
        assertThat(inHome(
                        "account",
                        "password",
                        "you@example.org",
                        "--password-file",
                        password().toString()))
                .isZero();
        assertThat(inHome("identity", "add", "you@example.org", "Info@example.org"))
                .isZero();
        assertThat(inHome("identity", "add", "you@example.org", "@reports.example.org"))
                .isZero();
        assertThat(inHome("identity", "add", "nobody@example.org", "info@example.org"))
                .isEqualTo(2);
        assertThat(inHome("identity", "add", "you@example.org", "example.org")).isEqualTo(2);
        assertThat(inHome("identity", "list", "you@example.org")).isZero();
        assertThat(out.lines()).containsExactly("@reports.example.org", "info@example.org");
        assertThat(inHome("identity", "remove", "you@example.org", "info@example.org"))
                .isZero();
        assertThat(inHome("identity", "remove", "you@example.org", "info@example.org"))
                .isEqualTo(1);
        assertThat(inHome("account", "app-password", "add", "you@example.org", "phone"))
                .isZero();
        assertThat(out.strip()).matches("([a-z2-9]{5}-){3}[a-z2-9]{5}");
        assertThat(inHome("account", "app-password", "add", "you@example.org", "phone"))
                .isEqualTo(1);
        assertThat(inHome("account", "app-password", "list", "you@example.org")).isZero();
        assertThat(out).contains("phone: since ").contains("never used");
        assertThat(inHome("account", "app-password", "remove", "you@example.org", "phone"))
                .isZero();
        assertThat(inHome("account", "app-password", "remove", "you@example.org", "phone"))
                .isEqualTo(1);
        Path certificate = home.conf().resolve("tls/certificate.pem");
        assertThat(inHome("account", "certificate", "add", "you@example.org", "printer", certificate.toString()))
                .isZero();
        assertThat(inHome("account", "certificate", "list", "you@example.org", "--json"))
                .isZero();
        assertThat(new ObjectMapper().readTree(out).get(0).get("fingerprint").asText())
                .hasSize(64);
        assertThat(inHome(
                        "account",
                        "certificate",
                        "add",
                        "you@example.org",
                        "no",
                        password().toString()))
                .isEqualTo(2);
        assertThat(inHome("account", "certificate", "remove", "you@example.org", "printer"))
                .isZero();
        assertThat(inHome("account", "remove", "you@example.org")).isZero();
        assertThat(inHome("account", "remove", "you@example.org")).isEqualTo(1);
        assertThat(inHome("ban", "list")).isZero();
        assertThat(out).contains("nobody is banned");
        assertThat(inHome("ban", "remove", "192.0.2.1")).isEqualTo(1);
        assertThat(inHome("ban", "remove", "example.org")).isEqualTo(2);
        assertThat(inHome("queue", "list")).isZero();
        assertThat(out).contains("nothing waits");
        assertThat(inHome("queue", "show", "1")).isEqualTo(1);
        assertThat(inHome("queue", "hold", "--all")).isEqualTo(1);
        assertThat(inHome("trace", "nobody@example.org")).isEqualTo(1);
        assertThat(inHome("audit", "--json")).isZero();
        assertThat(new ObjectMapper().readTree(out).get("unaccounted").asLong()).isZero();
        assertThat(inHome("audit")).isZero();
        assertThat(out).contains("unaccounted 0");
        assertThat(inHome("status")).isEqualTo(codeOfStatus);
        assertThat(inHome("domain", "remove", "example.org")).isZero();
        assertThat(inHome("domain", "remove", "example.org")).isEqualTo(1);
    }

    @Test
    void worksOnTheStorageWhileNoRelayRuns() throws Exception {
        everyCommandAnswers(1);
        assertThat(inHome("stop")).isEqualTo(1);
        assertThat(err).contains("no relay runs");
    }

    @Test
    void worksThroughARunningRelay() throws Exception {
        try (RunningRelay relay = RunningRelay.open(home, TestHome.settings(home), TestHome.ENVIRONMENT)) {
            everyCommandAnswers(0);
            inHome("status", "--json");
            assertThat(new ObjectMapper()
                            .readTree(out)
                            .get("listening")
                            .get("receive")
                            .asText())
                    .isEqualTo("127.0.0.1:" + relay.ports().receive());
        }
    }

    @Test
    void saysInOneLineThatThereIsNoRelay() {
        assertThat(amr("status", "--home", directory.resolve("none").toString()))
                .isEqualTo(2);
        assertThat(err.lines()).hasSize(1);
        assertThat(err).startsWith("amr: there is no relay at ").contains("amr run");
    }

    @Test
    void wrongUsageIsExitCodeTwo() {
        assertThat(amr()).isEqualTo(2);
        assertThat(amr("domain")).isEqualTo(2);
        assertThat(amr("nonsense")).isEqualTo(2);
        assertThat(inHome("queue", "cancel")).isEqualTo(2);
        assertThat(inHome("account", "add", "not-an-address", "--password-file", "/dev/null"))
                .isEqualTo(2);
        assertThat(err).contains("'not-an-address' is not an address");
    }

    @Test
    void aBrokenSettingStopsTheStartWithOneLine() throws Exception {
        Files.writeString(home.conf().resolve("relay.yaml"), "ports:\n  recieve: 25\n");
        assertThat(inHome("run")).isEqualTo(2);
        assertThat(err.lines()).hasSize(1);
        assertThat(err).contains("relay.yaml line 2").contains("did you mean 'ports.receive'");
    }

    @Test
    void offersHelpAndCompletionForAll() {
        assertThat(amr("--help")).isZero();
        assertThat(out)
                .contains("run", "demo", "status", "stop", "domain", "account", "queue", "trace", "audit", "torture");
        assertThat(amr("generate-completion")).isZero();
        assertThat(out).contains("complete -F");
    }
}
