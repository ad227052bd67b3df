// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SensitiveTypesPageTest {
    @Test
    void thePageNamesEveryType() throws IOException {
        String page = Files.readString(Path.of("../docs/guide/sensitive-types.md"));
        assertThat(new SensitiveTypes().types())
                .allSatisfy(type -> assertThat(page).contains('`' + type + '`'));
    }
}
