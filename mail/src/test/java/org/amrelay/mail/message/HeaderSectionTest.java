// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class HeaderSectionTest {
    @Test
    void keepsFieldsWithTheirFolding() throws IOException {
        HeaderSection header = read("A: 1\r\n\t2\r\nsubject : x\r\nA:\r\n\r\nbody\r\n");
        assertThat(header.fields())
                .containsExactly(
                        new HeaderField("A", "A: 1\r\n\t2"),
                        new HeaderField("subject", "subject : x"),
                        new HeaderField("A", "A:"));
        assertThat(header.named("a")).hasSize(2);
        assertThat(header.fields().get(0).body()).isEqualTo(" 1\r\n\t2");
        assertThat(header.bodyOffset()).isEqualTo(29);
    }

    @Test
    void knowsAMessageWithoutBody() throws IOException {
        assertThat(read("A: 1\r\n").bodyOffset()).isEqualTo(6);
        assertThat(read("A: 1").fields()).containsExactly(new HeaderField("A", "A: 1"));
        assertThat(read("").fields()).isEmpty();
    }

    @Test
    void knowsAMessageWithoutHeader() throws IOException {
        assertThat(read("\r\nbody").fields()).isEmpty();
        assertThat(read("\r\nbody").bodyOffset()).isEqualTo(2);
    }

    @Test
    void keepsLinesThatAreNoFields() throws IOException {
        assertThat(read("nonsense\r\nA: 1\r\n\r\n").fields())
                .containsExactly(new HeaderField("", "nonsense"), new HeaderField("A", "A: 1"));
    }

    @Test
    void findsTheEndWhereverReadsAreCut() throws IOException {
        for (int padding = 8180; padding < 8200; padding++) {
            String text = "A: " + "x".repeat(padding) + "\r\n\r\nbody";
            assertThat(read(text).bodyOffset()).isEqualTo(text.length() - 4);
        }
    }

    @Test
    void endsSomewhere() throws IOException {
        HeaderSection header = read("A: 1\r\n".repeat(200_000) + "\r\nbody");
        assertThat(header.isWhole()).isFalse();
        assertThat(header.bodyOffset()).isEqualTo(1 << 20);
    }

    @Property(seed = "1")
    void losesNoOctet(
            @ForAll @StringLength(max = 60) @CharRange(from = '\t', to = '\r') @CharRange(from = ' ', to = ':')
                    String text)
            throws IOException {
        HeaderSection header = read(text);
        String joined = header.fields().stream().map(f -> f.raw() + "\r\n").collect(Collectors.joining());
        String before = text.substring(0, (int) header.bodyOffset());
        assertThat(before + "\r\n\r\n").startsWith(joined);
        assertThat(joined.length()).isGreaterThanOrEqualTo(before.length() - 2);
    }

    private static HeaderSection read(String text) throws IOException {
        return HeaderSection.read(MessageContent.of(text.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
