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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.amrelay.filtering.content.ActionSettings;
import org.amrelay.filtering.content.AttachmentSettings;
import org.amrelay.filtering.content.ConditionSettings;
import org.amrelay.filtering.content.ContentBook;
import org.amrelay.filtering.content.ContentRuleFile;
import org.amrelay.filtering.content.HeaderSettings;
import org.amrelay.filtering.content.RuleSettings;
import org.amrelay.filtering.content.SensitiveClause;
import org.amrelay.filtering.content.TextSettings;
import org.amrelay.filtering.content.TimeSettings;
import org.amrelay.mail.settings.SourceLine;
import org.amrelay.mail.settings.YamlSchema;
import org.amrelay.mail.settings.YamlSettings;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.StartRefused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped {@code conf/content-rules.yaml}, its schema and its guide say what the relay reads. */
class ContentRulesFileTest {
    private static final Path CONF = Path.of("../conf");
    private static final Path GUIDE = Path.of("../docs/guide/content-rules.md");

    @TempDir
    private Path directory;

    private static ContentBook book(String text) {
        return ContentBook.of(ContentRuleFile.read(text, Map.of()), Set.of());
    }

    @Test
    void theShippedRulesCompileAndRefuseInSession() throws IOException {
        assertThat(book(Files.readString(CONF.resolve("content-rules.yaml"))).refusesInSession())
                .isTrue();
    }

    @Test
    void theShippedExamplesCompile() throws IOException {
        String shipped = Files.readString(CONF.resolve("content-rules.yaml"));
        String examples = shipped.substring(shipped.indexOf("# Examples")).replaceAll("(?m)^# ?", "");
        String rules = examples.substring(examples.indexOf(" - name"));
        assertThat(book("groups: {management: [\"@board.example\"]}\nrules:\n" + rules)
                        .rules())
                .hasSize(2);
    }

    @Test
    void theExamplesOfTheGuideCompile() throws IOException {
        Matcher examples = Pattern.compile("(?s)```yaml\n(.*?)```").matcher(Files.readString(GUIDE));
        int count = 0;
        while (examples.find()) {
            count++;
            assertThat(book(examples.group(1)).rules()).isNotEmpty();
        }
        assertThat(count).isGreaterThanOrEqualTo(3);
    }

    @Test
    void theGuideNamesEverySetting() throws IOException {
        String guide = Files.readString(GUIDE);
        for (Class<? extends Record> type : List.of(
                RuleSettings.class,
                ConditionSettings.class,
                ActionSettings.class,
                AttachmentSettings.class,
                TextSettings.class,
                SensitiveClause.class,
                HeaderSettings.class,
                TimeSettings.class)) {
            for (var component : type.getRecordComponents()) {
                if (component.getType() != SourceLine.class) {
                    assertThat(guide).contains("`" + YamlSettings.written(component.getName()) + "`");
                }
            }
        }
    }

    @Test
    void mistakesStopTheStartWithTheirLines() throws IOException {
        Home home = new Home(directory);
        Files.createDirectories(home.conf());
        Files.writeString(
                home.conf().resolve("content-rules.yaml"),
                "rules:\n  - name: one\n    wen: {}\n  - name: two\n    mode: sometimes\n");
        assertThatThrownBy(() -> ContentModule.of(home, Map.of()))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("content-rules.yaml line 3: 'wen' is unknown, did you mean 'when'?")
                .hasMessageContaining("line 5: 'mode': 'sometimes' is none of enforce, audit, test");
    }

    @Test
    void rulesThatNobodyWouldAskStopTheStart() throws IOException {
        Home home = new Home(directory);
        Files.createDirectories(home.conf());
        assertThat(ContentModule.of(home, Map.of())).isNotNull();
        Files.writeString(home.conf().resolve("mailetcontainer.xml"), "<mailetcontainer/>");
        Files.writeString(home.conf().resolve("content-rules.yaml"), "rules:\n  - name: one\n");
        assertThatThrownBy(() -> ContentModule.of(home, Map.of()))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("org.amrelay.mailets.ContentRules");
    }

    /** {@code -Dgolden.update} writes it anew. */
    @Test
    void theSchemaIsThatOfTheRecords() throws IOException {
        String schema = new ObjectMapper()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                        .writeValueAsString(
                                YamlSchema.of(ContentRuleFile.class, "conf/content-rules.yaml of Active Mail Relay"))
                + "\n";
        Path file = CONF.resolve("schema/content-rules.schema.json");
        if (System.getProperty("golden.update") != null) {
            Files.writeString(file, schema, StandardCharsets.UTF_8);
        }
        assertThat(file).hasContent(schema);
    }
}
