// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SensitiveTypesTest {
    private static final SensitiveFinder TYPES = new SensitiveTypes(SensitiveSettings.standard());

    /** These have no check digit, or one that does not notice each changed digit. */
    private static final Set<String> UNCHECKED = Set.of(
            "us-ssn",
            "us-itin",
            "us-ein",
            "uk-nino",
            "dk-cpr",
            "in-pan",
            "my-nric",
            "id-nik",
            "passport-number",
            "drivers-license",
            "uk-driving-licence",
            "date-of-birth",
            "phone-number",
            "us-mbi",
            "swift-bic",
            "fi-hetu",
            "lv-personas-kods",
            "passport-mrz");

    record Sample(String type, String text, List<String> values) {}

    static Stream<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        for (String entry : resource("samples.txt")
                .lines()
                .skip(1)
                .collect(Collectors.joining("\n"))
                .split("\n(?=[a-z0-9-]+ \\| )")) {
            int bar = entry.indexOf('|');
            String marked = entry.substring(bar + 1).strip();
            List<String> values = Arrays.stream(marked.split("\\["))
                    .skip(1)
                    .map(part -> part.substring(0, part.indexOf(']')))
                    .toList();
            samples.add(new Sample(
                    entry.substring(0, bar).strip(), marked.replace("[", "").replace("]", ""), values));
        }
        return samples.stream();
    }

    private static String resource(String name) {
        try (InputStream in = SensitiveTypesTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void findsThePublishedExamples(Sample sample) {
        List<SensitiveMatch> found = TYPES.find(sample.text(), TYPES.types());
        assertThat(found)
                .filteredOn(match -> match.type().equals(sample.type()))
                .extracting(match -> sample.text().substring(match.offset(), match.offset() + match.length()))
                .containsExactlyElementsOf(sample.values());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void givesTheSameAnswerWhoeverAsks(Sample sample) {
        assertThat(TYPES.find(sample.text(), Set.of(sample.type())))
                .extracting(match -> sample.text().substring(match.offset(), match.offset() + match.length()))
                .containsExactlyElementsOf(sample.values());
    }

    static Stream<String> innocent() {
        return resource("innocent.txt").lines();
    }

    @ParameterizedTest
    @MethodSource("innocent")
    void leavesOthersAlone(String text) {
        assertThat(TYPES.find(text, TYPES.types())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void noChangedDigitPassesTheCheck(Sample sample) {
        String value = sample.values().get(0);
        if (UNCHECKED.contains(sample.type()) || isSecret(sample.type())) {
            return;
        }
        int wrong = 0;
        int tried = 0;
        for (int i = 0; i < value.length(); i++) {
            for (char other = '0'; other <= '9' && value.charAt(i) >= '0' && value.charAt(i) <= '9'; other++) {
                if (other != value.charAt(i)) {
                    String changed = value.substring(0, i) + other + value.substring(i + 1);
                    String text = sample.text().replace(value, changed);
                    tried++;
                    wrong += TYPES.find(text, Set.of(sample.type())).stream()
                                    .anyMatch(match ->
                                            match.offset() == sample.text().indexOf(value)
                                                    && match.length() == value.length())
                            ? 1
                            : 0;
                }
            }
        }
        assertThat(wrong).as("of %s changes", tried).isLessThanOrEqualTo(tried / 5);
        if (Set.of("credit-card", "iban", "pl-pesel", "nl-bsn", "ch-ahv", "in-aadhaar", "uk-nhs", "ca-sin", "fr-insee")
                .contains(sample.type())) {
            assertThat(wrong).as(sample.text()).isZero();
        }
    }

    private static boolean isSecret(String type) {
        return type.endsWith("-key")
                || type.endsWith("-token")
                || type.startsWith("email")
                || Set.of("password", "connection-string", "json-web-token").contains(type);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void neverShowsMoreThanFourCharacters(Sample sample) {
        for (SensitiveMatch match : TYPES.find(sample.text(), TYPES.types())) {
            assertThat(match.masked().chars().filter(Character::isLetterOrDigit).count())
                    .isLessThanOrEqualTo(4);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00A0", "\u2009", "\u202F", "-", "\u2011", "\u2013", ".", "\n", " \n", "\r\n"})
    void takesManySeparators(String separator) {
        String text = "SSN: " + String.join(separator, "536", "90", "4399") + " ";
        assertThat(TYPES.find(text, Set.of("us-ssn"))).as(text).hasSize(separator.contains("\n") ? 0 : 1);
        String card = String.join(separator.contains("\n") ? " " : separator, "4111", "1111", "1111", "1111");
        assertThat(TYPES.find(card, Set.of("credit-card"))).hasSize(1);
    }

    @Test
    void aWordNearbyRaisesTheConfidence() {
        assertThat(confidence("4111 1111 1111 1111", "credit-card")).isEqualTo(75);
        assertThat(confidence("Visa 4111 1111 1111 1111", "credit-card")).isEqualTo(85);
        assertThat(confidence("4111 1111 1111 1111" + " .".repeat(100) + " Visa", "credit-card"))
                .isEqualTo(75);
        assertThat(confidence("536-90-4399", "us-ssn")).isEqualTo(65);
        assertThat(confidence("SSN 536-90-4399", "us-ssn")).isEqualTo(85);
        assertThat(confidence("SSN" + " .".repeat(100) + " 536904399", "us-ssn"))
                .isEqualTo(75);
        assertThat(TYPES.find("SSN" + " .".repeat(200) + " 536904399", Set.of("us-ssn")))
                .isEmpty();
    }

    private static int confidence(String text, String type) {
        return TYPES.find(text, Set.of(type)).get(0).confidence();
    }

    @Test
    void theNearerWordDecidesWhatANumberIs() {
        assertThat(TYPES.find("SSN on file. Routing number: 021000021", TYPES.types()))
                .extracting(SensitiveMatch::type)
                .containsExactly("aba-routing");
    }

    @Test
    void findsWholePrivateKeys() {
        String pem = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n-----END OPENSSH PRIVATE KEY-----";
        for (String text : List.of(
                pem,
                pem.replace("OPENSSH ", ""),
                pem.replace("OPENSSH PRIVATE KEY", "PGP PRIVATE KEY BLOCK"),
                "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nPrivate-MAC: 00")) {
            List<SensitiveMatch> found = TYPES.find("see\n" + text, Set.of("private-key"));
            assertThat(found).hasSize(1);
            assertThat(found.get(0).masked()).doesNotContainPattern("[A-Za-z0-9]");
        }
    }

    @Test
    void tenAddressesAreAList() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 9; i++) {
            text.append("user").append(i).append("@example.org; ");
        }
        assertThat(TYPES.find(text + "user0@example.org", Set.of("email-list"))).isEmpty();
        assertThat(TYPES.find(text + "user9@example.org", Set.of("email-list"))).hasSize(1);
    }

    @Test
    void boundsTheFindsOfEachType() {
        SensitiveTypes few = new SensitiveTypes(SensitiveSettings.read("most-finds: 3", Map.of()));
        assertThat(few.find("4111111111111111\n".repeat(50), few.types())).hasSize(3);
    }

    @Test
    void leavesOutWhatTheSiteIgnores() {
        SensitiveTypes types = new SensitiveTypes(SensitiveSettings.read("ignore: 4111-1111-1111-1111", Map.of()));
        assertThat(types.find("4111 1111 1111 1111 or 5500 0000 0000 0004 ", Set.of("credit-card")))
                .hasSize(1);
    }

    @Test
    void knowsNumbersOfManyCountries() {
        Set<String> countries = TYPES.types().stream()
                .filter(type -> type.matches("[a-z]{2}-.*"))
                .map(type -> type.substring(0, 2))
                .collect(Collectors.toSet());
        assertThat(countries).hasSizeGreaterThan(55);
    }

    @Test
    void theGuideListsEachType() throws IOException {
        String guide = Files.readString(Path.of("..", "docs", "guide", "sensitive-types.md"));
        new SensitiveTypes(SensitiveSettings.standard())
                .titles()
                .forEach((type, title) -> assertThat(guide).contains("| `" + type + "` | " + title + " |"));
        assertThat(guide).contains(TYPES.types().size() + " types that come along");
        String yaml =
                guide.substring(guide.indexOf("```yaml\n") + 8, guide.indexOf("```", guide.indexOf("```yaml\n") + 8));
        assertThat(SensitiveSettings.read(yaml, Map.of()).patterns()).hasSize(1);
    }
}
