// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tlspolicy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.amrelay.delivery.dane.DaneCheck;
import org.amrelay.delivery.dane.DaneResult;
import org.amrelay.delivery.mtasts.StsPolicy;
import org.amrelay.delivery.mtasts.StsResult;
import org.amrelay.delivery.tls.Fingerprints;
import org.amrelay.delivery.tls.PeerCheck;
import org.amrelay.delivery.tls.PeerVerdict;
import org.amrelay.delivery.tls.TlsFailure;
import org.amrelay.delivery.tls.TlsPolicy;
import org.amrelay.delivery.tls.TlsRequirement;
import org.amrelay.delivery.tlspolicy.TlsPolicyEvaluator.Sources;
import org.amrelay.delivery.tlsreport.ReportedPolicy;
import org.amrelay.mail.dns.TlsaRecord;
import org.amrelay.mail.reply.Reply;

/** The policies of one destination, applied to its hosts. */
final class HostAdvice implements DestinationTls {
    private final Destination destination;
    private final DomainTls policy;
    private final String origin;
    private final boolean honoursDane;
    private final StsResult sts;
    private final Sources sources;

    HostAdvice(
            Destination destination,
            DomainTls policy,
            String origin,
            boolean honoursDane,
            StsResult sts,
            Sources sources) {
        this.destination = destination;
        this.policy = policy;
        this.origin = origin;
        this.honoursDane = honoursDane;
        this.sts = sts;
        this.sources = sources;
    }

    @Override
    public CompletionStage<TlsRequirement> of(String host, int port, boolean addressesAreSecure) {
        return switch (policy.policy()) {
            case NONE -> done(TlsRequirement.clear("no TLS " + origin));
            case FINGERPRINT ->
                done(counted(
                        TlsRequirement.verified(Fingerprints.of(policy.fingerprints()), "fingerprint " + origin),
                        ReportedPolicy.none(destination.domain()),
                        host));
            case VERIFIED ->
                done(counted(
                        TlsRequirement.verified(sources.webPki().forNames(names(host)), "verified " + origin),
                        ReportedPolicy.none(destination.domain()),
                        host));
            case OPPORTUNISTIC, REQUIRED, DANE -> byRecords(host, port, addressesAreSecure);
        };
    }

    private static CompletionStage<TlsRequirement> done(TlsRequirement requirement) {
        return CompletableFuture.completedFuture(requirement);
    }

    private List<String> names(String host) {
        return policy.names().isEmpty() ? List.of(host) : policy.names();
    }

    private TlsRequirement counted(TlsRequirement requirement, ReportedPolicy reported, String host) {
        return destination.byMx() ? requirement.withObserver(sources.recorder().observer(reported, host)) : requirement;
    }

    private CompletionStage<TlsRequirement> byRecords(String host, int port, boolean addressesAreSecure) {
        boolean applies = honoursDane || policy.policy() == TlsPolicy.DANE;
        if (!applies || !destination.hostsAreCertain() || !isFullName(host)) {
            return done(withoutRecords(host, destination.hostsAreCertain() ? "no DANE" : "unsigned MX"));
        }
        return sources.dane().evaluate(host, port, addressesAreSecure).thenApply(result -> byResult(host, result));
    }

    /** Neither an address nor a name that only the local network knows. */
    private static boolean isFullName(String host) {
        boolean address = host.indexOf(':') >= 0
                || host.startsWith("[")
                || host.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
        return !address && host.indexOf('.') > 0;
    }

    private TlsRequirement byResult(String host, DaneResult result) {
        if (result instanceof DaneResult.Usable usable) {
            ReportedPolicy reported = reported(usable.records());
            TlsRequirement requirement = TlsRequirement.verified(
                            new DaneCheck(usable.records(), daneNames(usable.baseDomain()), sources.clock()),
                            "DANE of " + usable.baseDomain())
                    .withServerName(usable.baseDomain());
            return wished(counted(requirement, reported, host));
        }
        if (result instanceof DaneResult.Unusable unusable && policy.policy() != TlsPolicy.DANE) {
            return wished(counted(
                    TlsRequirement.encrypted("DANE of " + unusable.baseDomain() + " without a usable record"),
                    reported(unusable.records()),
                    host));
        }
        if (result instanceof DaneResult.Unsure unsure) {
            return refused(
                    host,
                    new ReportedPolicy(ReportedPolicy.Kind.TLSA, List.of(), destination.domain(), List.of()),
                    TlsFailure.DNSSEC_INVALID,
                    unsure.cause());
        }
        return withoutRecords(
                host, result instanceof DaneResult.NotApplicable none ? "no DANE: " + none.why() : "no usable record");
    }

