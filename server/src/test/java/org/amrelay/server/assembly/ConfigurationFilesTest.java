// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.amrelay.server.home.StartRefused;
import org.apache.james.util.LoggingLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationFilesTest {
    @TempDir
    private Path directory;

    private ConfigurationFiles files(String xml) throws Exception {
        Files.writeString(directory.resolve("part.xml"), xml);
        return new ConfigurationFiles(
                directory, new Placeholders(Map.of("SET", "a<b&c"), Map.of("SET", "lost", "OUTSIDE", "there")));
    }

    private String value(String xml, String name) throws Exception {
        return files(xml).getConfiguration("part", LoggingLevel.WARNING).getString(name);
    }

    @Test
    void settingsWinOverTheEnvironmentAndAreEscaped() throws Exception {
        assertThat(value("<part><x>${SET:no}</x></part>", "x")).isEqualTo("a<b&c");
    }

    @Test
    void theEnvironmentWinsOverTheDefault() throws Exception {
        assertThat(value("<part><x>${OUTSIDE:no}/${NOWHERE:default}</x></part>", "x"))
                .isEqualTo("there/default");
    }

    @Test
    void leavesOtherDollarSignsAlone() throws Exception {
        assertThat(value("<part><x>costs $5 ${lower}</x></part>", "x")).isEqualTo("costs $5 ${lower}");
    }

    @Test
    void namesAVariableWithoutValueAndItsLine() {
        assertThatThrownBy(() -> value("<part>\n<x>${NOWHERE}</x></part>", "x"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("part.xml line 2")
                .hasMessageContaining("${NOWHERE} has no value");
    }

    @Test
    void saysWhereBrokenXmlIsBroken() {
        assertThatThrownBy(() -> value("<part>\n  <x></y>\n</part>", "x"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("part.xml line 2, column ");
    }

    @Test
    void aMissingFileIsEmpty() throws Exception {
        assertThat(files("<part/>")
                        .getConfiguration("other", LoggingLevel.WARNING)
                        .isEmpty())
                .isTrue();
    }
}
