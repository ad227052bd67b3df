// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.iprev;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.amrelay.authentication.iprev.IprevResult.Status;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.Zone;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IprevEvaluatorTest {
    private static final Dns DNS = Zone.of(
            "; TIMEOUT 4.2.0.192.in-addr.arpa",
            "; SERVFAIL slow.example.com",
            "1.2.0.192.in-addr.arpa PTR other.example.com.",
            "1.2.0.192.in-addr.arpa PTR mail.example.com.",
            "mail.example.com A 192.0.2.1",
            "2.2.0.192.in-addr.arpa PTR mail.example.com.",
            "5.2.0.192.in-addr.arpa PTR slow.example.com.",
            "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa PTR mail6.example.com.",
            "mail6.example.com AAAA 2001:db8::1");

    @ParameterizedTest(name = "{0} is {1}: {2}")
    @CsvSource({
        "192.0.2.1, PASS, mail.example.com",
        "192.0.2.2, FAIL, mail.example.com",
        "192.0.2.3, PERMERROR, ''",
        "192.0.2.4, TEMPERROR, ''",
        "192.0.2.5, TEMPERROR, slow.example.com",
        "2001:db8::1, PASS, mail6.example.com"
    })
    void followsNames(String client, Status status, String name) throws Exception {
        IprevResult result = new IprevEvaluator(DNS)
                .evaluate(InetAddress.getByName(client))
                .toCompletableFuture()
                .join();
        assertThat(result.status()).isEqualTo(status);
        assertThat(result.name()).isEqualTo(name);
    }
}
