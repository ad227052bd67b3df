// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.mtasts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class StsSyntaxFuzz {
    @Property(seed = "1", tries = 3000)
    void neverBreaks(@ForAll String text) {
        StsPolicyParser.parse(text);
        StsRecord.among(List.of(text, "v=STSv1;" + text));
    }

    @Property(seed = "1", tries = 3000)
    void readsWhatItWrites(@ForAll("nearPolicies") String text) {
        StsPolicyParser.parse(text).policy().ifPresent(policy -> {
            assertThat(policy.maxAge()).isLessThanOrEqualTo(Duration.ofDays(366));
            assertThat(StsPolicyParser.parse(String.join("\r\n", policy.lines()))
                            .policy())
                    .contains(policy);
            policy.names(text);
        });
    }

    @Provide
    Arbitrary<String> nearPolicies() {
        return Arbitraries.of(
                        "version: STSv1\n",
                        "mode: enforce\n",
                        "mode:testing\r\n",
                        "mx: *.a.example\n",
                        "mx: B.example\n",
                        "mx: *\n",
                        "max_age: 604800\n",
                        "max_age: 9999999999\n",
                        "x: y\n",
                        "x\n",
                        "\r\n",
                        "é: ü\n")
                .list()
                .ofMinSize(3)
                .ofMaxSize(10)
                .map(parts -> String.join("", parts));
    }
}
