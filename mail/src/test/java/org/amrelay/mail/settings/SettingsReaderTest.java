// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.amrelay.mail.address.EmailAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {
    public enum Level {
        LOW,
        VERY_HIGH
    }

    public record Everything(
            @Parameter(description = "text") String name,

            @Parameter(description = "pause", defaultsTo = "30s")
            Duration pause,

            @Parameter(description = "size", defaultsTo = "25MB")
            DataSize size,

            @Parameter(description = "switch", defaultsTo = "true")
            boolean enabled,

            @Parameter(description = "port", defaultsTo = "25", min = 1, max = 65535)
            int port,

            @Parameter(description = "level", defaultsTo = "very-high", formerly = "severity")
            Level level,

            @Parameter(description = "names", defaultsTo = "")
            List<String> names,

            @Parameter(description = "numbers", defaultsTo = "1, 2")
            Set<Long> numbers,

            @Parameter(description = "address") Optional<EmailAddress> address,

            @Parameter(description = "processor", defaultsTo = "rejected")
            ProcessorName processor,

            @Parameter(description = "score", defaultsTo = "8.5")
            double score) {
        public Everything {
            if (pause.isZero() && enabled) {
                throw new IllegalArgumentException("'pause' is 0 although 'enabled' is true");
            }
        }
    }

    public record One(@Parameter(description = "limit") double limit) {}

    public record Nothing() {}

    private final SettingsReader reader = new SettingsReader(Map.of("HOST", "relay.example"));

    @Test
    void fillsEveryTypeFromItsDefault() {
        assertThat(reader.read(Everything.class, Map.of("name", "x")))
                .isEqualTo(new Everything(
                        "x",
                        Duration.ofSeconds(30),
                        new DataSize(25 << 20),
                        true,
                        25,
                        Level.VERY_HIGH,
                        List.of(),
                        Set.of(1L, 2L),
                        Optional.empty(),
                        new ProcessorName("rejected"),
                        8.5));
    }

    @Test
    void reportsAllMistakesAtOnce() {
        assertThat(mistakes(Map.of("nam", "x", "port", "70000", "enabled", "yes", "pause", "5", "level", "huge")))
                .containsExactlyInAnyOrder(
                        "'nam' is unknown, did you mean 'name'?",
                        "'name' is missing: text",
                        "'port': '70000' is more than 65535",
                        "'enabled': 'yes' is neither true nor false",
                        "'pause': '5' is not a duration such as 30s, 5m, 2h or 5d",
                        "'level': 'huge' is none of low, very-high");
    }

    @Test
    void checksRulesBetweenParametersInTheRecord() {
        assertThat(mistakes(Map.of("name", "x", "pause", "0s")))
                .containsExactly("'pause' is 0 although 'enabled' is true");
    }

    @Test
    void readsAnEarlierNameButNotBesideTodays() {
        assertThat(reader.read(Everything.class, Map.of("name", "x", "severity", "low"))
                        .level())
                .isEqualTo(Level.LOW);
        assertThat(mistakes(Map.of("name", "x", "severity", "low", "level", "low")))
                .containsExactly("'level' is given twice, also under an earlier name");
    }

    @ParameterizedTest
    @CsvSource({
        "${HOST}, relay.example",
        "a ${HOST} b, a relay.example b",
        "${NONE:x:y}, x:y",
        "${NONE:}z, z",
        "$HOST, $HOST"
    })
    void expandsTheEnvironment(String written, String read) {
        assertThat(reader.read(Everything.class, Map.of("name", written)).name())
                .isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource({"${NONE}, needs the environment variable NONE", "${HOST, has a ${ without its }"})
    void refusesWhatTheEnvironmentLacks(String written, String complaint) {
        assertThat(mistakes(Map.of("name", written)).get(0)).endsWith(complaint);
    }

    @ParameterizedTest
    @CsvSource({
        "address, nobody",
        "size, -1",
        "size, 3XB",
        "size, 99999999999999GB",
        "processor, a b",
        "score, NaN",
        "numbers, 'a,b'",
        "port, 0"
    })
    void namesTheParameterThatDoesNotParse(String name, String value) {
        assertThat(mistakes(Map.of("name", "x", name, value)))
                .singleElement()
                .asString()
                .startsWith("'" + name + "': '" + value + "' is ");
    }

    @Test
    void fillsARecordOfOneFromAWholeCondition() {
        assertThat(reader.readCondition(One.class, "8.5")).isEqualTo(new One(8.5));
        assertThat(reader.readCondition(One.class, "limit=8.5")).isEqualTo(new One(8.5));
    }

    @Test
    void fillsARecordOfSeveralFromNamesAndValues() {
        Everything read = reader.readCondition(Everything.class, "name=x, names=a@b.example,c , port=26");
        assertThat(read.names()).containsExactly("a@b.example", "c");
        assertThat(read.port()).isEqualTo(26);
    }

    @Test
    void refusesAConditionWhereNoneBelongs() {
        InvalidSettingsException refusal =
                catchThrowableOfType(InvalidSettingsException.class, () -> reader.readCondition(Nothing.class, "x=1"));
        assertThat(refusal.mistakes()).containsExactly("'x' is unknown, there are no parameters");
        assertThat(reader.readCondition(Nothing.class, "")).isEqualTo(new Nothing());
    }

    @Test
    void declaresWhatThePagesNeed() {
        Declaration level = Declaration.of(Everything.class).get(5);
        assertThat(level.kind()).isEqualTo("low or very-high");
        assertThat(level.required()).isFalse();
        assertThat(level.formerly()).containsExactly("severity");
        assertThat(Declaration.of(Everything.class).get(0).required()).isTrue();
        assertThat(Declaration.of(Everything.class).get(7).kind()).isEqualTo("list of whole number");
    }

    private List<String> mistakes(Map<String, String> given) {
        return catchThrowableOfType(InvalidSettingsException.class, () -> reader.read(Everything.class, given))
                .mistakes();
    }
}
