// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.sasl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BearerExchangeTest {
    private static final SaslStep ANN = new SaslStep.Success("ann@ours.test");

    private static BearerExchange exchange(boolean standard) {
        return new BearerExchange(
                standard,
                token -> switch (token) {
                    case "good" -> new TokenVerdict.Accepted("ann@ours.test");
                    case "down" -> new TokenVerdict.Unknown("no keys");
                    default -> new TokenVerdict.Refused("not good");
                },
                "{}");
    }

    private static SaslStep standard(String text) {
        return exchange(true).respond(text.replace('|', '\u0001'));
    }

    private static SaslStep forerunner(String text) {
        return exchange(false).respond(text.replace('|', '\u0001'));
    }

    @Test
    void readsTheExamplesOfTheRfc() {
        assertThat(standard("n,a=ann@ours.test,|host=mail.ours.test|port=587|auth=Bearer good||"))
                .isEqualTo(ANN);
        assertThat(standard("n,,|auth=bearer good||")).isEqualTo(ANN);
        assertThat(standard("y,a=Ann@Ours.test,|auth=Bearer good||")).isEqualTo(ANN);
        assertThat(forerunner("user=ann@ours.test|auth=Bearer good||")).isEqualTo(ANN);
    }

    @Test
    void tellsWhyBeforeItFails() {
        BearerExchange exchange = exchange(true);
        assertThat(exchange.respond("n,,\u0001auth=Bearer bad\u0001\u0001")).isEqualTo(new SaslStep.Challenge("{}"));
        assertThat(exchange.respond("\u0001")).isInstanceOf(SaslStep.Failure.class);
        assertThat(exchange.respond("n,,\u0001auth=Bearer good\u0001\u0001")).isInstanceOf(SaslStep.Failure.class);
        assertThat(standard("n,a=bob@ours.test,|auth=Bearer good||")).isEqualTo(new SaslStep.Challenge("{}"));
        assertThat(forerunner("user=bob@ours.test|auth=Bearer good||")).isEqualTo(new SaslStep.Challenge("{}"));
    }

    @Test
    void asksTheClientToComeBackWhenNobodyCanTell() {
        assertThat(standard("n,,|auth=Bearer down||")).isInstanceOf(SaslStep.Later.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "n",
                "n,,",
                "n,,|",
                "n,,auth=Bearer good||",
                "n,,|auth=Bearer good|",
                "n,,|auth=Basic good||",
                "n,,|auth=Bearer good|auth=Bearer good||",
                "p=tls-exporter,,|auth=Bearer good||",
                "n,ann@ours.test,|auth=Bearer good||",
                "user=ann@ours.test|auth=Bearer good||",
                "|"
            })
    void refusesWhatItCannotRead(String text) {
        assertThat(standard(text)).isInstanceOf(SaslStep.Failure.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "user=",
                "user=|auth=Bearer good||",
                "user=a@b.test",
                "auth=Bearer good||",
                "n,,|auth=Bearer good||"
            })
    void refusesWhatIsNotTheForerunner(String text) {
        assertThat(forerunner(text)).isInstanceOf(SaslStep.Failure.class);
    }
}
