// SPDX-License-Identifier: Apache-2.0
package org.amrelay.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page of standards says what the comments say; {@code -Dgolden.update} rewrites it. */
class StandardsPageTest {
    private static final Path PAGE = Checkout.root().resolve("docs/standards.md");

    @Test
    void pageEqualsTheCommentsInTheCode() throws IOException {
        String generated = StandardsPage.text();
        if (System.getProperty("golden.update") != null) {
            Files.writeString(PAGE, generated);
        }
        assertThat(PAGE)
                .as("run again with -Dgolden.update and look at the difference")
                .content()
                .isEqualTo(generated);
    }
}
