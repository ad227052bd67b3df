// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.route;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.amrelay.delivery.client.CertificateJudge;
import org.amrelay.delivery.client.LogIn;
import org.amrelay.delivery.client.PeerOptions;
import org.amrelay.delivery.client.PeerOptions.Protocol;
import org.amrelay.delivery.client.ProxyHeader;
import org.amrelay.delivery.client.Source;
import org.amrelay.delivery.route.RouteFile.LogInSettings;
import org.amrelay.delivery.route.RouteFile.RouteSettings;
import org.amrelay.delivery.route.RouteTarget.Connecting;
import org.amrelay.delivery.tls.ClientTls;
import org.amrelay.delivery.tls.Fingerprints;
import org.amrelay.delivery.tls.TlsMaterial;
import org.amrelay.delivery.tls.TlsPolicy;

/** Makes of what is written how the servers of a route are spoken to, and loads the files that it names. */
final class ConnectingReader {
    private final RouteResources resources;

    ConnectingReader(RouteResources resources) {
        this.resources = resources;
    }

    Connecting read(RouteSettings settings, List<String> mistakes) {
        checkTogether(settings, mistakes);
        TlsMaterial material = new TlsMaterial(identity(settings, mistakes), trust(settings, mistakes));
        PeerOptions options = new PeerOptions(
                settings.to().equals("lmtp") ? Protocol.LMTP : Protocol.SMTP,
                settings.implicitTls(),
                material.isEmpty() ? Optional.empty() : attempt(settings, mistakes, () -> ClientTls.of(material)),
                settings.auth().flatMap(auth -> logIn(settings, auth, material, mistakes)),
                settings.proxy().map(place -> new ProxyHeader(place.via())),
                settings.ehlo(),
                Optional.empty());
        List<Source> sources = settings.sources().stream()
                .map(source -> new Source(source.address().address(), source.weight(), source.ehlo()))
                .toList();
        settings.ehlo().ifPresent(name -> checkEhlo(name, settings, mistakes));
        sources.forEach(source -> source.ehlo().ifPresent(name -> checkEhlo(name, settings, mistakes)));
        return new Connecting(settings.tls(), fingerprints(settings, mistakes), options, sources);
    }

    private static List<String> fingerprints(RouteSettings settings, List<String> mistakes) {
        List<String> written = List.copyOf(settings.fingerprints());
        if (!written.isEmpty()) {
            var unused = attempt(
                    settings,
                    mistakes,
                    () -> named("fingerprints", String.join(", ", written), () -> Fingerprints.of(written)));
        }
        return written;
    }

    private static void checkTogether(RouteSettings settings, List<String> mistakes) {
        if (settings.implicitTls()
                && settings.tls().filter(tls -> tls == TlsPolicy.NONE).isPresent()) {
            mistakes.add(settings.line().says("'tls: none' and 'implicit-tls: true' contradict each other"));
        }
        boolean byFingerprint =
                settings.tls().filter(tls -> tls == TlsPolicy.FINGERPRINT).isPresent();
        if (byFingerprint == settings.fingerprints().isEmpty()) {
            mistakes.add(settings.line().says("'tls: fingerprint' and 'fingerprints' come together"));
        }
        if (settings.clientCertificate().isPresent() != settings.clientKey().isPresent()) {
            mistakes.add(settings.line().says("'client-certificate' and 'client-key' come together"));
        }
        if (settings.auth().isPresent() && settings.to().equals("mx")) {
            // DNS says who the exchangers are: whoever forges it would get the password
            mistakes.add(settings.line().says("'auth' needs 'to: smarthosts' or 'lmtp', hosts that you name yourself"));
        }
    }

    private static void checkEhlo(String name, RouteSettings settings, List<String> mistakes) {
        boolean legal = !name.isEmpty()
                && name.length() <= 255
                && name.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || ".-[]:".indexOf(c) >= 0));
        if (!legal) {
            mistakes.add(settings.line().says("'ehlo': '" + name + "' is no host name"));
        }
    }

    private Optional<TlsMaterial.Identity> identity(RouteSettings settings, List<String> mistakes) {
        if (settings.clientCertificate().isEmpty() || settings.clientKey().isEmpty()) {
            return Optional.empty();
        }
        String chainFile = settings.clientCertificate().get();
        String keyFile = settings.clientKey().get();
        return certificates("client-certificate", chainFile, settings, mistakes)
                .flatMap(chain -> attempt(
                        settings,
                        mistakes,
                        () -> named(
                                "client-key",
                                keyFile,
                                () -> new TlsMaterial.Identity(
                                        TlsMaterial.privateKey(resources.read(keyFile), chain.get(0)), chain))));
    }

    private List<X509Certificate> trust(RouteSettings settings, List<String> mistakes) {
        return settings.trust()
                .flatMap(file -> certificates("trust", file, settings, mistakes))
                .orElse(List.of());
    }

    private Optional<List<X509Certificate>> certificates(
            String name, String file, RouteSettings settings, List<String> mistakes) {
        return attempt(
                settings, mistakes, () -> named(name, file, () -> TlsMaterial.certificates(resources.read(file))));
    }

    private Optional<LogIn> logIn(
            RouteSettings settings, LogInSettings auth, TlsMaterial material, List<String> mistakes) {
        return attempt(
                settings,
                mistakes,
                () -> new LogIn(
                        auth.user(),
                        resources.secret(auth.secretVariable(), auth.secretFile()),
                        CertificateJudge.trusting(material.trustStore())));
    }

    private static <T> T named(String name, String value, Supplier<T> read) {
        try {
            return read.get();
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("'" + name + "': '" + value + "': " + wrong.getMessage(), wrong);
        }
    }

    private static <T> Optional<T> attempt(RouteSettings settings, List<String> mistakes, Supplier<T> read) {
        try {
            return Optional.of(read.get());
        } catch (IllegalArgumentException | IllegalStateException wrong) {
            mistakes.add(settings.line().says(String.valueOf(wrong.getMessage())));
            return Optional.empty();
        }
    }
}
