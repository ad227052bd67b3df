// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication;

import java.util.ArrayList;
import java.util.List;
import org.amrelay.authentication.arc.ArcResult;
import org.amrelay.authentication.dkim.DkimResult;
import org.amrelay.authentication.dmarc.AuthorVerdict;
import org.amrelay.authentication.dmarc.DmarcResult;
import org.amrelay.authentication.dmarc.Policy;
import org.amrelay.authentication.iprev.IprevResult;
import org.amrelay.authentication.results.AuthenticationResults;
import org.amrelay.authentication.results.AuthenticationResults.MethodResult;
import org.amrelay.authentication.results.AuthenticationResults.Property;
import org.amrelay.authentication.spf.SpfQuery;
import org.amrelay.authentication.spf.SpfResult;

/**
 * All that is known of the origin of one message.
 *
 * <p>Immutable.
 *
 * @param helo SPF for the greeting
 * @param spf SPF for the envelope sender, or for the greeting when the sender is null
 * @param dkim one result per signature
 */
public record MessageVerdict(
        IprevResult iprev, SpfResult helo, SpfResult spf, List<DkimResult> dkim, DmarcResult dmarc, ArcResult arc) {
    public MessageVerdict {
        dkim = List.copyOf(dkim);
    }

    /** The same for a header field, with the properties of RFC 8601 §2.7, RFC 8617 §9.1 and RFC 9989 §9.1. */
    public AuthenticationResults results(String authservId) {
        return results(authservId, TrustedSealers.none());
    }

    /** The same, saying which trusted forwarder vouches for a message that failed DMARC. */
    public AuthenticationResults results(String authservId, TrustedSealers trusted) {
        List<MethodResult> results = new ArrayList<>();
        results.add(MethodResult.of(
                "iprev",
                iprev.status().word(),
                iprev.reason(),
                new Property("policy", "iprev", iprev.client().getHostAddress())));
        if (helo.status() != SpfResult.Status.NONE || spf.query().identity() == SpfQuery.Identity.HELO) {
            results.add(spf(helo, new Property("smtp", "helo", helo.domain())));
        }
        if (spf.query().identity() == SpfQuery.Identity.MAIL_FROM) {
            String sender = spf.query().localPart() + '@' + spf.domain();
            results.add(spf(spf, new Property("smtp", "mailfrom", sender)));
        }
        dkim.forEach(signature -> results.add(dkim(signature)));
        if (dkim.isEmpty()) {
            results.add(MethodResult.of("dkim", "none", ""));
        }
        results.add(dmarcResult(trusted));
        results.add(MethodResult.of("arc", arc.status().word(), arc.reason(), arcProperties()));
        return new AuthenticationResults(authservId, results);
    }

    private static MethodResult spf(SpfResult result, Property identity) {
        return MethodResult.of("spf", result.status().word(), result.reason(), identity);
    }

    private static MethodResult dkim(DkimResult result) {
        if (result.domain().isEmpty()) {
            return MethodResult.of("dkim", result.status().word(), result.reason());
        }
        return MethodResult.of(
                "dkim",
                result.status().word(),
                result.testing() ? (result.reason() + " (testing)").strip() : result.reason(),
                new Property("header", "d", result.domain()),
                new Property("header", "i", result.identity()),
                new Property("header", "s", result.selector()),
                new Property("header", "a", result.algorithm()),
                new Property("header", "b", result.signatureStart()));
    }

    private MethodResult dmarcResult(TrustedSealers trusted) {
        List<Property> properties = new ArrayList<>();
        if (!dmarc.authorDomain().isEmpty()) {
            properties.add(new Property("header", "from", dmarc.authorDomain()));
        }
        dmarc.failure()
                .map(DmarcResult.Fail::policy)
                .or(() -> dmarc.found().map(DmarcResult.Published::policy))
                .map(Policy::word)
                .ifPresent(policy -> properties.add(new Property("policy", "dmarc", policy)));
        trusted.vouching(dmarc, arc)
                .ifPresent(sealer -> properties.add(new Property("policy", AuthorVerdict.VOUCHED, sealer)));
        return MethodResult.of("dmarc", dmarc.word(), dmarc.why(), properties.toArray(Property[]::new));
    }

    private Property[] arcProperties() {
        return arc.status() == ArcResult.Status.PASS
                ? new Property[] {
                    new Property("header", "oldest-pass", Integer.toString(arc.oldestPass())),
                    new Property("smtp", "remote-ip", iprev.client().getHostAddress())
                }
                : new Property[0];
    }
}
