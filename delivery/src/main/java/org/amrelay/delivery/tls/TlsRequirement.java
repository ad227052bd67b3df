// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tls;

import java.util.Optional;
import org.amrelay.mail.reply.Reply;

/**
 * What one connection must reach, decided for one host of one destination.
 *
 * <p>Immutable.
 *
 * @param ask whether STARTTLS is used when it is offered
 * @param mandatory whether plain text and a rejected server mean that no mail goes there
 * @param check judges the server; with {@code mandatory} off only for the record
 * @param serverName to send in the handshake, when it is not the host's name
 * @param why which policy says so, for people; empty when nothing but the default applies
 * @param observer hears what came of it
 * @param refusal why this host is not even asked, a temporary reply
 * @param wishOfRecipient whether the recipient's domain asks for it and not our settings (DANE, MTA-STS)
 */
public record TlsRequirement(
        boolean ask,
        boolean mandatory,
        PeerCheck check,
        Optional<String> serverName,
        String why,
        TlsObserver observer,
        Optional<Reply> refusal,
        boolean wishOfRecipient) {
    /**
     * For the policies that need nothing but themselves.
     *
     * @throws IllegalArgumentException for those that need certificates, records or fingerprints
     */
    public static TlsRequirement of(TlsPolicy policy) {
        return switch (policy) {
            case NONE -> clear("");
            case OPPORTUNISTIC -> opportunistic("");
            case REQUIRED -> encrypted("");
            case VERIFIED, DANE, FINGERPRINT ->
                throw new IllegalArgumentException(policy + " needs to know what to check");
        };
    }

    /** No TLS. */
    public static TlsRequirement clear(String why) {
        return plain(false, false, PeerCheck.NONE, why);
    }

    /** TLS if it works. */
    public static TlsRequirement opportunistic(String why) {
        return plain(true, false, PeerCheck.NONE, why);
    }

    /** TLS with any server. */
    public static TlsRequirement encrypted(String why) {
        return plain(true, true, PeerCheck.NONE, why);
    }

    /** TLS with the right server. */
    public static TlsRequirement verified(PeerCheck check, String why) {
        return plain(true, true, check, why);
    }

    /** No connection. */
    public static TlsRequirement refused(Reply refusal, String why) {
        return new TlsRequirement(
                true, true, PeerCheck.NONE, Optional.empty(), why, TlsObserver.none(), Optional.of(refusal), false);
    }

    private static TlsRequirement plain(boolean ask, boolean mandatory, PeerCheck check, String why) {
        return new TlsRequirement(
                ask, mandatory, check, Optional.empty(), why, TlsObserver.none(), Optional.empty(), false);
    }

    /** Another check, which decides only if the requirement is mandatory. */
    public TlsRequirement withCheck(PeerCheck other) {
        return new TlsRequirement(ask, mandatory, other, serverName, why, observer, refusal, wishOfRecipient);
    }

    public TlsRequirement withServerName(String name) {
        return new TlsRequirement(ask, mandatory, check, Optional.of(name), why, observer, refusal, wishOfRecipient);
    }

    public TlsRequirement withObserver(TlsObserver other) {
        return new TlsRequirement(ask, mandatory, check, serverName, why, other, refusal, wishOfRecipient);
    }

    /** The recipient's domain asks for it. */
    public TlsRequirement asWishOfRecipient() {
        return new TlsRequirement(ask, mandatory, check, serverName, why, observer, refusal, true);
    }

    /** Never a reason to keep mail back, and not counted again (TLS-Required: No, RFC 8689 §5). */
    public TlsRequirement relaxed(String because) {
        return new TlsRequirement(
                ask, false, PeerCheck.NONE, serverName, because, TlsObserver.none(), Optional.empty(), false);
    }

    /** The policy in parentheses, for the end of a sentence; empty text when there is none. */
    public String remark() {
        return why.isEmpty() ? "" : " (" + why + ")";
    }
}
