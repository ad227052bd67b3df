// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.amrelay.delivery.client.HostCertificate;
import org.amrelay.delivery.client.PeerOptions.Protocol;
import org.amrelay.delivery.route.RouteTarget.Rejecting;
import org.amrelay.delivery.route.RouteTarget.ToExchangers;
import org.amrelay.delivery.route.RouteTarget.ToHosts;
import org.amrelay.delivery.tls.TlsPolicy;
import org.amrelay.mail.settings.InvalidSettingsException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteBookReaderTest {
    private static final HostCertificate CERTIFICATE = HostCertificate.of("h.example");

    @TempDir
    private Path home;

    private RouteResources resources;

    @BeforeEach
    void thereAreFiles() throws IOException {
        Files.writeString(home.resolve("own.pem"), CERTIFICATE.pem());
        Files.writeString(home.resolve("own.key"), CERTIFICATE.keyPem());
        Files.writeString(home.resolve("empty"), "");
        Files.writeString(home.resolve("secret"), "swordfish\n");
        resources = new RouteResources(Map.of("PASSWORD", "swordfish"), home);
    }

    private RouteBook read(String... lines) {
        return RouteBookReader.read(String.join("\n", lines), resources);
    }

    private List<String> mistakes(String... lines) {
        InvalidSettingsException thrown = catchThrowableOfType(InvalidSettingsException.class, () -> read(lines));
        assertThat(thrown).isNotNull().hasMessageNotContaining("swordfish");
        return thrown.mistakes();
    }

    @Test
    void readsEverythingThatARouteMayHave() {
        RouteBook book = read(
                "routes:",
                "  - name: full",
                "    to: smarthosts",
                "    share: by-weight",
                "    port: 2500",
                "    hosts: [one.example, 'two.example:587', {host: '[2001:db8::1]', port: 26, weight: 4}]",
                "    tls: required",
                "    client-certificate: own.pem",
                "    client-key: own.key",
                "    trust: own.pem",
                "    auth: {user: relay, secret-file: secret}",
                "    proxy: 127.0.0.1:8025",
                "    ehlo: out.example.org",
                "    sources: [192.0.2.1, {address: '2001:db8::2', weight: 3, ehlo: six.example.org}]");
        ToHosts target = (ToHosts) book.named("full").orElseThrow().target();
        assertThat(target.hosts())
                .extracting(host -> host.at(0) + " " + host.weight())
                .containsExactly("one.example:2500 1", "two.example:587 1", "2001:db8::1:26 4");
        assertThat(target.byWeight()).isTrue();
        RouteTarget.Connecting connecting = target.connecting();
        assertThat(connecting.tls()).contains(TlsPolicy.REQUIRED);
        assertThat(connecting.options().tls()).isPresent();
        assertThat(connecting.options().logIn()).isPresent();
        assertThat(connecting.options().proxy().orElseThrow().via()).isPresent();
        assertThat(connecting.options().ehlo()).contains("out.example.org");
        assertThat(connecting.sources())
                .extracting(source -> source.address().getHostAddress() + " " + source.weight())
                .containsExactly("192.0.2.1 1", "2001:db8:0:0:0:0:0:2 3");
        assertThat(connecting.toString()).doesNotContain("swordfish").contains("(secret)");
        assertThat(resources.toString()).doesNotContain("swordfish");
    }

    @Test
    void choosesUsualPorts() {
        RouteBook book = read(
                "routes:",
                "  - {name: plain, to: smarthosts, hosts: h, by-name-only: true}",
                "  - {name: implicit, to: smarthosts, hosts: h, implicit-tls: true, by-name-only: true}",
                "  - {name: local, to: lmtp, hosts: h, by-name-only: true}",
                "  - {name: mx, to: mx}".replace("name: mx", "name: by-mx"));
        assertThat(port(book, "plain")).isEqualTo("h:25");
        assertThat(port(book, "implicit")).isEqualTo("h:465");
        assertThat(port(book, "local")).isEqualTo("h:24");
        assertThat(((ToExchangers) book.named("by-mx").orElseThrow().target()).port())
                .isEmpty();
        ToHosts lmtp = (ToHosts) book.named("local").orElseThrow().target();
        assertThat(lmtp.connecting().options().protocol()).isEqualTo(Protocol.LMTP);
    }

    private static String port(RouteBook book, String route) {
        return ((ToHosts) book.named(route).orElseThrow().target())
                .hosts()
                .get(0)
                .at(0);
    }

    @Test
    void readsTheReplyOfARejection() {
        RouteBook book = read(
                "routes:",
                "  - {name: own-words, to: reject, reply: 554 5.7.26 No way, by-name-only: true}",
                "  - {name: usual-words, to: reject}");
        assertThat(((Rejecting) book.named("own-words").orElseThrow().target()).reply())
                .hasToString("554 5.7.26 No way");
        assertThat(((Rejecting) book.named("usual-words").orElseThrow().target())
                        .reply()
                        .code())
                .isEqualTo(550);
    }

    @Test
    void hasNoRoutesWithoutTheFile() throws IOException {
        assertThat(RouteBookReader.read(home.resolve("missing.yaml"), resources).isEmpty())
                .isTrue();
        assertThat(read("").isEmpty()).isTrue();
        assertThat(read("routes: []").isEmpty()).isTrue();
        Path file = Files.writeString(home.resolve("routes.yaml"), "routes: [{name: x, to: discard}]\n");
        assertThat(RouteBookReader.read(file, resources).names()).containsExactly("x");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "to: smarthosts | 'hosts' is missing: to whom does 'x' go?",
                "to: smarthosts, hosts: [a, 'a:25'] | 'hosts' names a host twice; give it a larger weight instead",
                "to: smarthosts, hosts: 'a:0' | 'hosts': 'a:0' is not host or host:port, an IPv6 address in brackets",
                "to: smarthosts, hosts: ['::1'] | 'hosts': '::1' is not host or host:port, an IPv6 address in brackets",
                "to: smarthosts, hosts: [{host: a b}] | is not a host",
                "to: smarthosts, hosts: [{host: a, weight: 0}] | 'weight': '0' is less than 1",
                "to: smarthosts, hosts: a, share: fairly | 'share': 'fairly' is none of in-order, by-weight",
                "to: lmtp, hosts: 'a:25' | 'port': LMTP must not be spoken on port 25 (RFC 2033 §5)",
                "to: mx, hosts: a | 'hosts' means nothing with 'to: mx'",
                "to: mx, share: by-weight | 'share' means nothing with 'to: mx'",
                "to: mx, tls: fingerprint | 'tls: fingerprint' and 'fingerprints' come together",
                "to: mx, fingerprints: 00 | 'tls: fingerprint' and 'fingerprints' come together",
                "to: mx, tls: fingerprint, fingerprints: 00 | 'fingerprints': '00': '00' is no SHA-256 fingerprint",
                "to: discard, fingerprints: 00 | 'fingerprints' means nothing with 'to: discard'",
                "to: discard, retry: {delays: 1m} | 'retry' means nothing with 'to: discard'",
                "to: mx, retry: {delays: 0s} | 'delays' needs durations above zero",
                "to: mx, retry: {jitter: 0.7} | 'jitter' is 0 to 0.5, not 0.7",
                "to: mx, tls: perhaps | 'tls': 'perhaps' is none of none, opportunistic, required",
                "to: discard, port: 25 | 'port' means nothing with 'to: discard'",
                "to: discard, reply: 550 5.7.1 x | 'reply' means nothing with 'to: discard'",
                "to: reject, reply: 450 4.7.1 x | 'reply': '450 4.7.1 x' is not like '550 5.7.1 text'",
                "to: reject, reply: 550 no | 'reply': '550 no' is not like '550 5.7.1 text'",
                "to: y | 'to': 'y' is none of mx, smarthosts, lmtp, discard, reject, and no route has that name",
                "to: x | route 'x' leads in a circle",
                "tls: none | 'to' is missing",
                "to: mx, tls: none, implicit-tls: true | 'tls: none' and 'implicit-tls: true' contradict each other",
                "to: mx, client-key: own.key | 'client-certificate' and 'client-key' come together",
                "to: mx, client-certificate: empty, client-key: own.key | 'client-certificate': 'empty': holds no",
                "to: mx, client-certificate: own.pem, client-key: own.pem | 'client-key': 'own.pem': is no PEM private",
                "to: mx, client-certificate: none.pem, client-key: own.key | cannot be read: NoSuchFileException",
                "to: mx, trust: empty | 'trust': 'empty': holds no certificate",
                "to: mx, auth: {user: u, secret-file: secret} | 'auth' needs 'to: smarthosts' or 'lmtp'",
                "to: lmtp, hosts: a, auth: {user: u} | 'auth' needs either 'secret-variable' or 'secret-file'",
                "to: lmtp, hosts: a, auth: {user: u, secret-variable: GONE} | environment variable GONE is not set",
                "to: lmtp, hosts: a, auth: {user: u, secret-file: empty} | empty is empty, longer than 1000",
                "to: lmtp, hosts: a, auth: {user: '', secret-file: secret} | is no user name",
                "to: lmtp, hosts: a, auth: {user: u, secret-file: gone} | cannot be read: NoSuchFileException",
                "to: mx, proxy: example.org:25 | is neither 'direct' nor the address and port of a proxy",
                "to: mx, ehlo: 'a b' | 'ehlo': 'a b' is no host name",
                "to: mx, sources: name.example | 'sources': 'name.example' is no IP address",
                "to: mx, when: {recipients: 'a b'} | 'recipients': 'a b' is not a domain such as",
                "to: mx, when: {recipient: a} | 'recipient' is unknown, did you mean 'recipients'?",
                "to: mx, when: {headers: {A: '> x'}} | 'headers.A': '> x' has no number to compare with",
                "to: mx, when: {ports: 70000} | 'ports': '70000' is more than 65535",
                "to: mx, hots: a | 'hots' is unknown, did you mean 'hosts'?"
            })
    void saysInWhichLineWhatIsWrong(String settings, String complaint) {
        assertThat(mistakes("# line 1", "routes:", "  - {name: x, " + settings + "}"))
                .anySatisfy(
                        mistake -> assertThat(mistake).startsWith("line 3: ").contains(complaint));
    }

    @Test
    void readsWhenTheMailOfARouteIsTriedAgain() {
        RouteBook book = read("routes:", "  - {name: x, to: mx, retry: {delays: [1m, 30m], expiry: 6h}}");
        assertThat(book.named("x").orElseThrow().retry()).hasValueSatisfying(retry -> {
            assertThat(retry.delays()).containsExactly(Duration.ofMinutes(1), Duration.ofMinutes(30));
            assertThat(retry.expiry()).isEqualTo(Duration.ofHours(6));
            assertThat(retry.delayNotice()).isEqualTo(Duration.ofHours(4));
        });
    }

    @Test
    void reportsTheMistakesOfAllRoutesAtOnce() {
        assertThat(mistakes(
                        "routes:",
                        "  - {name: all, to: mx}",
                        "  - {name: late, to: mx}",
                        "  - {name: all, to: discard, by-name-only: true}",
                        "  - {name: MX, to: mx, by-name-only: true}",
                        "  - {name: lmtp, to: mx, by-name-only: true}",
                        "  - {name: one, to: two, by-name-only: true}",
                        "  - {name: two, to: one, by-name-only: true}"))
                .containsExactlyInAnyOrder(
                        "line 4: route 'all' is there already, in line 2",
                        "line 5: 'name': 'MX' is not 1 to 64 of a to z, 0 to 9, '-', '_' and '.'",
                        "line 6: 'name': 'lmtp' is a kind of target, call the route otherwise",
                        "line 7: route 'one' leads in a circle",
                        "line 8: route 'two' leads in a circle",
                        "line 3: route 'late' never gets mail, as 'all' above takes everything");
    }
}
