// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlSettingsTest {
    public record House(
            @Parameter(description = "name") String name,
            @Parameter(description = "rooms") List<Room> rooms,
            @Parameter(description = "first floor") Optional<Room> firstFloor,
            @Parameter(description = "words") Set<String> words,
            @Parameter(description = "sizes") Map<String, DataSize> sizes,

            @Parameter(description = "patience", defaultsTo = "5m")
            Duration patience) {
        public House {
            if (name.equals("ruin")) {
                throw new IllegalArgumentException("nobody lives in a ruin");
            }
        }
    }

    public record Room(
            SourceLine line,
            @Parameter(description = "what for") String use,

            @Parameter(description = "people", defaultsTo = "1", min = 1, max = 9)
            int people) {
        public static Room of(String text) {
            if (text.contains(" ")) {
                throw new IllegalArgumentException("is no use");
            }
            return new Room(new SourceLine(0), text, 1);
        }
    }

    private static House read(String... lines) {
        return YamlSettings.read(House.class, String.join("\n", lines), Map.of("NAME", "from outside"));
    }

    private static List<String> mistakes(String... lines) {
        return catchThrowableOfType(InvalidSettingsException.class, () -> read(lines))
                .mistakes();
    }

    @Test
    void fillsRecordsListsAndMapsAndKnowsTheirLines() {
        House house = read(
                "name: ${NAME}",
                "rooms:",
                "  - use: kitchen",
                "    people: 3",
                "  - bath",
                "first-floor: {use: attic}",
                "words: [a, b]",
                "sizes:",
                "  table: 2KB",
                "patience: 30s");
        assertThat(house.name()).isEqualTo("from outside");
        assertThat(house.rooms())
                .containsExactly(new Room(new SourceLine(3), "kitchen", 3), new Room(new SourceLine(0), "bath", 1));
        assertThat(house.firstFloor()).contains(new Room(new SourceLine(6), "attic", 1));
        assertThat(house.words()).containsExactly("a", "b");
        assertThat(house.sizes()).containsExactly(Map.entry("table", new DataSize(2048)));
        assertThat(house.patience()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void takesNothingForAnEmptyListAndOneValueForAListOfOne() {
        House house = read("name: h", "rooms:", "words: a, b");
        assertThat(house.rooms()).isEmpty();
        assertThat(house.sizes()).isEmpty();
        assertThat(house.firstFloor()).isEmpty();
        assertThat(house.words()).containsExactly("a", "b");
        assertThat(house.patience()).isEqualTo(Duration.ofMinutes(5));
        assertThat(read("name: h", "rooms: {use: hall}").rooms()).hasSize(1);
    }

    @Test
    void reportsAllMistakesWithTheirLines() {
        assertThat(mistakes(
                        "rooms:",
                        "  - use: kitchen",
                        "    people: 12",
                        "  - poeple: 2",
                        "  - [a]",
                        "frist-floor: x",
                        "patience: soon",
                        "sizes: much",
                        "words: {a: b}"))
                .containsExactlyInAnyOrder(
                        "line 1: 'name' is missing: name",
                        "line 3: 'people': '12' is more than 9",
                        "line 4: 'poeple' is unknown, did you mean 'people'?",
                        "line 4: 'use' is missing: what for",
                        "line 5: 'rooms' is a list or has names below it, but one value is expected",
                        "line 6: 'frist-floor' is unknown, did you mean 'first-floor'?",
                        "line 7: 'patience': 'soon' is not a duration such as 30s, 5m, 2h or 5d",
                        "line 8: 'sizes' needs lines like 'name: value' below it",
                        "line 9: 'words' is a list or has names below it, but one value is expected");
    }

    @Test
    void reportsTheRulesOfARecordAtItsLine() {
        assertThat(mistakes("# comment", "name: ruin")).containsExactly("line 2: nobody lives in a ruin");
        assertThat(mistakes("name: h", "rooms: [two words]")).containsExactly("line 2: 'rooms': 'two words' is no use");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: [ | line 1, column",
                "- a | line 1: expected lines like 'name: value'",
                "text | line 1: expected lines like 'name: value'",
                "{[a]: b} | line 1: a name is expected before the colon",
                "{name: a, name: b} | line 1: 'name' is there twice",
                "name: ${MISSING} | line 1: 'name': '${MISSING}' needs the environment variable MISSING"
            })
    void saysWhereItIsNoYaml(String text, String complaint) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(complaint);
    }

    @Test
    void isNotFloodedByAliases() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 15; i++) {
            String before = "*a" + (i - 1);
            bomb.append(
                    "a" + i + ": &a" + i + " [" + String.join(", ", java.util.Collections.nCopies(10, before)) + "]\n");
        }
        assertThatThrownBy(() -> read(bomb.toString()))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("no YAML: Number of aliases");
        assertThatThrownBy(() -> read("name: " + "[".repeat(30) + "]".repeat(30)))
                .hasMessageContaining("this is no settings file");
    }
}
