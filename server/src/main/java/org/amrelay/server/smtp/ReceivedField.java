// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.amrelay.james.Addresses;
import org.apache.james.core.MailAddress;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.smtp.SMTPSession;

/**
 * The trace field that a server puts in front of a message (RFC 5321 §4.4; {@code with} types of RFC 3848 and
 * RFC 6531 §4.3).
 *
 * <p>Does not look the client's name up: a name from the client's own DNS proves nothing. Stateless.
 */
final class ReceivedField {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private ReceivedField() {}

    /** @param id the name of the mail */
    static byte[] of(SMTPSession session, String id, Instant now) {
        StringBuilder field = new StringBuilder(256);
        field.append("Received: from ")
                .append(helo(session))
                .append(" (")
                .append(literal(session.getRemoteAddress().getAddress()))
                .append(")\r\n\tby ")
                .append(session.getConfiguration().getHelloName())
                .append(" (Active Mail Relay) with ")
                .append(protocol(session))
                .append(" id ")
                .append(id);
        session.getSSLSession()
                .ifPresent(tls -> field.append("\r\n\t(").append(tls(tls)).append(')'));
        List<MailAddress> recipients =
                session.getAttachment(SMTPSession.RCPT_LIST, State.Transaction).orElse(List.of());
        if (recipients.size() == 1) {
            // With several recipients the field would tell each of them about the others (RFC 5321 §7.6)
            field.append("\r\n\tfor <").append(Addresses.of(recipients.get(0))).append('>');
        }
        field.append(";\r\n\t").append(DATE.format(now)).append("\r\n");
        return field.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String helo(SMTPSession session) {
        Optional<String> name = session.getAttachment(SMTPSession.CURRENT_HELO_NAME, State.Connection);
        return name.filter(ReceivedField::isHostName).orElse("unknown");
    }

    private static boolean isHostName(String name) {
        return !name.isEmpty()
                && name.length() <= 255
                && name.chars()
                        .allMatch(c -> (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || (c >= '0' && c <= '9')
                                || "-._:[]".indexOf(c) >= 0);
    }

    private static String literal(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        String plain = zone < 0 ? text : text.substring(0, zone);
        return (address instanceof Inet6Address ? "[IPv6:" : "[") + plain + "]";
    }

    /** As registered for Received fields (RFC 3848, RFC 6531 §4.3). */
    static String protocol(SMTPSession session) {
        boolean extended = session.getAttachment(SMTPSession.CURRENT_HELO_MODE, State.Connection)
                .filter("EHLO"::equals)
                .isPresent();
        if (!extended) {
            return "SMTP";
        }
        String name = TransactionForm.UTF8.is(session) ? "UTF8SMTP" : "ESMTP";
        return name + (session.isTLSStarted() ? "S" : "") + (session.getUsername() != null ? "A" : "");
    }

    private static String tls(SSLSession session) {
        return "using " + session.getProtocol() + " with cipher " + session.getCipherSuite();
    }
}
