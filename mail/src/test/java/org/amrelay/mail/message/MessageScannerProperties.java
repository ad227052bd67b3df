// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class MessageScannerProperties {
    private static final MessageLimits SMALL = new MessageLimits(4, 300, 2, 3, 5);

    @Provide
    Arbitrary<String> messages() {
        return Arbitraries.of(List.of(
                        "Content-Type: multipart/mixed; boundary=b",
                        "Content-Type: multipart/digest; boundary=c",
                        "Content-Type: message/rfc822",
                        " ; boundary=\"q",
                        "Received: x",
                        "--b",
                        "--b--",
                        "--c",
                        "",
                        "text",
                        "\u0000\u00ff",
                        "-",
                        "--"))
                .list()
                .ofMaxSize(40)
                .map(lines -> String.join("\n", lines));
    }

    @Property(seed = "1", tries = 500)
    void doesNotDependOnHowTheBytesArrive(
            @ForAll("messages") String message, @ForAll @IntRange(min = 1, max = 7) int piece) {
        assertThat(MessageScannerTest.scan(SMALL, message, piece))
                .isEqualTo(MessageScannerTest.scan(SMALL, message, 10_000));
    }

    @Property(seed = "1", tries = 500)
    void neverFails(@ForAll String message) {
        MessageScannerTest.scan(SMALL, message, 3);
    }
}
