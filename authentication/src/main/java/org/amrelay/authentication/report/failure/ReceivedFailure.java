// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.report.failure;

import java.time.Instant;

/**
 * What somebody reports of one message in the name of a domain of ours; texts as written, at most 1,000 characters.
 *
 * <p>Immutable.
 *
 * @param reporter the program or the organization, as far as it says so
 * @param domain that the message says it comes from, lower case
 * @param source the client's address, or empty
 * @param failure {@code Auth-Failure}
 * @param unaligned {@code Identity-Alignment}
 * @param sender {@code Original-Mail-From}, perhaps redacted, or empty
 * @param result {@code Delivery-Result}, or empty
 * @param signature domain and selector of the signature, a slash between, or empty
 * @param incidents messages, at least 1
 * @param arrival of the message, or of the report when that does not say
 */
public record ReceivedFailure(
        String reporter,
        String domain,
        String source,
        String failure,
        String unaligned,
        String sender,
        String result,
        String signature,
        long incidents,
        Instant arrival) {}
