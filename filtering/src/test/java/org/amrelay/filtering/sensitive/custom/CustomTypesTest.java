// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive.custom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.amrelay.filtering.sensitive.SensitiveMatch;
import org.amrelay.filtering.sensitive.SensitiveSettings;
import org.amrelay.filtering.sensitive.SensitiveTypes;
import org.amrelay.mail.settings.InvalidSettingsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CustomTypesTest {
    private static final byte[] SALT = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final String STAFF =
            "number,name,city\r\nK-100234,Ada Lovelace,London\r\n\"K-100,235\",\"Grace \"\"G\"\" Hopper\",Arlington\r\n";
    private static final String SETTINGS = """
            dictionaries:
              - name: project-names
                words: Bluebird, Projekt Größe
            patterns:
              - name: staff-number
                pattern: '\\bEMP-[0-9]{6}\\b'
                keywords: employee, personal
              - name: room-code
                pattern: 'R[0-9]{3}'
                needs-keyword: true
                keywords: room
                confidence: 60
            """;

    private static List<SensitiveMatch> find(SensitiveTypes types, String text) {
        return types.find(text, types.types());
    }

    @Test
    void findsWordsOfASiteWithoutCaseAndAccents() {
        SensitiveTypes types = new SensitiveTypes(SensitiveSettings.read(SETTINGS, Map.of()));
        assertThat(find(types, "about BLUEBIRD and projekt grösse, Projekt Größe but not bluebirds"))
                .extracting(SensitiveMatch::type)
                .containsExactly("project-names", "project-names");
    }

    @Test
    void findsPatternsOfASite() {
        SensitiveTypes types = new SensitiveTypes(SensitiveSettings.read(SETTINGS, Map.of()));
        assertThat(find(types, "EMP-123456"))
                .containsExactly(new SensitiveMatch("staff-number", 0, 10, 75, "***-****56"));
        assertThat(find(types, "employee EMP-123456"))
                .extracting(SensitiveMatch::confidence)
                .containsExactly(85);
        assertThat(find(types, "R123")).isEmpty();
        assertThat(find(types, "room R123")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "patterns: {name: a, pattern: '('} | missing closing",
                "patterns: {name: a, pattern: 'x*'} | matches the empty text",
                "patterns: {name: A b, pattern: 'x'} | is not of small letters",
                "dictionaries: {name: a} | words of dictionary a",
                "phone-regions: Germany | codes of two capital letters",
                "dictionarys: {} | did you mean 'dictionaries'"
            })
    void saysWhatIsWrong(String yaml, String sentence) {
        assertThatThrownBy(() -> SensitiveSettings.read(yaml, Map.of()))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void refusesTwoTypesOfOneName() {
        SensitiveSettings settings = SensitiveSettings.read("dictionaries: {name: iban, words: x}", Map.of());
        assertThatThrownBy(() -> new SensitiveTypes(settings)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void findsRowsOfATable() throws IOException {
        ExactTable built = ExactTable.build("staff", new StringReader(STAFF), "number", SALT);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        built.write(file);
        assertThat(file.toString(StandardCharsets.ISO_8859_1))
                .doesNotContainIgnoringCase("lovelace")
                .doesNotContain("100234");
        ExactTable table = ExactTable.read(new ByteArrayInputStream(file.toByteArray()));
        SensitiveTypes types = new SensitiveTypes(SensitiveSettings.standard(), List.of(table), List.of());
        assertThat(types.find("K 100234 is here", Set.of("staff")))
                .extracting(SensitiveMatch::confidence)
                .containsExactly(65);
        assertThat(types.find("K100234: ada lovelace", Set.of("staff")))
                .extracting(SensitiveMatch::confidence)
                .containsExactly(85);
        assertThat(types.find("Grace \"G\" Hopper (K-100235)", Set.of("staff")))
                .extracting(SensitiveMatch::confidence)
                .containsExactly(85);
        assertThat(types.find("Ada Lovelace of London, Arlington", Set.of("staff")))
                .isEmpty();
        assertThat(types.find("K-100235 Ada Lovelace", Set.of("staff")))
                .extracting(SensitiveMatch::confidence)
                .containsExactly(65);
        assertThat(types.find("K-100236", Set.of("staff"))).isEmpty();
    }

    @Test
    void refusesWhatIsNoTable() {
        assertThatThrownBy(() -> ExactTable.build("staff", new StringReader(STAFF), "salary", SALT))
                .hasMessageContaining("there is no column 'salary', there are number, name, city");
        assertThatThrownBy(() -> ExactTable.build("staff", new StringReader(STAFF), "number", new byte[3]))
                .hasMessageContaining("salt");
        assertThatThrownBy(() -> ExactTable.read(new ByteArrayInputStream(new byte[100])))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Fingerprint.read(new ByteArrayInputStream(new byte[100])))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Fingerprint.of("short", "too short", 30, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String prose(int seed, int words) {
        Random random = new Random(seed);
        StringBuilder prose = new StringBuilder();
        for (int i = 0; i < words; i++) {
            for (int letter = 2 + random.nextInt(7); letter > 0; letter--) {
                prose.append((char) ('a' + random.nextInt(26)));
            }
            prose.append(i % 11 == 10 ? ".\n" : " ");
        }
        return prose.toString();
    }

    @Test
    void findsThirtyPerCentOfADocumentInAnother() throws IOException {
        String document = prose(1, 1500);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        Fingerprint.of("contract", document, 25, 42).write(file);
        Fingerprint print = Fingerprint.read(new ByteArrayInputStream(file.toByteArray()));
        SensitiveTypes types = new SensitiveTypes(SensitiveSettings.standard(), List.of(), List.of(print));
        String part = document.substring(document.length() / 5, document.length() / 5 + document.length() * 3 / 10);
        String quoted = prose(2, 900) + "\n> "
                + part.toUpperCase(Locale.ROOT).replace("\n", "\r\n> ").replace(" ", "  ") + prose(3, 900);
        List<SensitiveMatch> found = types.find(quoted, Set.of("contract"));
        assertThat(found).hasSize(1);
        assertThat(found.get(0).offset())
                .isBetween(prose(2, 900).length(), prose(2, 900).length() + 200);
        assertThat(found.get(0).masked()).matches("\\*+");
        assertThat(types.find(prose(2, 900) + part.substring(0, part.length() / 3), Set.of("contract")))
                .isEmpty();
        assertThat(types.find(document, Set.of("contract")))
                .extracting(SensitiveMatch::confidence)
                .containsExactly(85);
        assertThat(types.find(prose(5, 3000), Set.of("contract"))).isEmpty();
    }
}
