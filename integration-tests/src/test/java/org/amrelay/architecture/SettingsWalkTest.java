// SPDX-License-Identifier: Apache-2.0
package org.amrelay.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.amrelay.mail.settings.Declaration;
import org.amrelay.mail.settings.SettingsReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsWalkTest {
    private static final int AT_LEAST = 8;

    static List<Adapter> adapters() {
        return Adapter.all();
    }

    @Test
    void theWalkMeetsThemAll() {
        assertThat(adapters()).hasSizeGreaterThanOrEqualTo(AT_LEAST);
    }

    @ParameterizedTest
    @MethodSource("adapters")
    void everyParameterIsDescribed(Adapter adapter) {
        assertThat(Declaration.of(adapter.settings())).allSatisfy(declaration -> {
            assertThat(declaration.description())
                    .isNotBlank()
                    .doesNotEndWith(".")
                    .doesNotContain("|", "\n");
            assertThat(declaration.name()).matches("[a-z][A-Za-z0-9]*");
        });
    }

    @ParameterizedTest
    @MethodSource("adapters")
    void defaultsAndExamplesParse(Adapter adapter) {
        Map<String, String> required = new LinkedHashMap<>();
        Map<String, String> examples = new LinkedHashMap<>();
        for (Declaration declaration : Declaration.of(adapter.settings())) {
            declaration.example().ifPresent(example -> examples.put(declaration.name(), example));
            if (declaration.required()) {
                assertThat(declaration.example())
                        .as("%s, which is required, has an example", declaration.name())
                        .isPresent();
                required.put(declaration.name(), declaration.example().orElseThrow());
            }
        }
        SettingsReader reader = new SettingsReader(Map.of());
        assertThat(reader.read(adapter.settings(), required)).isNotNull();
        assertThat(reader.read(adapter.settings(), examples)).isNotNull();
    }
}
