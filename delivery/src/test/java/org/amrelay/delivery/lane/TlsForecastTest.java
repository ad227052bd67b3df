// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.amrelay.delivery.route.NextHop;
import org.amrelay.delivery.route.RouteBook;
import org.amrelay.delivery.route.RouteBookReader;
import org.amrelay.delivery.route.RouteBooks;
import org.amrelay.delivery.route.RouteResources;
import org.amrelay.delivery.tls.TlsPolicy;
import org.amrelay.delivery.tlspolicy.DomainTls;
import org.amrelay.delivery.tlspolicy.TlsPolicySettings;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.Zone;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsForecastTest {
    private static final String KEY = "3 1 1 8D02536C887482BC34FF54E41D2BA659BF85B341A0A20AFADB5813DCFBCF286D";
    private static final Dns DNS = Zone.of(
            "; AUTHENTIC signed.example",
            "; AUTHENTIC odd.example",
            "; AUTHENTIC vague.example",
            "signed.example MX 10 mx.signed.example.",
            "signed.example MX 20 mx.plain.example.",
            "mx.signed.example A 192.0.2.1",
            "_25._tcp.mx.signed.example TLSA " + KEY,
            "_587._tcp.mx.signed.example TLSA " + KEY,
            "_mta-sts.signed.example TXT \"v=STSv1; id=1\"",
            "odd.example MX 10 mx.odd.example.",
            "mx.odd.example A 192.0.2.2",
            "_25._tcp.mx.odd.example TLSA 0 0 1 00112233",
            "vague.example MX 10 mx.vague.example.",
            "mx.vague.example A 192.0.2.3",
            "; SERVFAIL _25._tcp.mx.vague.example",
            "unsigned.example MX 10 mx.unsigned.example.",
            "mx.unsigned.example A 192.0.2.4",
            "_25._tcp.mx.unsigned.example TLSA " + KEY,
            "sts.example MX 10 mx.sts.example.",
            "_mta-sts.sts.example TXT \"v=STSv1; id=20260101;\"",
            "xn--bcher-kva.example MX 10 mx.sts.example.",
            "_mta-sts.xn--bcher-kva.example TXT \"v=STSv1; id=20260101;\"",
            "twice.example MX 10 mx.sts.example.",
            "_mta-sts.twice.example TXT \"v=STSv1; id=1\"",
            "_mta-sts.twice.example TXT \"v=STSv1; id=2\"",
            "null.example MX 0 .",
            "; SERVFAIL broken.example");
    private static final String ROUTES = """
            routes:
              - {name: partners, by-name-only: true, to: smarthosts, hosts: ["smtp.partner.example:587"], tls: verified}
              - {name: hosted, by-name-only: true, to: smarthosts, hosts: ["mx.signed.example:587"], tls: required}
              - {name: wrapped, by-name-only: true, to: smarthosts, hosts: ["smtp.partner.example:465"], implicit-tls: true, tls: verified}
              - {name: through, by-name-only: true, to: mx, domain: signed.example}
              - {name: pinned, by-name-only: true, to: smarthosts, hosts: ["smtp.partner.example:587"], tls: fingerprint, fingerprints: PRINT}
              - {name: strict, by-name-only: true, to: mx, tls: dane}
            """.replace("PRINT", "00".repeat(32));

    private static TlsForecast forecast(boolean dane, boolean sts, TlsPolicy usual) {
        RouteBook book = RouteBookReader.read(ROUTES, new RouteResources(Map.of(), Path.of("")));
        TlsPolicySettings settings = new TlsPolicySettings(
                Map.of(
                        "bank.example", DomainTls.of(TlsPolicy.VERIFIED),
                        "*.old.example", DomainTls.of(TlsPolicy.NONE),
                        "known.example", new DomainTls(TlsPolicy.FINGERPRINT, List.of("00".repeat(32)), List.of())),
                dane,
                sts);
        return new TlsForecast(DNS, new RouteBooks(book), settings, usual);
    }

    private static String said(TlsForecast forecast, String hop) {
        return forecast.of(NextHop.parse(hop)).toCompletableFuture().join();
    }

    @ParameterizedTest
    @CsvSource({
        "mx:nothing.example, opportunistic",
        "mx:signed.example, dane",
        "mx:odd.example, required (dane without a usable record)",
        "mx:vague.example, 'dane (the DNS does not say, no delivery now)'",
        "mx:unsigned.example, opportunistic",
        "mx:sts.example, mta-sts (policy not fetched)",
        "mx:bücher.example, mta-sts (policy not fetched)",
        "mx:twice.example, opportunistic",
        "mx:null.example, opportunistic",
        "mx:broken.example, opportunistic",
        "mx:[192.0.2.1], opportunistic",
        "mx:bank.example, verified",
        "mx:a.old.example, none",
        "mx:known.example, fingerprint",
        "host:127.0.0.1:2525, opportunistic",
        "host:mx.signed.example:25, dane",
        "route:partners, verified",
        "route:hosted, dane",
        "route:wrapped, verified (implicit TLS)",
        "route:through, dane",
        "route:strict/unsigned.example, 'dane (no signed record, no delivery)'",
        "route:strict/sts.example, 'dane (no signed record, no delivery)'",
        "route:strict/signed.example, dane",
        "route:pinned, fingerprint",
        "route:gone, ''"
    })
    void saysWhatHolds(String hop, String word) {
        assertThat(said(forecast(true, true, TlsPolicy.OPPORTUNISTIC), hop)).isEqualTo(word);
    }

    @ParameterizedTest
    @CsvSource({
        "mx:nothing.example, required",
        "mx:signed.example, required",
        "mx:sts.example, required",
        "route:strict/signed.example, dane",
        "mx:bank.example, verified"
    })
    void honoursOnlyWhatTheSettingsHonour(String hop, String word) {
        assertThat(said(forecast(false, false, TlsPolicy.REQUIRED), hop)).isEqualTo(word);
    }
}
