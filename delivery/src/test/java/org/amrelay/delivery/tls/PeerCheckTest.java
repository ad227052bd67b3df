// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.amrelay.delivery.tls.PeerVerdict.Rejected;
import org.amrelay.delivery.tls.PeerVerdict.Verified;
import org.amrelay.delivery.tls.TestAuthority.Issued;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerCheckTest {
    private final TestAuthority authority = new TestAuthority(Instant.parse("2026-03-01T10:00:00Z"));
    private final TestAuthority other = new TestAuthority(Instant.parse("2026-03-01T10:00:00Z"));
    private final PeerCheck check = authority.trusted().forNames(List.of("mx.a.example"));

    // RFC 6125 §6.4.1, §6.4.3
    @ParameterizedTest
    @CsvSource({
        "mx.a.example, mx.a.example, true",
        "MX.A.example., mx.a.EXAMPLE, true",
        "*.a.example, mx.a.example, true",
        "*.a.example, a.example, false",
        "*.a.example, x.mx.a.example, false",
        "*.example, a.example, false",
        "m*.a.example, mx.a.example, false",
        "*.*.example, mx.a.example, false",
        "mx.a.example.evil.example, mx.a.example, false",
        "'', mx.a.example, false",
        "'', '', false"
    })
    void comparesNames(String presented, String host, boolean matches) {
        assertThat(HostNames.matches(presented, host)).isEqualTo(matches);
    }

    @Test
    void takesACertificateOfAnAuthorityForTheName() {
        assertThat(check.check(authority.issue("other.example", "mx.a.example").chain()))
                .isInstanceOf(Verified.class);
        assertThat(check.check(authority.issue("*.a.example").chain())).isInstanceOf(Verified.class);
    }

    @Test
    void tellsWhatIsWrong() {
        assertThat(rejected(authority.issue("mx.b.example"))).isEqualTo(TlsFailure.CERTIFICATE_HOST_MISMATCH);
        assertThat(rejected(authority.expired("mx.a.example"))).isEqualTo(TlsFailure.CERTIFICATE_EXPIRED);
        assertThat(rejected(other.issue("mx.a.example"))).isEqualTo(TlsFailure.CERTIFICATE_NOT_TRUSTED);
        assertThat(rejected(authority.forClients("mx.a.example"))).isEqualTo(TlsFailure.CERTIFICATE_NOT_TRUSTED);
    }

    @Test
    void trustsNobodyWithoutAuthorities() {
        PeerCheck none = new WebPki(List.of(), () -> Instant.EPOCH).forNames(List.of("mx.a.example"));
        assertThat(none.check(authority.issue("mx.a.example").chain())).isInstanceOf(Rejected.class);
    }

    @Test
    void knowsTheAuthoritiesOfTheRuntime() {
        PeerCheck real = WebPki.ofJavaRuntime(() -> Instant.parse("2026-03-01T10:00:00Z"))
                .forNames(List.of("mx.a.example"));
        assertThat(real.check(authority.issue("mx.a.example").chain())).isInstanceOf(Rejected.class);
    }

    @Test
    void takesListedCertificatesAndKeys() {
        Issued issued = authority.issue("mx.a.example");
        String key = TestAuthority.association(issued.chain().get(0), 1, 1);
        String certificate =
                TestAuthority.association(issued.chain().get(0), 0, 1).toUpperCase(java.util.Locale.ROOT);
        String withColons = String.join(":", certificate.split("(?<=\\G..)"));
        assertThat(Fingerprints.of(List.of(withColons)).check(issued.chain())).isInstanceOf(Verified.class);
        assertThat(Fingerprints.of(List.of("00".repeat(32), key)).check(issued.chain()))
                .isInstanceOf(Verified.class);
        assertThat(Fingerprints.of(List.of("00".repeat(32))).check(issued.chain()))
                .isInstanceOf(Rejected.class);
    }

    @Test
    void refusesFingerprintsThatAreNone() {
        assertThatThrownBy(() -> Fingerprints.of(List.of("ab:cd")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("64 hexadecimal digits");
        assertThatThrownBy(() -> Fingerprints.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private TlsFailure rejected(Issued issued) {
        return ((Rejected) check.check(issued.chain())).failure();
    }
}
