// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import java.util.Optional;
import org.amrelay.delivery.tls.ClientTls;

/**
 * How to talk to a server, beyond what every server gets.
 *
 * <p>Immutable.
 *
 * @param protocol SMTP, or LMTP for a mailbox server
 * @param implicitTls TLS from the first byte (RFC 8314 §3.3); never followed by an attempt in plain text
 * @param tls other keys and authorities than the relay's usual ones
 * @param logIn who we are there
 * @param proxy whether a PROXY header goes first
 * @param ehlo the name to greet with instead of the relay's
 * @param source where the connection leaves from
 */
public record PeerOptions(
        Protocol protocol,
        boolean implicitTls,
        Optional<ClientTls> tls,
        Optional<LogIn> logIn,
        Optional<ProxyHeader> proxy,
        Optional<String> ehlo,
        Optional<Source> source) {
    /** What the server speaks. */
    public enum Protocol {
        /** RFC 5321. */
        SMTP,
        /** RFC 2033: one reply for each recipient after the message. */
        LMTP
    }

    /** Plain SMTP, as to any server on the Internet. */
    public static PeerOptions standard() {
        return new PeerOptions(
                Protocol.SMTP,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same from one of our addresses, with the name that goes with it. */
    public PeerOptions from(Source chosen) {
        return new PeerOptions(
                protocol, implicitTls, tls, logIn, proxy, chosen.ehlo().or(() -> ehlo), Optional.of(chosen));
    }
}
