// SPDX-License-Identifier: Apache-2.0
package org.amrelay.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs of the machine that tests run against. */
final class Programs {
    private static final String MORE = "/usr/sbin:/sbin:/usr/bin:/bin";

    private Programs() {}

    /** Skips the test with a reason when the program is missing; on CI it fails. */
    static String need(String program) {
        Optional<Path> found = Stream.of((System.getenv().getOrDefault("PATH", "") + ":" + MORE).split(":"))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
        needThat(found.isPresent(), "needs the program " + program + " (.ci/run installs it)");
        return found.orElseThrow().toString();
    }

    /** Skips the test with a reason when the machine does not fit; on CI it fails. */
    static void needThat(boolean fits, String reason) {
        if (!fits && "true".equals(System.getenv("CI"))) {
            fail(reason);
        }
        assumeTrue(fits, reason);
    }

    /** Runs a program to its end, without input, and wants exit code 0. */
    static String run(Path directory, Map<String, String> environment, List<String> command) throws Exception {
        return run(directory, environment, command, "");
    }

    /** Runs a program to its end with that input, and wants exit code 0. */
    static String run(Path directory, Map<String, String> environment, List<String> command, String input)
            throws Exception {
        Path output = Files.createTempFile("program", ".out");
        Path given = Files.writeString(Files.createTempFile("program", ".in"), input, StandardCharsets.UTF_8);
        try {
            Process process = start(directory, environment, command, output, given);
            boolean ended = process.waitFor(180, TimeUnit.SECONDS);
            process.destroyForcibly();
            String said = Files.readString(output, StandardCharsets.ISO_8859_1);
            assertThat(ended).as("%s ends; it said: %s", command, said).isTrue();
            assertThat(process.exitValue()).as("%s said: %s", command, said).isZero();
            return said;
        } finally {
            Files.delete(output);
            Files.delete(given);
        }
    }

    private static Process start(
            Path directory, Map<String, String> environment, List<String> command, Path output, Path input)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File(input.toString()))
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }
}
