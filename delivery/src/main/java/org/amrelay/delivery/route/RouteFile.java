// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.route;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.amrelay.delivery.tls.TlsPolicy;
import org.amrelay.mail.settings.Parameter;
import org.amrelay.mail.settings.SourceLine;

/** {@code conf/routes.yaml} as it is written; {@link RouteBookReader} makes the {@link RouteBook} of it. */
public record RouteFile(
        @Parameter(description = "the routes in their order; the first one that is for the mail decides")
        List<RouteSettings> routes) {

    /** How hosts of a route share the mail. */
    public enum Share {
        /** The first one that works gets all. */
        IN_ORDER,
        /** Each gets its share; what one cannot take goes to the others. */
        BY_WEIGHT
    }

    /** One route as it is written. */
    public record RouteSettings(
            SourceLine line,

            @Parameter(description = "unique name, for queue, trace and ledger", example = "partners")
            String name,

            @Parameter(description = "conditions that must all hold; without them the route is for all mail")
            Optional<RouteConditions> when,

            @Parameter(description = "conditions that must not all hold")
            Optional<RouteConditions> unless,

            @Parameter(description = "whether only other routes lead here, by naming it in to", defaultsTo = "false")
            boolean byNameOnly,

            @Parameter(
                    description = "mx, smarthosts, lmtp, discard, reject, or the name of another route",
                    example = "smarthosts")
            String to,

            @Parameter(description = "for mx: whose exchangers, when not the recipient's", example = "example.net")
            Optional<String> domain,

            @Parameter(description = "for smarthosts and lmtp: the hosts", example = "out1.example.net:587")
            List<SmartHost> hosts,

            @Parameter(description = "how the hosts share the mail", defaultsTo = "in-order")
            Share share,

            @Parameter(
                    description = "port of the servers; 25, with implicit-tls 465, for lmtp 24",
                    min = 1,
                    max = 65535)
            Optional<Integer> port,

            @Parameter(description = "what connections must reach; the relay's usual policy when not set")
            Optional<TlsPolicy> tls,

            @Parameter(
                    description = "for tls: fingerprint: SHA-256 of the certificates or keys that the servers may have",
                    example = "5f:2b:...")
            Set<String> fingerprints,

            @Parameter(description = "TLS from the first byte instead of STARTTLS", defaultsTo = "false")
            boolean implicitTls,

            @Parameter(description = "PEM file of the certificate to show", example = "conf/tls/client.pem")
            Optional<String> clientCertificate,

            @Parameter(description = "PEM file of its private key (PKCS #8)", example = "conf/tls/client-key.pem")
            Optional<String> clientKey,

            @Parameter(
                    description = "PEM file of the authorities to believe instead of the Java runtime's",
                    example = "conf/tls/partner-ca.pem")
            Optional<String> trust,

            @Parameter(description = "who to log in as") Optional<LogInSettings> auth,

            @Parameter(
                    description = "direct: the server reads a PROXY header; address:port: this proxy does",
                    example = "192.0.2.7:8025")
            Optional<ProxyPlace> proxy,

            @Parameter(description = "name to greet with instead of the relay's", example = "out.example.org")
            Optional<String> ehlo,

            @Parameter(description = "addresses of ours to leave from", example = "192.0.2.10")
            List<SourceSettings> sources,

            @Parameter(description = "when mail of this route is tried again; the site's schedule when not set")
            Optional<RetrySettings> retry,

            @Parameter(
                    description = "for reject: what the sender reads, with code and enhanced code",
                    example = "550 5.7.1 we do not write to them")
            Optional<String> reply) {}

    /** When mail that could not be delivered is tried again. */
    public record RetrySettings(
            @Parameter(
                    description = "after the first attempt, the second and so on; the last one repeats",
                    defaultsTo = "5m, 10m, 20m, 40m, 1h, 2h, 4h")
            List<Duration> delays,

            @Parameter(description = "each delay is spread by this part to both sides, 0 to 0.5", defaultsTo = "0.2")
            double jitter,

            @Parameter(description = "when the sender is told that it takes longer", defaultsTo = "4h")
            Duration delayNotice,

            @Parameter(
                    description = "when the sender gets the mail back, unless the relay's own expiry is earlier",
                    defaultsTo = "5d")
            Duration expiry) {
        public RetrySettings {
            delays = List.copyOf(delays);
            if (delays.isEmpty() || delays.stream().anyMatch(delay -> delay.isNegative() || delay.isZero())) {
                throw new IllegalArgumentException("'delays' needs durations above zero");
            }
            if (!(jitter >= 0 && jitter <= 0.5)) {
                throw new IllegalArgumentException("'jitter' is 0 to 0.5, not " + jitter);
            }
        }
    }

    /** Where user and password come from; the password itself is never in the file. */
    public record LogInSettings(
            SourceLine line,

            @Parameter(description = "the user", example = "relay@example.org")
            String user,

            @Parameter(description = "environment variable with the password", example = "PROVIDER_PASSWORD")
            Optional<String> secretVariable,

            @Parameter(description = "file with the password in its first line", example = "conf/provider.secret")
            Optional<String> secretFile) {
        /** One source, so that nobody wonders which one wins. */
        public LogInSettings {
            if (secretVariable.isPresent() == secretFile.isPresent()) {
                throw new IllegalArgumentException("'auth' needs either 'secret-variable' or 'secret-file'");
            }
        }
    }

    /** An address to leave from; as one value it is the address alone. */
    public record SourceSettings(
            @Parameter(description = "address of this machine", example = "192.0.2.10")
            SourceAddress address,

            @Parameter(description = "its share of the connections", defaultsTo = "1", min = 1, max = 1000)
            int weight,

            @Parameter(description = "name to greet with from there", example = "out1.example.org")
            Optional<String> ehlo) {

        public static SourceSettings of(String text) {
            return new SourceSettings(SourceAddress.of(text), 1, Optional.empty());
        }
    }
}
