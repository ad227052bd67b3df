// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.sasl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SaslFuzz {
    private static final ScramKeys KEYS =
            ScramKeys.derive("pencil", new byte[16], 4096).orElseThrow();

    @Provide
    static Arbitrary<List<String>> messages() {
        return Arbitraries.of(
                        "n,,",
                        "y,,",
                        "p=tls-server-end-point,,",
                        "n,a=x,",
                        "n=user",
                        "n==2C=3D",
                        "n==",
                        ",",
                        "r=nonce",
                        "r=noncesecret",
                        "c=biws",
                        "c=x",
                        "p=AAAA",
                        "p=",
                        "m=ext",
                        "\u0000",
                        "\u00e9",
                        "auth=Bearer a.b.c",
                        "\u0001",
                        "user=joe@example.com",
                        " ")
                .list()
                .ofMaxSize(8)
                .map(pieces -> String.join("", pieces))
                .list()
                .ofMaxSize(4);
    }

    @Property(seed = "1", tries = 2000)
    void nobodyLogsInByChance(@ForAll("messages") List<String> messages, @ForAll boolean plus) {
        Optional<TlsBinding> binding = plus ? Optional.of(TlsBinding.of("x")) : Optional.empty();
        SaslExchange scram =
                new ScramExchange(name -> new ScramAccount(List.of(KEYS), used -> {}), binding, plus, "secret");
        SaslExchange bearer = new BearerExchange(plus, token -> new TokenVerdict.Refused("no"), "{}");
        for (String message : messages) {
            assertThat(scram.respond(message)).isNotInstanceOf(SaslStep.Success.class);
            assertThat(bearer.respond(message)).isNotInstanceOf(SaslStep.Success.class);
        }
    }

    @Property(seed = "1", tries = 2000)
    void anyTextIsKeysOrNot(@ForAll String text) {
        assertThat(ScramKeys.parse(text)).isNotNull();
        assertThat(ScramKeys.parse("SCRAM-SHA-256$" + text)).isNotNull();
    }
}
