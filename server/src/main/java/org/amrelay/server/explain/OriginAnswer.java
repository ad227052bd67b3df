// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.explain;

import java.util.Optional;
import org.amrelay.authentication.MessageVerdict;
import org.amrelay.authentication.dkim.DkimResult;
import org.amrelay.authentication.dmarc.DmarcResult;
import org.amrelay.authentication.dmarc.Policy;
import org.amrelay.authentication.spf.SpfQuery;
import org.amrelay.authentication.spf.SpfResult;
import org.amrelay.server.explain.Explanation.Authentication;

/** Puts a verdict into the words of the answer. */
final class OriginAnswer {
    private static final String NO_CLIENT = "no address of a client was given";

    private OriginAnswer() {}

    /** @param hasClient without one nothing is known that depends on its address */
    static Authentication of(MessageVerdict verdict, boolean hasClient, boolean hasMessage) {
        return new Authentication(
                hasClient
                        ? spf(verdict.spf())
                        : new Explanation.Spf("none", verdict.spf().domain(), identity(verdict.spf()), NO_CLIENT, ""),
                verdict.dkim().stream().map(OriginAnswer::dkim).toList(),
                hasMessage ? dmarc(verdict.dmarc()) : new Explanation.Dmarc("none", "", "", "", "no message was given"),
                new Explanation.Arc(verdict.arc().status().word(), verdict.arc().reason()),
                hasClient
                        ? new Explanation.Iprev(
                                verdict.iprev().status().word(),
                                verdict.iprev().name(),
                                verdict.iprev().reason())
                        : new Explanation.Iprev("none", "", NO_CLIENT));
    }

    private static Explanation.Spf spf(SpfResult result) {
        return new Explanation.Spf(
                result.status().word(),
                result.domain(),
                identity(result),
                result.reason(),
                result.explanation().orElse(""));
    }

    private static String identity(SpfResult result) {
        return result.query().identity() == SpfQuery.Identity.HELO ? "helo" : "mailfrom";
    }

    private static Explanation.Dkim dkim(DkimResult result) {
        return new Explanation.Dkim(
                result.status().word(),
                result.domain(),
                result.selector(),
                result.reason(),
                result.identity(),
                result.algorithm());
    }

    private static Explanation.Dmarc dmarc(DmarcResult result) {
        Optional<Policy> policy = result.failure()
                .map(DmarcResult.Fail::policy)
                .or(() -> result.found().map(DmarcResult.Published::policy));
        return new Explanation.Dmarc(
                result.word(),
                policy.map(Policy::word).orElse(""),
                result.authorDomain(),
                result.found().map(DmarcResult.Published::domain).orElse(""),
                result.why());
    }
}
