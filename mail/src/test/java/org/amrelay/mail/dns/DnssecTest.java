// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.amrelay.mail.dns.DnsAnswer.Status;
import org.amrelay.mail.dns.DnsSettings.Dnssec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DnssecTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));
    private final SignedDns server = new SignedDns(now.get())
            .zone("example", true)
            .zone("a.example", true)
            .zone("plain.example", false)
            .add("a.example MX 10 mx.a.example.", "mx.a.example A 127.0.0.1")
            .add("alias.a.example CNAME mx.a.example.", "out.a.example CNAME mx.plain.example.")
            .add("_25._tcp.mx.a.example TLSA 3 1 1 " + "ab".repeat(32))
            .add("plain.example MX 10 mx.plain.example.", "mx.plain.example A 127.0.0.2")
            .add("a.example TXT text");

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void followsTheChainFromTheRoot() {
        Dns dns = dns(server.settings());
        assertThat(join(dns.mx("a.example")).authentic()).isTrue();
        assertThat(join(dns.ipv4("mx.a.example")).authentic()).isTrue();
        assertThat(join(dns.query("_25._tcp.mx.a.example", RecordType.TLSA)))
                .satisfies(answer -> assertThat(answer.authentic()).isTrue())
                .satisfies(answer ->
                        assertThat(answer.records()).containsExactly(new TlsaRecord(3, 1, 1, "ab".repeat(32))));
    }

    @Test
    void provesThatThereIsNothing() {
        Dns dns = dns(server.settings());
        DnsAnswer<TlsaRecord> answer = join(dns.query("_25._tcp.none.a.example", RecordType.TLSA));
        assertThat(answer.isFound()).isFalse();
        assertThat(answer.isTemporary()).isFalse();
        assertThat(answer.authentic()).isTrue();
    }

    @Test
    void findsUnsignedZonesButDoesNotCallThemAuthentic() {
        Dns dns = dns(server.settings());
        DnsAnswer<MxRecord> answer = join(dns.mx("plain.example"));
        assertThat(answer.isFound()).isTrue();
        assertThat(answer.authentic()).isFalse();
    }

    @Test
    void judgesAliasesByTheirLeastSafePart() {
        Dns dns = dns(server.settings());
        assertThat(join(dns.ipv4("alias.a.example")).authentic()).isTrue();
        assertThat(join(dns.ipv4("out.a.example")))
                .satisfies(answer -> assertThat(answer.isFound()).isTrue())
                .satisfies(answer -> assertThat(answer.authentic()).isFalse());
        assertThat(join(dns.query("out.a.example", RecordType.CNAME)))
                .satisfies(answer -> assertThat(answer.authentic()).isTrue())
                .satisfies(answer -> assertThat(answer.records()).containsExactly("mx.plain.example"));
    }

    @Test
    void takesAForgedSignatureForAFailure() {
        server.forge("a.example", "MX");
        DnsAnswer<MxRecord> answer = join(dns(server.settings()).mx("a.example"));
        assertThat(answer.status()).isEqualTo(Status.SERVER_FAILURE);
        assertThat(answer.cause()).contains("DNSSEC");
    }

    @Test
    void takesAnotherRootForAFailure() {
        try (SignedDns other = new SignedDns(now.get())) {
            DnsSettings wrong = server.settings().withDnssec(Dnssec.VALIDATE, other.trustAnchors());
            assertThat(join(dns(wrong).mx("a.example")).status()).isEqualTo(Status.SERVER_FAILURE);
        }
    }

    @Test
    void takesExpiredSignaturesForAFailure() {
        now.set(now.get().plus(Duration.ofDays(3)));
        assertThat(join(dns(server.settings()).mx("a.example")).isTemporary()).isTrue();
    }

    @Test
    void doesNotValidateWhatDeliveryDoesNotRestOn() {
        server.forge("a.example", "TXT");
        assertThat(join(dns(server.settings()).query("a.example", RecordType.TXT))
                        .records())
                .containsExactly("text");
    }

    @Test
    void findsOutByItselfWhetherTheServerHandsSignaturesOut() {
        DnsSettings automatic = server.settings().withDnssec(Dnssec.AUTOMATIC, server.trustAnchors());
        assertThat(join(dns(automatic).mx("a.example")).authentic()).isTrue();
        try (SignedDns unsigned = new SignedDns(now.get())) {
            unsigned.zone(".", false).add("a.example MX 10 mx.a.example.");
            DnsSettings plain = unsigned.settings().withDnssec(Dnssec.AUTOMATIC, server.trustAnchors());
            DnsAnswer<MxRecord> answer = join(dns(plain).mx("a.example"));
            assertThat(answer.isFound()).isTrue();
            assertThat(answer.authentic()).isFalse();
        }
    }

    @Test
    void leavesPrivateZonesAlone() {
        server.add("mailbox.internal A 127.0.0.9").forge("mailbox.internal", "A");
        assertThat(join(dns(server.settings()).ipv4("mailbox.internal")).isTemporary())
                .isTrue();
        DnsAnswer<InetAddress> answer = join(
                dns(server.settings().withUnsignedZones(List.of("internal"))).ipv4("mailbox.internal"));
        assertThat(answer.isFound()).isTrue();
        assertThat(answer.authentic()).isFalse();
        assertThatThrownBy(() -> dns(server.settings().withUnsignedZones(List.of("a..b"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesTrustAnchorsThatAreNone() {
        assertThatThrownBy(() -> dns(server.settings().withDnssec(Dnssec.VALIDATE, "")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no DS or DNSKEY record");
        assertThatThrownBy(() -> dns(server.settings().withDnssec(Dnssec.VALIDATE, "hello DS world")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void believesItsOwnRootAnchorsToBeRecords() {
        assertThat(dns(server.settings().withDnssec(Dnssec.VALIDATE, RootAnchors.TEXT)))
                .isNotNull();
        assertThat(RootAnchors.TEXT.lines()).hasSize(2);
    }

    private Dns dns(DnsSettings settings) {
        return new ResolvingDns(settings, now::get);
    }

    private static <T> DnsAnswer<T> join(CompletionStage<DnsAnswer<T>> stage) {
        return stage.toCompletableFuture().orTimeout(50, TimeUnit.SECONDS).join();
    }
}
