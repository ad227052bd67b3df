// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.disclaimer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DisclaimerFolderTest {
    @TempDir
    private Path folder;

    private void file(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }

    @Test
    void aDomainHasItsOwnOrTheDefaultOrNone() throws IOException {
        file("default.txt", "the text of all domains\n");
        file("ours.example.txt", "our own text, Ä & <b>\n");
        file("both.example.txt", "the text of both.example");
        file("both.example.html", "<div>the HTML of both.example: ß</div>\n");
        file("only.example.html", "<p>only <b>HTML</b> is here</p>");
        file("quiet.example.txt", "");
        file("README.md", "x");
        Disclaimers all = DisclaimerFolder.read(folder);
        assertThat(all.of("other.example").orElseThrow().text()).isEqualTo("the text of all domains");
        assertThat(all.of("").orElseThrow().html()).isEqualTo("<p>the text of all domains</p>");
        assertThat(all.of("ours.example").orElseThrow().html())
                .isEqualTo("<p>our own text, &#196; &amp; &lt;b&gt;</p>");
        assertThat(all.of("both.example").orElseThrow())
                .satisfies(both -> assertThat(both.text()).isEqualTo("the text of both.example"))
                .satisfies(both -> assertThat(both.html()).isEqualTo("<div>the HTML of both.example: &#223;</div>"))
                .satisfies(both -> assertThat(both.marks()).hasSize(2));
        assertThat(all.of("only.example").orElseThrow().text()).isEqualTo("only HTML is here");
        assertThat(all.of("quiet.example")).isEmpty();
    }

    @Test
    void withoutAFolderThereAreNone() throws IOException {
        assertThat(DisclaimerFolder.read(folder.resolve("none")).of("ours.example"))
                .isEmpty();
        assertThat(Disclaimers.none().of("ours.example")).isEmpty();
    }

    @Test
    void saysWhichFileIsWrong() throws IOException {
        file("ours.example.txt", "short");
        assertThatThrownBy(() -> DisclaimerFolder.read(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ours.example.txt: has less than 12 letters");
        file("ours.example.txt", "x".repeat(65 * 1024));
        assertThatThrownBy(() -> DisclaimerFolder.read(folder)).hasMessageContaining("larger than 64 KB");
        file("ours.example.txt", "");
        file("ours.example.html", "<p>" + "x".repeat(2000));
        assertThatThrownBy(() -> DisclaimerFolder.read(folder)).hasMessageContaining("longer than mail may have");
        Files.write(folder.resolve("ours.example.html"), "grün".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> DisclaimerFolder.read(folder)).isInstanceOf(IOException.class);
    }
}
