// SPDX-License-Identifier: Apache-2.0
package org.amrelay.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark in its smallest form: it has to work, its numbers mean nothing. */
class BenchmarkRunsTest {
    @TempDir
    private Path directory;

    @Test
    void printsARatioToPostfix() throws Exception {
        Programs.need("postfix");
        Programs.need("smtp-source");
        Programs.need("smtp-sink");
        Programs.need("python3");
        Programs.needThat("root".equals(System.getProperty("user.name")), "needs root to start a Postfix");
        Path script = ReadmeCommandsTest.ROOT.resolve("benchmarks/relay/run.sh");
        Programs.needThat(
                Files.exists(ReadmeCommandsTest.ROOT.resolve("server/target/amr/lib/amr-server-program.jar")),
                "needs the packaged server; mvn verify makes it");
        String said = Programs.run(
                directory,
                Map.of(),
                List.of(script.toString(), "--messages", "100", "--rounds", "1", "--warm-up", "20", "--sessions", "5"));
        assertThat(said).contains("ratio to Postfix, 5 sessions: end to end");
    }
}
