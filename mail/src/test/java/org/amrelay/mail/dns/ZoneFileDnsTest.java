// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CompletionStage;
import org.amrelay.mail.dns.DnsAnswer.Status;
import org.junit.jupiter.api.Test;

class ZoneFileDnsTest {
    private final Dns dns = Zone.of(
            "$TTL 300",
            "a.example. MX 10 mx1.A.example.",
            "a.example MX 20 mx2.a.example",
            "mx1.a.example A 192.0.2.1",
            "mx1.a.example A 192.0.2.2",
            "mx1.a.example AAAA 2001:db8::1",
            "deep.er.b.example TXT \"one \" two",
            "www.a.example CNAME mx1.a.example.",
            "loop1.example CNAME loop2.example.",
            "loop2.example CNAME loop1.example.",
            "*.wild.example A 192.0.2.9",
            "set.wild.example TXT x",
            "null.example MX 0 .",
            "1.2.0.192.in-addr.arpa PTR mx1.a.example.",
            "_25._tcp.mx1.a.example TLSA 3 1 1 00FF",
            "; SERVFAIL broken.example",
            "; TIMEOUT slow.example",
            "slow.example TXT \"answers\"",
            "fast.slow.example A 192.0.2.7",
            "; TIMEOUT *.sleepy.example",
            "broken.example TXT \"never said\"",
            "; AUTHENTIC a.example",
            "; an ordinary comment");

    @Test
    void findsRecordsOfEachType() {
        assertThat(join(dns.mx("A.Example")).records())
                .containsExactlyInAnyOrder(new MxRecord(10, "mx1.a.example"), new MxRecord(20, "mx2.a.example"));
        assertThat(join(dns.ipv4("mx1.a.example.")).records())
                .extracting(address -> address.getHostAddress())
                .containsExactly("192.0.2.1", "192.0.2.2");
        assertThat(join(dns.ipv6("mx1.a.example")).records()).hasSize(1);
        assertThat(join(dns.query("deep.er.b.example", RecordType.TXT)).records())
                .containsExactly("one two");
        assertThat(join(dns.query("1.2.0.192.in-addr.arpa", RecordType.PTR)).records())
                .containsExactly("mx1.a.example");
        assertThat(join(dns.query("_25._tcp.mx1.a.example", RecordType.TLSA)).records())
                .containsExactly(new TlsaRecord(3, 1, 1, "00ff"));
        assertThat(join(dns.mx("null.example")).records()).singleElement().matches(MxRecord::isNull);
    }

    @Test
    void tellsNoDataFromNoSuchName() {
        assertThat(join(dns.mx("mx1.a.example")).status()).isEqualTo(Status.NO_DATA);
        assertThat(join(dns.mx("er.b.example")).status()).isEqualTo(Status.NO_DATA);
        assertThat(join(dns.mx("nobody.example")).status()).isEqualTo(Status.NO_SUCH_NAME);
        assertThat(join(dns.mx("a..example")).status()).isEqualTo(Status.NO_SUCH_NAME);
    }

    @Test
    void followsAliasesButNotForEver() {
        assertThat(join(dns.ipv4("www.a.example")).records()).hasSize(2);
        assertThat(join(dns.ipv4("loop1.example")).isTemporary()).isTrue();
    }

    @Test
    void expandsWildcardsBelowTheClosestName() {
        assertThat(join(dns.ipv4("any.wild.example")).isFound()).isTrue();
        assertThat(join(dns.ipv4("set.wild.example")).status()).isEqualTo(Status.NO_DATA);
        assertThat(join(dns.ipv4("below.set.wild.example")).status()).isEqualTo(Status.NO_SUCH_NAME);
    }

    @Test
    void failsWhereTheDirectivesSaySo() {
        assertThat(join(dns.mx("broken.example")).status()).isEqualTo(Status.SERVER_FAILURE);
        assertThat(join(dns.query("broken.example", RecordType.TXT)).status()).isEqualTo(Status.SERVER_FAILURE);
        assertThat(join(dns.ipv4("slow.example")).status()).isEqualTo(Status.TIME_OUT);
        assertThat(join(dns.query("slow.example", RecordType.TXT)).isFound()).isTrue();
        assertThat(join(dns.ipv4("fast.slow.example")).isFound()).isTrue();
        assertThat(join(dns.ipv4("mx.sleepy.example")).status()).isEqualTo(Status.TIME_OUT);
        assertThat(join(dns.ipv4("sleepy.example")).status()).isEqualTo(Status.NO_SUCH_NAME);
    }

    @Test
    void takesLongTextsInOnePieceAndEscapes() throws IOException {
        String piece = "k=rsa; p=" + "A".repeat(700);
        Dns dns = ZoneFileDns.parse("; a \"comment\nlong.example TXT \"" + piece
                + "\"\nodd.example TXT \"a\\\"b\\;c\\059\" ; \"x\n" + "; servfail down.example.\n");
        assertThat(join(dns.query("long.example", RecordType.TXT)).records()).containsExactly(piece);
        assertThat(join(dns.query("odd.example", RecordType.TXT)).records()).containsExactly("a\"b;c;");
        assertThat(join(dns.mx("down.example")).status()).isEqualTo(Status.SERVER_FAILURE);
    }

    @Test
    void readsNoOtherFile() {
        assertThatThrownBy(() -> ZoneFileDns.parse("$INCLUDE /etc/hostname\n")).isInstanceOf(IOException.class);
    }

    @Test
    void keepsOctetsAndLongTextsInSeveralStrings() throws IOException {
        String long1 = "a".repeat(255);
        Dns octets = ZoneFileDns.parse(("$ORIGIN a.example.\n$TTL 60\n@ IN SOA ns hm 1 2 3 4 5\n_x.b TXT \"" + long1
                        + "\" \"b\u00e9\\233\" ( \"c;\" )\n  SPF \"v=spf1 -all\"\n")
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        assertThat(join(octets.query("_X.b.a.example", RecordType.TXT)).records())
                .containsExactly(long1 + "b\u00e9\u00e9c;");
    }

    @Test
    void knowsWhatIsAuthentic() {
        assertThat(join(dns.ipv4("mx1.a.example")).authentic()).isTrue();
        assertThat(join(dns.mx("null.example")).authentic()).isFalse();
    }

    @Test
    void refusesTextThatIsNoZone() {
        assertThatThrownBy(() -> ZoneFileDns.parse("a.example MX ten mx.a.example.\n"))
                .isInstanceOf(IOException.class);
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
