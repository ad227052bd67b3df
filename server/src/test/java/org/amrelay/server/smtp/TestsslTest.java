// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The judgement of testssl.sh on our TLS: nothing above LOW, apart from the certificate of the test signing itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TestsslTest {
    private static final Optional<Path> TESTSSL = Stream.of("/usr/bin/testssl", "/usr/bin/testssl.sh")
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst();

    private Ports ports;

    @BeforeAll
    void start() {
        boolean needed = "true".equals(System.getenv("CI"));
        assumeTrue(TESTSSL.isPresent() || needed, "testssl.sh is not installed");
        ports = new Ports.Setup().limits("<errors>1000</errors>").start();
    }

    @AfterAll
    void stop() {
        if (ports != null) {
            ports.close();
        }
    }

    @Test
    void findsNothingAboveLowBehindStarttls() throws Exception {
        assertThat(findings(List.of("--starttls", "smtp"), ports.submission())).isEmpty();
    }

    @Test
    void findsNothingAboveLowOnThePortThatIsTlsFromTheStart() throws Exception {
        assertThat(findings(List.of(), ports.submissions())).isEmpty();
    }

    private List<String> findings(List<String> options, int port) throws IOException, InterruptedException {
        Path report = Files.createTempDirectory("testssl").resolve("report.csv");
        List<String> command = new ArrayList<>(List.of(TESTSSL.orElseThrow().toString()));
        command.addAll(List.of("--quiet", "--color", "0", "--warnings", "off", "--severity", "MEDIUM"));
        command.addAll(List.of("--nodns", "none", "--protocols", "--server-defaults", "--server-preference", "--fs"));
        command.addAll(List.of("--vulnerable", "--std", "--csvfile", report.toString()));
        command.addAll(options);
        command.add("127.0.0.1:" + port);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(report.resolveSibling("output.txt").toFile())
                .start();
        assertThat(process.waitFor(9, TimeUnit.MINUTES)).isTrue();
        String output = Files.readString(report.resolveSibling("output.txt"), StandardCharsets.ISO_8859_1);
        assertThat(report).as(output).exists();
        List<String> lines = Files.readAllLines(report);
        // A self-signed certificate is always a finding; without it testssl.sh did not get through to us
        assertThat(lines).as(output).anyMatch(line -> line.startsWith("\"cert_chain_of_trust"));
        return lines.stream()
                .filter(line ->
                        line.contains("\"MEDIUM\"") || line.contains("\"HIGH\"") || line.contains("\"CRITICAL\""))
                .filter(line -> !line.startsWith("\"cert_") && !line.startsWith("\"OCSP"))
                .toList();
    }
}
