// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.dmarc;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.amrelay.authentication.results.AuthenticationResults;
import org.amrelay.authentication.results.AuthenticationResults.MethodResult;

/**
 * What is known of the author of a message, read from its results: for those who act and do not evaluate.
 *
 * <p>Immutable.
 *
 * @param result {@code none}, {@code pass}, {@code fail}, {@code temperror} or {@code permerror}
 * @param domain of the author; empty when there is not exactly one
 * @param policy what the domain wants done with mail that fails; empty without a policy
 * @param vouchedBy the trusted forwarder that saw the message pass before it was changed
 */
public record AuthorVerdict(String result, String domain, Optional<Policy> policy, Optional<String> vouchedBy) {
    /** The property in which {@link #vouchedBy} travels. */
    public static final String VOUCHED = "arc-override";

    /** Empty when DMARC was not evaluated. */
    public static Optional<AuthorVerdict> of(AuthenticationResults results) {
        return results.of("dmarc").stream().findFirst().map(AuthorVerdict::of);
    }

    private static AuthorVerdict of(MethodResult dmarc) {
        return new AuthorVerdict(
                dmarc.result(),
                dmarc.property("header", "from").orElse(""),
                dmarc.property("policy", "dmarc").flatMap(AuthorVerdict::policyOf),
                dmarc.property("policy", VOUCHED));
    }

    private static Optional<Policy> policyOf(String word) {
        return Stream.of(Policy.values())
                .filter(policy -> policy.word().equals(word.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /** The policy to follow: present when the message failed and no trusted forwarder vouches for it. */
    public Optional<Policy> failure() {
        return result.equals("fail") && vouchedBy.isEmpty() ? policy : Optional.empty();
    }

    /** Whether the author's domain, or one under the same roof, takes responsibility for the message. */
    public boolean isAligned(AuthenticationResults results) {
        if (result.equals("pass")) {
            return true;
        }
        // Without a policy nobody said where the roof ends: only the author's domain itself counts
        return result.equals("none")
                && !domain.isEmpty()
                && results.results().stream()
                        .filter(found -> found.result().equals("pass"))
                        .anyMatch(found -> identifiers(found).anyMatch(domain::equalsIgnoreCase));
    }

    private static Stream<String> identifiers(MethodResult found) {
        Optional<String> claimed =
                found.method().equals("dkim") ? found.property("header", "d") : found.property("smtp", "mailfrom");
        return claimed.stream().map(text -> text.substring(text.lastIndexOf('@') + 1));
    }
}
