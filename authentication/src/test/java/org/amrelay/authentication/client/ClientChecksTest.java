// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.amrelay.authentication.client.DnsListEvaluator.Standing;
import org.amrelay.mail.address.Network;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.Zone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientChecksTest {
    private static final Dns DNS = Zone.of(
            "1.2.0.192.bl.example A 127.0.0.2",
            "1.2.0.192.codes.example A 127.0.0.10",
            "1.2.0.192.wl.example A 127.0.5.1",
            "1.2.0.192.refused.example A 127.255.255.254",
            "1.2.0.192.parked.example A 203.0.113.1",
            "; TIMEOUT 1.2.0.192.down.example",
            "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.bl.example A 127.0.0.2",
            "mail.example MX 10 mx.mail.example.",
            "null.example MX 0 .",
            "address.example A 192.0.2.1",
            "six.example AAAA 2001:db8::1",
            "text.example TXT x",
            "; SERVFAIL broken.example");

    private static InetAddress address(String text) {
        return Network.literal(text).orElseThrow();
    }

    private static Standing standing(String client, String... lists) {
        return new DnsListEvaluator(DNS)
                .evaluate(address(client), Stream.of(lists).map(DnsList::of).toList())
                .toCompletableFuture()
                .join();
    }

    @Test
    void addsUpWhatTheListsAreWorth() {
        assertThat(standing("192.0.2.1", "bl.example=2.5", "WL.example = -1", "other.example=7"))
                .isEqualTo(new Standing(1.5, List.of("bl.example", "wl.example")));
        assertThat(standing("2001:db8::1", "bl.example")).isEqualTo(new Standing(1, List.of("bl.example")));
        assertThat(standing("192.0.2.2", "bl.example=2.5")).isEqualTo(new Standing(0, List.of()));
    }

    @Test
    void countsOnlyTheCodesThatMeanIt() {
        assertThat(standing("192.0.2.1", "codes.example:127.0.0.2=3").score()).isZero();
        assertThat(standing("192.0.2.1", "codes.example:127.0.0.8/29=3").score())
                .isEqualTo(3);
    }

    @Test
    void isNotFooledByListsThatAreDownRefuseOrAreGone() {
        assertThat(standing("192.0.2.1", "down.example=9", "refused.example=9", "parked.example=9"))
                .isEqualTo(new Standing(0, List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "=2", "list=2", "bl.example=much", "bl.example=NaN", "bl.example:x=1", "b l.example"})
    void refusesWhatIsNoList(String text) {
        assertThatThrownBy(() -> DnsList.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "mx.client.example | ''",
                "MX.Client.Example. | ''",
                "[192.0.2.1] | ''",
                "[IPv6:2001:db8::1] | it calls itself by an address that is not its own",
                "[192.0.2.2] | it calls itself by an address that is not its own",
                "[192.0.2.1 | it calls itself by an address that is not its own",
                "192.0.2.1 | it calls itself by an address without brackets",
                "Relay.Example | it calls itself by our name",
                "localhost | it calls itself by a name without a domain",
                "a_b.example | it calls itself by something that is no name",
                "a..b | it calls itself by something that is no name"
            })
    void looksAtGreetings(String greeting, String flaw) {
        assertThat(new Greeting(greeting)
                        .flaw(address("192.0.2.1"), "relay.example")
                        .orElse(""))
                .isEqualTo(flaw);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "mail.example, REACHABLE",
        "address.example, REACHABLE",
        "six.example, REACHABLE",
        "null.example, NULL_MX",
        "text.example, UNREACHABLE",
        "nobody.example, UNREACHABLE",
        "broken.example, REACHABLE",
        "[192.0.2.1], REACHABLE"
    })
    void knowsWhereMailCannotBeSentBackTo(String domain, SenderDomainEvaluator.Finding finding) {
        assertThat(new SenderDomainEvaluator(DNS)
                        .evaluate(domain)
                        .toCompletableFuture()
                        .join())
                .isEqualTo(finding);
    }
}
