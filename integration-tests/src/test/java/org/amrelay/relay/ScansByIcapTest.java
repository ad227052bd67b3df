// SPDX-License-Identifier: Apache-2.0
package org.amrelay.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.amrelay.filtering.virus.ScanResult;
import org.amrelay.filtering.virus.ScannersSettings;
import org.amrelay.filtering.virus.VirusProtection;
import org.amrelay.mail.message.MessageContent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An ICAP server of Debian as engine, which asks a clamd itself (RFC 3507). */
class ScansByIcapTest {
    private static final String HEADER = "From: a@b.example\r\nSubject: x\r\nContent-Type: text/plain\r\n\r\n";

    @Test
    void findsTheTestVirusAndNothingElse(@TempDir Path directory) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (PrivateClamd clamd = PrivateClamd.start(directory)) {
            Process icap = start(directory, port, clamd.address());
            try (VirusProtection protection = ScannersSettings.read(
                            "icap:\n  hosts: 127.0.0.1:" + port + "\n  service: avscan\n", Map.of())
                    .protection(Clock.systemUTC(), () -> {})) {
                await("c-icap answers").atMost(Duration.ofSeconds(60)).until(() -> answers(port));
                assertThat(scan(protection, HEADER + "hello\r\n")).isInstanceOf(ScanResult.Clean.class);
                assertThat(scan(protection, HEADER + PrivateClamd.EICAR + "\r\n"))
                        .isEqualTo(new ScanResult.Infected("Eicar-Test-Signature.UNOFFICIAL"));
                assertThat(scan(protection, HEADER + "hello\r\n".repeat(100_000)))
                        .isInstanceOf(ScanResult.Clean.class);
            } finally {
                icap.descendants().forEach(ProcessHandle::destroyForcibly);
                icap.destroyForcibly();
                icap.onExit().orTimeout(30, TimeUnit.SECONDS).join();
            }
        }
    }

    private static ScanResult scan(VirusProtection protection, String text) throws Exception {
        Optional<VirusProtection.Outcome> outcome = protection
                .scan(MessageContent.of(text.getBytes(StandardCharsets.ISO_8859_1)))
                .toCompletableFuture()
                .get();
        return outcome.orElseThrow().result();
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (java.io.IOException notYet) {
            return false;
        }
    }

    private static Process start(Path directory, int port, String clamd) throws Exception {
        String program = Programs.need("c-icap");
        Path modules = Path.of("/usr/lib/x86_64-linux-gnu/c_icap");
        Programs.needThat(
                Files.exists(modules.resolve("virus_scan.so")), "needs libc-icap-mod-virus-scan (.ci/run installs it)");
        String[] host = clamd.split(":");
        Path config = Files.writeString(
                directory.resolve("c-icap.conf"),
                String.join(
                        "\n",
                        "PidFile " + directory.resolve("c-icap.pid"),
                        "CommandsSocket " + directory.resolve("c-icap.ctl"),
                        "Port 127.0.0.1:" + port,
                        "StartServers 1",
                        "TmpDir " + directory,
                        "ModulesDir " + modules,
                        "ServicesDir " + modules,
                        "TemplateDir /usr/share/c_icap/templates/",
                        "LoadMagicFile /etc/c-icap/c-icap.magic",
                        "ServerLog " + directory.resolve("c-icap.log"),
                        "AccessLog " + directory.resolve("access.log"),
                        "Module common clamd_mod.so",
                        "clamd_mod.ClamdHost " + host[0],
                        "clamd_mod.ClamdPort " + host[1],
                        "Service antivirus_module virus_scan.so",
                        "ServiceAlias avscan virus_scan?allow204=on&sizelimit=off&mode=simple",
                        "virus_scan.ScanFileTypes TEXT DATA EXECUTABLE ARCHIVE",
                        "virus_scan.MaxObjectSize 25M",
                        "virus_scan.DefaultEngine clamd",
                        ""));
        return new ProcessBuilder(program, "-N", "-f", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("c-icap.out").toFile())
                .start();
    }
}
