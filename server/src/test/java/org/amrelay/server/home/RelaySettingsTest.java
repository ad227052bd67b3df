// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RelaySettingsTest {
    @TempDir
    private Path directory;

    private RelaySettings read(String yaml, Map<String, String> environment) throws IOException {
        Home home = new Home(directory);
        Files.createDirectories(home.conf());
        Files.writeString(home.conf().resolve("relay.yaml"), yaml);
        return RelaySettings.read(home, environment);
    }

    private void refuses(String yaml, String... sentences) {
        assertThatThrownBy(() -> read(yaml, Map.of()))
                .isInstanceOf(StartRefused.class)
                .hasMessageContainingAll(sentences)
                .hasMessageNotContaining("\n");
    }

    @Test
    void hasADefaultForEverything() throws IOException {
        RelaySettings settings = read("", Map.of());
        assertThat(settings.port("AMR_PORT_RECEIVE")).isEqualTo(2525);
        assertThat(settings.port("AMR_PORT_ADMIN")).isEqualTo(8025);
        assertThat(settings.hostname()).isNotEmpty();
    }

    @Test
    void theShippedFileSaysTheDefaults() throws IOException {
        RelaySettings shipped = read(Files.readString(Path.of("../conf/relay.yaml")), Map.of());
        assertThat(shipped).isEqualTo(read("", Map.of()));
    }

    @Test
    void theEnvironmentWinsOverTheFile() throws IOException {
        RelaySettings settings =
                read("hostname: file.example\nports:\n  receive: 26\n", Map.of("AMR_PORT_RECEIVE", "0"));
        assertThat(settings.hostname()).isEqualTo("file.example");
        assertThat(settings.port("AMR_PORT_RECEIVE")).isZero();
    }

    @Test
    void routesBecomeOneVariable() throws IOException {
        RelaySettings settings = read("routes:\n  Example.org: mailbox.internal:25\n  a.example: mx\n", Map.of());
        assertThat(settings.variables()).containsEntry("AMR_ROUTES", "a.example=mx, example.org=mailbox.internal:25");
    }

    @Test
    void theStarIsTheGatewayForAllOthers() throws IOException {
        assertThat(read("routes:\n  \"*\": smarthost.example:587\n", Map.of()).variables())
                .containsEntry("AMR_DELIVERY_GATEWAY", "smarthost.example:587")
                .doesNotContainKey("AMR_ROUTES");
    }

    @Test
    void theGatewayOfTheEnvironmentWinsOverTheStar() throws IOException {
        String file = "routes:\n  \"*\": smarthost.example:587\n";
        assertThat(read(file, Map.of("AMR_DELIVERY_GATEWAY", "other.example:25"))
                        .variables())
                .containsEntry("AMR_DELIVERY_GATEWAY", "other.example:25");
    }

    @Test
    void refusesARouteThatIsNoNextHop() {
        refuses("routes:\n  example.org: 'host:99999'\n", "line 2: the route of example.org is 'host:99999'");
    }

    @Test
    void namesTheNearestNameForAnUnknownOne() {
        refuses("ports:\n  recieve: 25\n", "line 2", "'ports.recieve' is unknown", "'ports.receive'");
    }

    @Test
    void reportsAllMistakesAtOnce() {
        refuses(
                "hostnam: a.example\nports:\n  receive: 99999\n",
                "'hostnam' is unknown",
                "line 3: ports.receive is '99999', but a port is a number from 0 to 65535");
    }

    @Test
    void saysWhereBrokenYamlIsBroken() {
        refuses("ports:\n  receive: [25\n", "relay.yaml line ");
        refuses("ports: 25\nports: 26\n", "relay.yaml line 2");
    }

    @Test
    void refusesAnEnvironmentVariableThatCannotBe() {
        assertThatThrownBy(() -> read("", Map.of("AMR_PORT_RECEIVE", "smtp")))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("environment variable AMR_PORT_RECEIVE is 'smtp'");
    }

    @Test
    void theSchemaKnowsTheSameNames() throws IOException {
        JsonNode schema = new ObjectMapper()
                .readTree(Path.of("../conf/schema/relay.schema.json").toFile());
        for (Setting setting : Setting.ALL) {
            JsonNode node = schema;
            for (String level : List.of(setting.path().split("\\."))) {
                node = node.path("properties").path(level);
            }
            assertThat(node.path("description").asText())
                    .as(setting.path())
                    .isEqualTo(setting.description() + " (" + setting.variable() + ")");
            assertThat(node.path("default").asText()).as(setting.path()).isEqualTo(setting.defaultsTo());
        }
    }
}