    /** What the recipient's domain wants may be waived by the sender, what our settings want may not. */
    private TlsRequirement wished(TlsRequirement requirement) {
        return policy.policy() == TlsPolicy.OPPORTUNISTIC ? requirement.asWishOfRecipient() : requirement;
    }

    private List<String> daneNames(String baseDomain) {
        List<String> names = new ArrayList<>(policy.names());
        if (names.isEmpty()) {
            names.add(baseDomain);
            names.addAll(destination.otherNames());
        }
        return names;
    }

    private ReportedPolicy reported(List<TlsaRecord> records) {
        return new ReportedPolicy(
                ReportedPolicy.Kind.TLSA,
                records.stream()
                        .map(each ->
                                each.usage() + " " + each.selector() + " " + each.matching() + " " + each.association())
                        .toList(),
                destination.domain(),
                List.of());
    }

    private TlsRequirement withoutRecords(String host, String why) {
        if (policy.policy() == TlsPolicy.DANE) {
            return refused(
                    host,
                    ReportedPolicy.none(destination.domain()),
                    TlsFailure.DANE_REQUIRED,
                    "DANE is required " + origin + ", but: " + why);
        }
        if (sts instanceof StsResult.Applies applies) {
            return bySts(host, applies.policy());
        }
        StsResult.Absent absent = (StsResult.Absent) sts;
        String remark = word() + ": " + why + (absent.why().isEmpty() ? "" : ", " + absent.why());
        absent.failure()
                .ifPresent(failure -> sources.recorder()
                        .failed(
                                new ReportedPolicy(ReportedPolicy.Kind.STS, List.of(), destination.domain(), List.of()),
                                host,
                                failure));
        return counted(basic(remark), ReportedPolicy.none(destination.domain()), host);
    }

    private TlsRequirement basic(String why) {
        return policy.policy() == TlsPolicy.REQUIRED
                ? TlsRequirement.encrypted(why)
                : TlsRequirement.opportunistic(why);
    }

    private String word() {
        return policy.policy().name().toLowerCase(Locale.ROOT);
    }

    private TlsRequirement bySts(String host, StsPolicy wanted) {
        ReportedPolicy reported =
                new ReportedPolicy(ReportedPolicy.Kind.STS, wanted.lines(), destination.domain(), wanted.mx());
        boolean enforced = wanted.mode() == StsPolicy.Mode.ENFORCE;
        String why = "MTA-STS " + wanted.mode().name().toLowerCase(Locale.ROOT) + " of " + destination.domain();
        if (wanted.names(host)) {
            PeerCheck check = sources.webPki().forNames(List.of(host));
            return counted(
                    enforced
                            ? wished(TlsRequirement.verified(check, why))
                            : basic(why).withCheck(check),
                    reported,
                    host);
        }
        String cause = "the MTA-STS policy of " + destination.domain() + " does not name " + host;
        return enforced
                ? refused(host, reported, TlsFailure.VALIDATION_FAILURE, cause)
                : counted(
                        basic(why).withCheck(chain -> new PeerVerdict.Rejected(TlsFailure.VALIDATION_FAILURE, cause)),
                        reported,
                        host);
    }

    private TlsRequirement refused(String host, ReportedPolicy reported, TlsFailure failure, String cause) {
        if (destination.byMx()) {
            sources.recorder().failed(reported, host, failure);
        }
        return wished(TlsRequirement.refused(Reply.of(451, "4.7.5", "no mail to " + host + " now: " + cause), cause));
    }
}
