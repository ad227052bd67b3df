// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.amrelay.delivery.tls.TlsPolicy;
import org.amrelay.delivery.tlspolicy.DomainTls;
import org.amrelay.delivery.tlspolicy.TlsPolicySettings;
import org.amrelay.mail.dns.DnsSettings;
import org.amrelay.mail.dns.DnsSettings.Dnssec;
import org.amrelay.mail.dns.RootAnchors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsPolicyFileTest {
    private static final String PRINT = "ab".repeat(32);

    @TempDir
    private Path directory;

    private Home home() throws IOException {
        Home home = new Home(directory);
        Files.createDirectories(home.conf());
        return home;
    }

    private TlsPolicyFile read(String yaml) throws IOException {
        Home home = home();
        Files.writeString(home.conf().resolve("tls-policy.yaml"), yaml);
        return TlsPolicyFile.read(home);
    }

    private void refuses(String yaml, String... sentences) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(StartRefused.class)
                .hasMessageContainingAll(sentences)
                .hasMessageNotContaining("\n");
    }

    @Test
    void isOpportunisticWithDaneAndMtaStsByDefault() throws IOException {
        TlsPolicyFile defaults = new TlsPolicyFile(TlsPolicy.OPPORTUNISTIC, TlsPolicySettings.defaults());
        assertThat(TlsPolicyFile.read(home())).isEqualTo(defaults);
        assertThat(read(Files.readString(Path.of("../conf/tls-policy.yaml")))).isEqualTo(defaults);
        assertThat(read("domains:\n")).isEqualTo(defaults);
    }

    @Test
    void readsExceptions() throws IOException {
        TlsPolicySettings settings = read("""
                        default: required
                        dane: false
                        mta-sts: false
                        domains:
                          Bank.example: verified
                          "*.partner.example":
                            policy: verified
                            names: "a.example, b.example"
                          old.example:
                            policy: fingerprint
                            fingerprints: "%s"
                        """.formatted(PRINT)).settings();
        assertThat(settings.dane()).isFalse();
        assertThat(settings.exceptionFor("BANK.example")).contains(DomainTls.of(TlsPolicy.VERIFIED));
        assertThat(settings.exceptionFor("x.y.partner.example"))
                .contains(new DomainTls(TlsPolicy.VERIFIED, List.of(), List.of("a.example", "b.example")));
        assertThat(settings.exceptionFor("old.example"))
                .contains(new DomainTls(TlsPolicy.FINGERPRINT, List.of(PRINT), List.of()));
        assertThat(settings.exceptionFor("partner.example")).isEmpty();
    }

    @Test
    void namesEveryMistakeWithItsLine() {
        refuses("defualt: none\n", "line 1: 'defualt' is unknown");
        refuses("default: secure\n", "line 1: default is 'secure', but must be none, opportunistic");
        refuses("default: fingerprint\n", "fingerprints belong to a domain");
        refuses("dane: yes\n", "line 1: dane is 'yes', but must be true or false");
        refuses("domains:\n  a.example: x\n  b.example: y\n", "line 2", "line 3");
        refuses("domains:\n  a.example:\n    polcy: none\n", "'a.example.polcy' is unknown");
        refuses("domains:\n  a.example:\n    names: x\n", "a.example has no policy");
        refuses("domains:\n  a.example: fingerprint\n", "needs fingerprints");
        refuses("domains:\n  a.example:\n    policy: fingerprint\n    fingerprints: abc\n", "64 hexadecimal digits");
        refuses("domains:\n  a.example:\n    policy: none\n    fingerprints: " + PRINT + "\n", "belong to");
    }

    @Test
    void theSchemaKnowsThePolicies() throws IOException {
        var schema = new ObjectMapper()
                .readTree(Path.of("../conf/schema/tls-policy.schema.json").toFile());
        TreeSet<String> words = new TreeSet<>();
        schema.at("/$defs/policy/enum").forEach(word -> words.add(word.asText()));
        assertThat(words)
                .containsExactlyElementsOf(new TreeSet<>(Arrays.stream(TlsPolicy.values())
                        .map(each -> each.name().toLowerCase(Locale.ROOT))
                        .toList()));
    }

    @Test
    void readsHowNamesAreLookedUp() throws IOException {
        DnsSettings defaults = resolver(Map.of());
        assertThat(defaults.dnssec()).isEqualTo(Dnssec.AUTOMATIC);
        assertThat(defaults.trustAnchors()).isEqualTo(RootAnchors.TEXT);
        assertThat(defaults.unsignedZones()).contains("internal", "home.arpa");
        DnsSettings own = resolver(Map.of("AMR_DNS_SERVERS", "127.0.0.1, [::1]:5353", "AMR_DNS_DNSSEC", "trust"));
        assertThat(own.servers())
                .containsExactly(new InetSocketAddress("127.0.0.1", 53), new InetSocketAddress("::1", 5353));
    }

    @Test
    void refusesToTrustAServerElsewhere() {
        assertThatThrownBy(() -> resolver(Map.of("AMR_DNS_SERVERS", "192.0.2.1", "AMR_DNS_DNSSEC", "trust")))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("not on this machine");
        assertThatThrownBy(() -> resolver(Map.of("AMR_DNS_DNSSEC", "maybe")))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("'maybe'");
        assertThatThrownBy(() -> resolver(Map.of("AMR_DNS_SERVERS", "ns.example:53")))
                .isInstanceOf(StartRefused.class);
        assertThatThrownBy(() -> resolver(Map.of("AMR_DNS_TRUST_ANCHORS", "conf/none.ds")))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("none.ds");
    }

    private DnsSettings resolver(Map<String, String> environment) throws IOException {
        return ResolverSettings.of(home(), RelaySettings.read(home(), environment));
    }
}
