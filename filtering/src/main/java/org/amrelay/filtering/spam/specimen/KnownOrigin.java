// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.spam.specimen;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import org.amrelay.authentication.results.AuthenticationResults;

/**
 * What is known about a message beside its bytes. Immutable.
 *
 * @param sender the envelope sender; empty for the null sender, absent when nobody knows
 * @param helo the greeting of the client; empty when nobody knows
 * @param results what the checks of the sender's identity found, absent when there were none
 * @param outbound whether it comes from an account of ours
 * @param reader the only account that it is for; empty for several, or when nobody knows
 * @param now when it is looked at; absent when dates are not to be judged
 */
public record KnownOrigin(
        Optional<String> sender,
        Optional<InetAddress> client,
        String helo,
        Optional<AuthenticationResults> results,
        boolean outbound,
        Optional<String> reader,
        Optional<Instant> now) {
    /** Of a message in a file. */
    public static KnownOrigin unknown() {
        return new KnownOrigin(
                Optional.empty(), Optional.empty(), "", Optional.empty(), false, Optional.empty(), Optional.empty());
    }

    /** The first result of a method such as {@code spf}; empty text when it was not evaluated. */
    public String result(String method) {
        return results.flatMap(all -> all.of(method).stream().findFirst())
                .map(AuthenticationResults.MethodResult::result)
                .orElse("");
    }
}
