// SPDX-License-Identifier: Apache-2.0
package org.amrelay.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference pages say what the declarations say; {@code -Dgolden.update} rewrites them. */
class ReferencePagesTest {
    private static final Path PAGES = Checkout.root().resolve("docs/reference");

    static List<Adapter> adapters() {
        return Adapter.all();
    }

    @ParameterizedTest
    @MethodSource("adapters")
    void pageEqualsDeclaration(Adapter adapter) throws IOException {
        Path page = PAGES.resolve(ReferencePage.path(adapter));
        String generated = ReferencePage.of(adapter);
        if (System.getProperty("golden.update") != null) {
            Files.createDirectories(page.getParent());
            Files.writeString(page, generated);
        }
        assertThat(page)
                .as("run again with -Dgolden.update and look at the difference")
                .content()
                .isEqualTo(generated);
    }

    @Test
    void noPageOutlivesItsClass() {
        Map<Path, Adapter> expected = new TreeMap<>();
        Adapter.all().forEach(adapter -> expected.put(PAGES.resolve(ReferencePage.path(adapter)), adapter));
        for (String kind : List.of("mailets", "matchers", "hooks")) {
            assertThat(Checkout.files(PAGES.resolve(kind), file -> true))
                    .allSatisfy(page -> assertThat(expected).containsKey(page));
        }
    }

    @ParameterizedTest
    @MethodSource("adapters")
    void theExampleOfThePageParses(Adapter adapter) {
        String page = Checkout.text(PAGES.resolve(ReferencePage.path(adapter)));
        assertThat(ReferencePage.settingsOfExample(adapter, page)).isNotNull();
    }
}
