// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManyConversationsTest {
    @TempDir
    private Path directory;

    @Test
    void holdsAThousandConversationsIn512Megabytes() throws IOException, InterruptedException {
        File output = directory.resolve("output").toFile();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        // Network buffers count as well
                        "-XX:MaxDirectMemorySize=256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ManyConversations.class.getName(),
                        "1000")
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        boolean ended = process.waitFor(180, TimeUnit.SECONDS);
        process.destroyForcibly();
        String text = java.nio.file.Files.readString(output.toPath(), StandardCharsets.UTF_8);
        assertThat(ended).as(text).isTrue();
        Matcher counts = Pattern.compile("taken (\\d+), open at a time (\\d+), attempts (\\d+)")
                .matcher(text);
        assertThat(counts.find()).as(text).isTrue();
        assertThat(counts.group(1)).isEqualTo("1000");
        assertThat(Integer.parseInt(counts.group(2))).isGreaterThanOrEqualTo(1000);
        assertThat(counts.group(3)).isEqualTo("1000");
        assertThat(text).doesNotContain("OutOfMemory");
    }
}
