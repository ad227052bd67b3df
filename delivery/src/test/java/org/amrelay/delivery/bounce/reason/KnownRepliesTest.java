// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.bounce.reason;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The words of many servers; a new one needs no Java. */
class KnownRepliesTest {
    private final BounceClassifier classifier = new BounceClassifier();

    static List<String> replies() throws IOException {
        try (InputStream in = KnownRepliesTest.class.getResourceAsStream("/bounce/replies.txt")) {
            return new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> line.contains(" | ") && !line.startsWith("#"))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("replies")
    void areUnderstood(String line) {
        String[] parts = line.split(" \\| ", 2);
        BounceReason reason = classifier.of(Optional.empty(), parts[1]);
        assertThat(reason.category().word()).isIn((Object[]) parts[0].split(",", -1));
    }

    @ParameterizedTest
    @MethodSource("replies")
    void doNotDependOnTheGatewayThatPassesThemOn(String line) {
        String[] parts = line.split(" \\| ", 2);
        boolean coded = parts[1].matches("[45]\\d\\d[ -].*");
        String quoted = "5.3.0 - Other mail system problem " + (coded ? parts[1].substring(0, 3) : "550") + "-'"
                + (coded ? parts[1].substring(4) : parts[1]) + "' (delivery attempts: 0)";
        assertThat(classifier.of(Optional.empty(), quoted).category().word()).isIn((Object[]) parts[0].split(",", -1));
    }
}
