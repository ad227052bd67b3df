// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.amrelay.mail.address.EmailAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {
    @Test
    void sendsEveryDomainToItsOwnExchangersByDefault() {
        assertThat(Routes.byMx().nextHop(EmailAddress.of("bob@A.Example"))).hasToString("mx:a.example");
    }

    @Test
    void prefersTheListedDomain() {
        Routes routes = Routes.parse(Map.of(
                "A.example", "mail.a.example:2525",
                "b.example", "mx",
                "c.example", "mx:other.example",
                "*", "host:[2001:db8::1]:25"));
        assertThat(routes.nextHop(EmailAddress.of("x@a.example"))).hasToString("host:mail.a.example:2525");
        assertThat(routes.nextHop(EmailAddress.of("x@b.example"))).hasToString("mx:b.example");
        assertThat(routes.nextHop(EmailAddress.of("x@c.example"))).hasToString("mx:other.example");
        assertThat(routes.nextHop(EmailAddress.of("x@sub.a.example"))).hasToString("host:2001:db8::1:25");
        assertThat(NextHop.parse("host:2001:db8::1:25")).isEqualTo(new NextHop.FixedHost("2001:db8::1", 25));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "mx:", "mail.a.example", "mail.a.example:", "mail.a.example:0", "m:99999", "a b:25", ":25"})
    void saysWhichTargetIsNone(String target) {
        assertThatThrownBy(() -> Routes.parse(Map.of("a.example", target)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'a.example'")
                .hasMessageContaining("'host:name:port'");
    }
}
