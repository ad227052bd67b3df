// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.home;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.amrelay.delivery.route.RouteBookReader;
import org.amrelay.delivery.route.RouteFile;
import org.amrelay.delivery.route.RouteResources;
import org.amrelay.mail.settings.YamlSchema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped {@code conf/routes.yaml}, its schema and its guide say what the relay reads. */
class RoutesFileTest {
    private static final Path CONF = Path.of("../conf");
    private static final Path GUIDE = Path.of("../docs/guide/routes.md");

    @TempDir
    private Path home;

    private RouteResources resources() throws IOException {
        Files.createDirectories(home.resolve("conf"));
        Files.writeString(home.resolve("conf/provider.secret"), "swordfish\n");
        return new RouteResources(Map.of("PROVIDER_PASSWORD", "swordfish"), home);
    }

    @Test
    void theShippedFileHasNoRoutes() throws IOException {
        assertThat(RouteBookReader.read(CONF.resolve("routes.yaml"), resources())
                        .isEmpty())
                .isTrue();
    }

    @Test
    void itsExamplesCanBeUsed() throws IOException {
        String text = Files.readString(CONF.resolve("routes.yaml"))
                .replace("routes: []", "routes:")
                .replaceAll("(?m)^#( {3})", "$1");
        assertThat(RouteBookReader.read(text, resources()).names())
                .containsExactly("provider", "newsletters", "mailboxes", "no-competitors", "test-mail");
    }

    @Test
    void theExamplesOfTheGuideCanBeUsed() throws IOException {
        Matcher examples = Pattern.compile("(?s)```yaml\n(routes:.*?)```").matcher(Files.readString(GUIDE));
        int count = 0;
        while (examples.find()) {
            count++;
            assertThat(RouteBookReader.read(examples.group(1), resources()).names())
                    .isNotEmpty();
        }
        assertThat(count).isPositive();
    }

    @Test
    void theGuideNamesEverySetting() throws IOException {
        String guide = Files.readString(GUIDE);
        for (Class<? extends Record> type : java.util.List.of(
                RouteFile.RouteSettings.class,
                org.amrelay.delivery.route.RouteConditions.class,
                org.amrelay.delivery.route.SmartHost.class,
                RouteFile.LogInSettings.class,
                RouteFile.SourceSettings.class)) {
            org.amrelay.mail.settings.Declaration.of(type)
                    .forEach(declaration -> assertThat(guide)
                            .contains("`" + org.amrelay.mail.settings.YamlSettings.written(declaration.name())));
        }
    }

    /** {@code -Dgolden.update} writes it anew. */
    @Test
    void theSchemaIsThatOfTheRecords() throws IOException {
        String schema = new ObjectMapper()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                        .writeValueAsString(YamlSchema.of(RouteFile.class, "conf/routes.yaml of Active Mail Relay"))
                + "\n";
        Path file = CONF.resolve("schema/routes.schema.json");
        if (System.getProperty("golden.update") != null) {
            Files.writeString(file, schema, StandardCharsets.UTF_8);
        }
        assertThat(file).hasContent(schema);
    }
}
