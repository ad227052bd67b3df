// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.Guice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.amrelay.filtering.disclaimer.Disclaimers;
import org.amrelay.server.home.StartRefused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DisclaimerModuleTest {
    @TempDir
    private Path conf;

    @Test
    void takesTheFolderAndRefusesWhatCannotBe() throws IOException {
        assertThat(Guice.createInjector(DisclaimerModule.of(conf))
                        .getInstance(Disclaimers.class)
                        .of("ours.example"))
                .isEmpty();
        Path file = Files.createDirectories(conf.resolve("disclaimers")).resolve("default.txt");
        Files.writeString(file, "the text of all domains");
        assertThat(Guice.createInjector(DisclaimerModule.of(conf))
                        .getInstance(Disclaimers.class)
                        .of("ours.example"))
                .isPresent();
        Files.writeString(file, "short");
        assertThatThrownBy(() -> DisclaimerModule.of(conf))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("default.txt");
        Files.write(file, new byte[] {(byte) 0xff, 'x'});
        assertThatThrownBy(() -> DisclaimerModule.of(conf))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("cannot be read");
    }
}
