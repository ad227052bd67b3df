// SPDX-License-Identifier: Apache-2.0
package org.amrelay.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.amrelay.server.cli.Amr;
import org.junit.jupiter.api.Test;

/** A few rounds of {@code amr torture}; many more are a matter of patience. */
class SurvivesKillsTest {
    @Test
    void losesNothingThatItAcknowledged() throws Exception {
        torture("--rounds", "5");
    }

    @Test
    void losesNothingWhenTheDiskIsFull() throws Exception {
        Programs.need("mount");
        Programs.needThat("root".equals(System.getProperty("user.name")), "needs root to mount a small disk");
        JsonNode report = torture("--rounds", "2", "--fault", "disk-full");
        assertThat(report.path("refusedInTrouble").asLong()).isPositive();
    }

    @Test
    void losesNothingWhenTheDiskFails() throws Exception {
        JsonNode report = torture("--rounds", "2", "--fault", "io-error");
        assertThat(report.path("refusedInTrouble").asLong()).isPositive();
    }

    private static JsonNode torture(String... options) throws Exception {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] arguments = new String[options.length + 4];
        System.arraycopy(new String[] {"torture", "--json", "--clients", "4"}, 0, arguments, 0, 4);
        System.arraycopy(options, 0, arguments, 4, options.length);
        int exitCode = Amr.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        assertThat(exitCode).as(err + "\n" + out).isZero();
        JsonNode report = new ObjectMapper().readTree(out.toString());
        assertThat(report.path("accepted").asLong()).isPositive();
        assertThat(report.path("lost").asLong(-1)).isZero();
        assertThat(report.path("unaccounted").asLong(-1)).isZero();
        return report;
    }
}
