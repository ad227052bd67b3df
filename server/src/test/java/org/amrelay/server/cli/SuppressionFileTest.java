// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.amrelay.server.admin.Answers;
import org.amrelay.server.admin.Json;
import org.junit.jupiter.api.Test;

class SuppressionFileTest {
    private static final Answers.Suppressed BOB = new Answers.Suppressed(
            0,
            "bob@far.example",
            "alice@relay.example",
            "complaint",
            "a \"bad\", old list",
            "2026-01-01T00:00:00Z",
            "");

    private static List<Answers.Suppressed> read(String text) throws IOException {
        List<Answers.Suppressed> entries = new ArrayList<>();
        new SuppressionFile().read(new BufferedReader(new StringReader(text)), entries::add);
        return entries;
    }

    @Test
    void readsWhatItWrites() throws IOException {
        assertThat(read(SuppressionFile.NAMES + "\n" + SuppressionFile.csv(BOB) + "\n"))
                .containsExactly(BOB);
        assertThat(read(new String(new Json().bytes(BOB), StandardCharsets.UTF_8)))
                .containsExactly(BOB);
    }

    @Test
    void readsColumnsInAnyOrderAndFilesWithoutNames() throws IOException {
        assertThat(read("\ufeffReason,Address\nmanual,bob@far.example\n\n# a comment\n"))
                .extracting(Answers.Suppressed::address, Answers.Suppressed::reason)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("bob@far.example", "manual"));
        assertThat(read("bob@far.example\neve@far.example,,\n"))
                .extracting(Answers.Suppressed::address)
                .containsExactly("bob@far.example", "eve@far.example");
    }

    @Test
    void namesTheLineThatIsWrong() {
        assertThatThrownBy(() -> read("bob@far.example\n\"eve"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 2")
                .hasMessageContaining("quote");
        assertThatThrownBy(() -> read("{\"address\": ")).hasMessageContaining("line 1");
    }

    @Test
    void writesNothingThatASpreadsheetWouldRunAndReadsItBack() throws IOException {
        Answers.Suppressed odd =
                new Answers.Suppressed(0, "=cmd@far.example", "", "manual", "+1", "2026-01-01T00:00:00Z", "");
        assertThat(SuppressionFile.csv(odd)).startsWith("'=cmd@far.example,,manual,'+1,");
        assertThat(read(SuppressionFile.csv(odd))).containsExactly(odd);
    }
}
