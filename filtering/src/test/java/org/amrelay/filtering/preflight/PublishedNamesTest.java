// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.amrelay.mail.address.Network;
import org.amrelay.mail.dns.ZoneFileDns;
import org.junit.jupiter.api.Test;

class PublishedNamesTest {
    private static final List<String> ZONE = List.of(
            "$TTL 300",
            "shop.example. MX 10 mx.shop.example.",
            "shop.example. TXT \"v=spf1 ip4:192.0.2.25 -all\"",
            "_dmarc.shop.example. TXT \"v=DMARC1; p=reject\"",
            "news.shop.example. A 192.0.2.9",
            "25.2.0.192.in-addr.arpa. PTR relay.shop.example.",
            "relay.shop.example. A 192.0.2.25",
            "26.2.0.192.in-addr.arpa. PTR other.shop.example.",
            "other.shop.example. A 192.0.2.99",
            "empty.example. TXT \"nothing to see\"",
            "; SERVFAIL _dmarc.broken.example",
            "; SERVFAIL broken.example",
            "; TIMEOUT 27.2.0.192.in-addr.arpa",
            "");

    private static List<Requirement> missing(String author, String envelope, String... addresses) throws IOException {
        List<InetAddress> from = List.of(addresses).stream()
                .map(address -> Network.literal(address).orElseThrow())
                .toList();
        return new PublishedNames(ZoneFileDns.parse(String.join("\n", ZONE)))
                .missing(author, envelope, from).toCompletableFuture().join().stream()
                        .map(Shortcoming::requirement)
                        .toList();
    }

    @Test
    void findsNothingMissingForADomainThatIsSetUp() throws IOException {
        assertThat(missing("shop.example", "shop.example", "192.0.2.25")).isEmpty();
    }

    @Test
    void takesTheDmarcRecordOfTheSite() throws IOException {
        assertThat(missing("news.shop.example", "")).isEmpty();
    }

    @Test
    void namesEachRecordThatIsNotThere() throws IOException {
        assertThat(missing("empty.example", "empty.example"))
                .containsExactly(Requirement.DMARC_RECORD, Requirement.ANSWERABLE, Requirement.SPF_RECORD);
    }

    @Test
    void wantsReverseNamesToLeadBack() throws IOException {
        assertThat(missing("", "", "192.0.2.26", "192.0.2.28"))
                .containsExactly(Requirement.REVERSE_NAME, Requirement.REVERSE_NAME);
    }

    @Test
    void saysNothingOfWhatCannotBeKnownNow() throws IOException {
        assertThat(missing("broken.example", "broken.example", "192.0.2.27")).isEmpty();
    }
}
