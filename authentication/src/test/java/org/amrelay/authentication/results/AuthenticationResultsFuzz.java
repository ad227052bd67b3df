// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.amrelay.authentication.cases.Mails;

class AuthenticationResultsFuzz {
    @Provide
    static Arbitrary<String> bodies() {
        return Arbitraries.of(
                        "mx.example",
                        "MX.Example",
                        " 1",
                        ";",
                        "none",
                        "spf=pass",
                        "dkim/1 = fail",
                        "reason=\"",
                        "\"a\\\"b\"",
                        "smtp.mailfrom=",
                        "joe@example.com",
                        "(comment",
                        "(a(b)c)",
                        ")",
                        "\\",
                        "=",
                        ".",
                        "/",
                        " ",
                        "\r\n\t",
                        "\u00e9",
                        "\u0000")
                .list()
                .ofMaxSize(14)
                .map(pieces -> String.join("", pieces));
    }

    @Property(seed = "1", tries = 4000)
    void whatIsReadCanBeWrittenAndReadAgain(@ForAll("bodies") String body) {
        Optional<AuthenticationResults> read =
                AuthenticationResultsParser.parse(body).fold(Optional::of, why -> Optional.empty());
        read.ifPresent(results -> assertThat(
                        AuthenticationResultsParser.parse(AuthenticationResultsField.payload(results))
                                .<Integer>fold(again -> again.results().size(), why -> -1))
                .as(body)
                .isEqualTo(results.results().size()));
    }

    @Property(seed = "1", tries = 3000)
    void aFieldThatBearsOurNameIsForgedHoweverItGoesOn(@ForAll("bodies") String rest) {
        assertThat(AuthenticationResultsField.forged(
                        Mails.header(Mails.raw("Authentication-Results: mx.example; " + rest + "\r\nX: y\r\n\r\n")),
                        Set.of("mx.example")))
                .hasSize(1);
    }
}
