// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication;

import java.util.Optional;
import org.amrelay.authentication.dmarc.DmarcResult;
import org.amrelay.authentication.dmarc.Policy;
import org.amrelay.authentication.iprev.IprevResult;
import org.amrelay.authentication.spf.SpfResult;
import org.amrelay.mail.reply.Reply;

/**
 * Which verdicts are a reason to refuse a message while its sender still listens (RFC 7372).
 *
 * <p>A temporary error never is. Immutable.
 *
 * @param dmarc refuse what the author's domain wants rejected, unless a trusted forwarder vouches for it
 * @param spf refuse what the domain of the envelope sender forbids
 * @param iprev refuse clients whose name does not lead back to them
 * @param trusted forwarders that may vouch
 */
public record RefusalPolicy(boolean dmarc, boolean spf, boolean iprev, TrustedSealers trusted) {
    private static final int LONGEST_EXPLANATION = 200;

    /**
     * A refusal.
     *
     * @param reply what the peer reads
     * @param cause what the operator reads
     */
    public record Refusal(Reply reply, String cause) {}

    /** Empty when the message may come in. */
    public Optional<Refusal> refusal(MessageVerdict verdict) {
        if (iprev && verdict.iprev().status() == IprevResult.Status.FAIL) {
            return Optional.of(new Refusal(
                    Reply.of(550, "5.7.25", "the name of your host does not lead back to its address"),
                    "iprev: " + verdict.iprev().name()));
        }
        if (spf && verdict.spf().status() == SpfResult.Status.FAIL) {
            return Optional.of(new Refusal(
                    Reply.of(550, "5.7.23", "SPF of " + verdict.spf().domain() + " forbids it" + explained(verdict)),
                    "SPF: " + verdict.spf().reason()));
        }
        Optional<DmarcResult.Fail> failure = verdict.dmarc()
                .failure()
                .filter(fail -> dmarc && fail.policy() == Policy.REJECT)
                .filter(fail -> trusted.vouching(fail, verdict.arc()).isEmpty());
        return failure.map(fail -> new Refusal(
                Reply.of(550, "5.7.26", "no passing SPF or DKIM for " + fail.domain() + ", which asks to reject then"),
                "DMARC policy of " + fail.published().domain()));
    }

    /** A stranger's words are marked as such (RFC 7208 §6.2). */
    private static String explained(MessageVerdict verdict) {
        return verdict.spf()
                .explanation()
                .map(text -> text.substring(0, Math.min(text.length(), LONGEST_EXPLANATION)))
                .map(text -> "; the domain explains: " + text)
                .orElse("");
    }
}
