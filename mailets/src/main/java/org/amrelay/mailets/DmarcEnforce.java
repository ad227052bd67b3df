// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import java.util.Optional;
import org.amrelay.authentication.dmarc.AuthorVerdict;
import org.amrelay.authentication.dmarc.Policy;
import org.amrelay.james.Action;
import org.amrelay.james.RelayMailet;
import org.amrelay.james.Verdicts;
import org.amrelay.mail.settings.Parameter;
import org.amrelay.mail.settings.ProcessorName;
import org.apache.mailet.Mail;

/**
 * Follows the policy of the author's domain for mail that failed DMARC (RFC 9989 §5.4).
 *
 * <p>Needs the verdicts of the hook Authenticate; mail without them, mail with a temporary error, and mail for which a
 * trusted forwarder vouches (ARC) goes on. Evaluates nothing itself and looks nothing up.
 */
public final class DmarcEnforce extends RelayMailet<DmarcEnforce.Settings> {
    /** The parameters. */
    public record Settings(
            @Parameter(
                    description = "processor for mail that the author's domain wants rejected",
                    defaultsTo = "quarantine")
            ProcessorName rejectTo,

            @Parameter(description = "processor for mail that it wants quarantined", defaultsTo = "quarantine")
            ProcessorName quarantineTo) {}

    @Override
    protected Action decide(Mail mail, Settings settings) {
        Optional<AuthorVerdict> verdict = Verdicts.of(mail).flatMap(AuthorVerdict::of);
        if (verdict.isEmpty()) {
            return new Action.Continue("DMARC was not evaluated");
        }
        Optional<String> vouching = verdict.get().vouchedBy();
        return verdict.get()
                .failure()
                .map(policy -> follow(policy, verdict.get().domain(), settings))
                .orElseGet(() -> new Action.Continue(vouching.map(sealer -> "vouched for by " + sealer)
                        .orElse("DMARC says " + verdict.get().result())));
    }

    private static Action follow(Policy policy, String domain, Settings settings) {
        String reason = domain + " wants mail that fails DMARC treated as " + policy.word();
        return switch (policy) {
            case REJECT -> new Action.GoTo(settings.rejectTo(), reason);
            case QUARANTINE -> new Action.GoTo(settings.quarantineTo(), reason);
            case NONE -> new Action.Continue(reason);
        };
    }
}
