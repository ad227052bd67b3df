// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.amrelay.filtering.virus.ClamAvSettings;
import org.amrelay.filtering.virus.IcapSettings;
import org.amrelay.filtering.virus.ScannersSettings;
import org.amrelay.filtering.virus.VirusProtection;
import org.amrelay.mail.settings.Declaration;
import org.amrelay.mail.settings.YamlSchema;
import org.amrelay.mail.settings.YamlSettings;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.StartRefused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped {@code conf/scanners.yaml}, its schema and its guide say what the relay reads. */
class ScannersFileTest {
    private static final Path CONF = Path.of("../conf");
    private static final Path GUIDE = Path.of("../docs/guide/scanners.md");

    @TempDir
    private Path directory;

    private static ScannersSettings shipped(Map<String, String> environment) throws IOException {
        return ScannersSettings.read(Files.readString(CONF.resolve("scanners.yaml")), environment);
    }

    @Test
    void theShippedFileScansNothingUntilItIsToldWhere() throws IOException {
        assertThat(shipped(Map.of()).protection(Clock.systemUTC(), () -> {}).isOn())
                .isFalse();
        try (VirusProtection two = shipped(Map.of("AMR_CLAMAV", "127.0.0.1:3310, unix:/run/clamav/clamd.ctl"))
                .protection(Clock.systemUTC(), () -> {})) {
            assertThat(two.isOn()).isTrue();
        }
    }

    @Test
    void theShippedFileSaysTheDefaults() throws IOException {
        assertThat(shipped(Map.of()).clamav()).contains(YamlSettings.read(ClamAvSettings.class, "hosts: ''", Map.of()));
    }

    @Test
    void theExamplesCanBeUsed() throws IOException {
        Matcher examples = Pattern.compile("(?s)```yaml\n(.*?)```").matcher(Files.readString(GUIDE));
        int count = 0;
        while (examples.find()) {
            count++;
            assertThat(ScannersSettings.read(examples.group(1), Map.of())).isNotNull();
        }
        assertThat(count).isEqualTo(2);
        ScannersSettings icap = ScannersSettings.read(
                Files.readString(CONF.resolve("scanners.yaml")).replaceAll("(?m)^# (icap:|  hosts|  service)", "$1"),
                Map.of());
        assertThat(icap.icap()).isPresent();
    }

    @Test
    void theGuideNamesEverySetting() throws IOException {
        String guide = Files.readString(GUIDE);
        for (Class<? extends Record> type : List.of(ClamAvSettings.class, IcapSettings.class)) {
            Declaration.of(type)
                    .forEach(declaration ->
                            assertThat(guide).contains("`" + YamlSettings.written(declaration.name()) + "`"));
        }
    }

    @Test
    void aMistakeStopsTheStartWithItsLine() throws IOException {
        Home home = new Home(directory);
        Files.createDirectories(home.conf());
        Files.writeString(home.conf().resolve("scanners.yaml"), "clamav:\n  hosts: nowhere\n  on-failure: hope\n");
        assertThatThrownBy(() -> ScanningModule.of(home, Map.of()))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("line 2: 'hosts': 'nowhere' is wrong: must be like 127.0.0.1:3310")
                .hasMessageContaining("line 3: 'on-failure': 'hope'");
    }

    @Test
    void anOldHomeHearsOfAScannerAndDoesNotStartWithoutTheMailet() throws IOException {
        Home home = new Home(directory);
        Files.createDirectories(home.conf());
        Files.writeString(home.conf().resolve("mailetcontainer.xml"), "<mailetcontainer/>");
        assertThat(ScanningModule.of(home, Map.of())).isNotNull();
        assertThatThrownBy(() -> ScanningModule.of(home, Map.of("AMR_CLAMAV", "127.0.0.1:3310")))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("org.amrelay.mailets.VirusScan");
    }

    /** {@code -Dgolden.update} writes it anew. */
    @Test
    void theSchemaIsThatOfTheRecords() throws IOException {
        String schema = new ObjectMapper()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                        .writeValueAsString(
                                YamlSchema.of(ScannersSettings.class, "conf/scanners.yaml of Active Mail Relay"))
                + "\n";
        Path file = CONF.resolve("schema/scanners.schema.json");
        if (System.getProperty("golden.update") != null) {
            Files.writeString(file, schema, StandardCharsets.UTF_8);
        }
        assertThat(file).hasContent(schema);
    }
}
