// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.dane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.amrelay.delivery.dane.DaneResult.NotApplicable;
import org.amrelay.delivery.dane.DaneResult.Unsure;
import org.amrelay.delivery.dane.DaneResult.Unusable;
import org.amrelay.delivery.dane.DaneResult.Usable;
import org.amrelay.delivery.tls.PeerVerdict;
import org.amrelay.delivery.tls.PeerVerdict.Rejected;
import org.amrelay.delivery.tls.PeerVerdict.Verified;
import org.amrelay.delivery.tls.TestAuthority;
import org.amrelay.delivery.tls.TestAuthority.Issued;
import org.amrelay.delivery.tls.TlsFailure;
import org.amrelay.mail.dns.TlsaRecord;
import org.amrelay.mail.dns.Zone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DaneTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final String EE = "3 1 1 " + "ab".repeat(32);

    private final TestAuthority authority = new TestAuthority(NOW);
    private final Issued issued = authority.issue("mx.a.example");

    @ParameterizedTest(name = "usage {0} selector {1} matching {2}")
    @CsvSource({
        "3,0,0", "3,0,1", "3,0,2", "3,1,0", "3,1,1", "3,1,2", "2,0,0", "2,0,1", "2,0,2", "2,1,0", "2,1,1", "2,1,2"
    })
    void acceptsEveryUsableKindOfRecord(int usage, int selector, int matching) {
        TlsaRecord record = record(issued.tlsa(usage, selector, matching));
        assertThat(UsableRecords.of(List.of(record))).containsExactly(record);
        assertThat(check(issued, "mx.a.example", record)).isInstanceOf(Verified.class);
        Issued another = new TestAuthority(NOW).issue("mx.a.example");
        assertThat(check(another, "mx.a.example", record)).isInstanceOf(Rejected.class);
    }

    // RFC 7672 §3.1.1: neither name nor date count
    @Test
    void looksAtTheKeyAloneWithDaneEe() {
        Issued expired = authority.expired("other.example");
        assertThat(check(expired, "mx.a.example", record(expired.tlsa(3, 1, 1))))
                .isInstanceOf(Verified.class);
    }

    // RFC 7672 §3.1.2, §3.2.2
    @Test
    void looksAtNameAndDateWithDaneTa() {
        Issued other = authority.issue("other.example");
        assertThat(((Rejected) check(other, "mx.a.example", record(other.tlsa(2, 0, 1)))).failure())
                .isEqualTo(TlsFailure.CERTIFICATE_HOST_MISMATCH);
        Issued expired = authority.expired("mx.a.example");
        assertThat(((Rejected) check(expired, "mx.a.example", record(expired.tlsa(2, 0, 1)))).failure())
                .isEqualTo(TlsFailure.CERTIFICATE_EXPIRED);
        assertThat(new DaneCheck(
                                List.of(record(other.tlsa(2, 0, 1))),
                                List.of("mx.a.example", "other.example"),
                                () -> NOW)
                        .check(other.chain()))
                .isInstanceOf(Verified.class);
    }

    @Test
    void doesNotTakeTheServersOwnCertificateForAnAuthority() {
        TlsaRecord own =
                record("2 0 1 " + TestAuthority.association(issued.chain().get(0), 0, 1));
        assertThat(check(issued, "mx.a.example", own)).isInstanceOf(Rejected.class);
    }

    @Test
    void usesAnAuthorityThatOnlyTheRecordHolds() {
        Issued alone = new Issued(issued.keys(), issued.chain().subList(0, 1));
        assertThat(check(alone, "mx.a.example", record(issued.tlsa(2, 0, 0)))).isInstanceOf(Verified.class);
        assertThat(check(alone, "mx.a.example", record(issued.tlsa(2, 1, 0)))).isInstanceOf(Verified.class);
        assertThat(check(alone, "mx.a.example", record(issued.tlsa(2, 0, 1)))).isInstanceOf(Rejected.class);
    }

    // RFC 7672 §3.1.3 and malformed ones
    @ParameterizedTest
    @ValueSource(strings = {"0 0 1", "1 1 1", "4 1 1", "3 2 1", "3 1 3", "3 1 2", "3 1 0", "2 0 0", "255 255 255"})
    void findsNoUseForOtherRecords(String numbers) {
        assertThat(UsableRecords.of(List.of(record(numbers + " " + "ab".repeat(32)))))
                .isEmpty();
    }

    // RFC 7671 §9
    @Test
    void prefersTheStrongestDigest() {
        TlsaRecord weak = record("3 1 1 " + "ab".repeat(32));
        TlsaRecord strong = record("3 1 2 " + "ab".repeat(64));
        TlsaRecord whole = record(issued.tlsa(3, 1, 0));
        TlsaRecord otherSelector = record("3 0 1 " + "ab".repeat(32));
        assertThat(UsableRecords.of(List.of(weak, strong, whole, otherSelector)))
                .containsExactly(strong, whole, otherSelector);
    }

    @Test
    void findsRecordsOfASignedHost() {
        DaneResult found = evaluate("mx.a.example", true, "_25._tcp.mx.a.example TLSA " + EE);
        assertThat(found)
                .isInstanceOfSatisfying(
                        Usable.class, usable -> assertThat(usable.baseDomain()).isEqualTo("mx.a.example"));
    }

    @Test
    void tellsUnusableFromNone() {
        assertThat(evaluate("mx.a.example", true, "_25._tcp.mx.a.example TLSA 1 1 1 " + "ab".repeat(32)))
                .isInstanceOf(Unusable.class);
        assertThat(evaluate("mx.a.example", true)).isInstanceOf(NotApplicable.class);
    }

    @Test
    void ignoresRecordsThatAreNotSigned() {
        assertThat(join(new DaneEvaluator(Zone.of("_25._tcp.mx.b.example TLSA " + EE))
                        .evaluate("mx.b.example", 25, true)))
                .isInstanceOf(NotApplicable.class);
    }

    // RFC 7672 §2.1.2
    @ParameterizedTest
    @ValueSource(strings = {"; SERVFAIL _25._tcp.mx.a.example", "; TIMEOUT _25._tcp.mx.a.example"})
    void neverTakesAFailureForAbsence(String directive) {
        assertThat(evaluate("mx.a.example", true, directive)).isInstanceOf(Unsure.class);
    }

    @Test
    void neverTakesAHiddenAliasForNone() {
        assertThat(evaluate("mx.a.example", true, "; SERVFAIL mx.a.example")).isInstanceOf(Unsure.class);
    }

    // RFC 7672 §2.2.3
    @Test
    void looksAtTheEndOfTheAliasesFirst() {
        String alias = "alias.a.example CNAME mx.a.example.";
        String atEnd = "_25._tcp.mx.a.example TLSA " + EE;
        String atAlias = "_25._tcp.alias.a.example TLSA " + EE;
        assertThat(base(evaluate("alias.a.example", true, alias, atEnd, atAlias)))
                .isEqualTo("mx.a.example");
        assertThat(base(evaluate("alias.a.example", true, alias, atAlias))).isEqualTo("alias.a.example");
    }

    // RFC 7672 §2.2.2
    @Test
    void followsASignedAliasIntoAnUnsignedZoneByItsOwnName() {
        String alias = "alias.a.example CNAME mx.plain.example.";
        assertThat(base(evaluate("alias.a.example", false, alias, "_25._tcp.alias.a.example TLSA " + EE)))
                .isEqualTo("alias.a.example");
        assertThat(evaluate("mx.a.example", false, "_25._tcp.mx.a.example TLSA " + EE))
                .isInstanceOf(NotApplicable.class);
        assertThat(evaluate("mx.a.example", false, "; SERVFAIL mx.a.example")).isInstanceOf(Unsure.class);
    }

    private static String base(DaneResult result) {
        return ((Usable) result).baseDomain();
    }

    private static DaneResult evaluate(String host, boolean secure, String... lines) {
        String[] all = Stream.concat(Arrays.stream(lines), Stream.of("; AUTHENTIC a.example"))
                .toArray(String[]::new);
        return join(new DaneEvaluator(Zone.of(all)).evaluate(host, 25, secure));
    }

    private static DaneResult join(java.util.concurrent.CompletionStage<DaneResult> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static PeerVerdict check(Issued server, String name, TlsaRecord... records) {
        return new DaneCheck(List.of(records), List.of(name), () -> NOW).check(server.chain());
    }

    private static TlsaRecord record(String text) {
        String[] parts = text.split(" ", -1);
        return new TlsaRecord(
                Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]), parts[3]);
    }
}
