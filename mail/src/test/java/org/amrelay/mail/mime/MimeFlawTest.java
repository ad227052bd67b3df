// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MimeFlawTest {
    @ParameterizedTest
    @EnumSource
    void isExplainedInTheGuide(MimeFlaw flaw) throws IOException {
        assertThat(Files.readString(Path.of("../docs/guide/message-view.md"))).contains('`' + flaw.text() + '`');
    }
}
