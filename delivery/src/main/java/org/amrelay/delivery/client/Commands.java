// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.envelope.Notify;

/** Writes MAIL and RCPT with the parameters that the server knows (RFC 1870, 3461, 6152, 6531). */
final class Commands {
    private static final String HEX = "0123456789ABCDEF";

    private Commands() {}

    static String mail(Outgoing message, ServerFeatures features) {
        StringBuilder line =
                new StringBuilder("MAIL FROM:<").append(message.sender()).append('>');
        if (features.size()) {
            line.append(" SIZE=").append(message.content().size());
        }
        if (features.eightBitMime()) {
            // True of seven-bit messages as well, and saves looking for the eighth bit in each
            line.append(" BODY=8BITMIME");
        }
        if (features.smtpUtf8() && needsUtf8(message)) {
            line.append(" SMTPUTF8");
        }
        if (message.requireTls() && features.requireTls()) {
            line.append(" REQUIRETLS");
        }
        if (features.dsn()) {
            message.returnContent()
                    .ifPresent(ret -> line.append(" RET=")
                            .append(
                                    switch (ret) {
                                        case FULL -> "FULL";
                                        case HEADERS -> "HDRS";
                                    }));
            message.envelopeId().ifPresent(id -> line.append(" ENVID=").append(xtext(id)));
        }
        return line.toString();
    }

    static String rcpt(EnvelopeRecipient recipient, ServerFeatures features) {
        StringBuilder line =
                new StringBuilder("RCPT TO:<").append(recipient.address()).append('>');
        if (features.dsn()) {
            if (!recipient.notifyOn().isEmpty()) {
                line.append(recipient.notifyOn().stream()
                        .sorted()
                        .map(Notify::name)
                        .collect(Collectors.joining(",", " NOTIFY=", "")));
            }
            recipient.originalRecipient().flatMap(Commands::orcpt).ifPresent(line::append);
        }
        return line.toString();
    }

    private static Optional<String> orcpt(String original) {
        int semicolon = original.indexOf(';');
        boolean typed =
                semicolon > 0 && original.substring(0, semicolon).chars().allMatch(Commands::isAtom);
        return typed
                ? Optional.of(
                        " ORCPT=" + original.substring(0, semicolon) + ";" + xtext(original.substring(semicolon + 1)))
                : Optional.empty();
    }

    private static boolean isAtom(int c) {
        return Character.isLetterOrDigit(c) && c < 128 || c == '-';
    }

    /** RFC 3461 §4: printable ASCII without + and =, all else as +HH. */
    static String xtext(String text) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b > ' ' && b < 127 && b != '+' && b != '=') {
                encoded.append((char) b);
            } else {
                encoded.append('+').append(HEX.charAt((b >> 4) & 15)).append(HEX.charAt(b & 15));
            }
        }
        return encoded.toString();
    }

    /** Whether an address of the envelope has other than ASCII characters (RFC 6531 §3.1). */
    static boolean needsUtf8(Outgoing message) {
        return message.sender().address().map(Commands::isUtf8).orElse(false)
                || message.recipients().stream().anyMatch(r -> isUtf8(r.address()));
    }

    static boolean isUtf8(EmailAddress address) {
        return address.toString().chars().anyMatch(c -> c > 126);
    }

    /**
     * Whether the address can stand between angle brackets without ending them: outside quotes no space and no bracket,
     * quotes closed. Other addresses would let their author write SMTP parameters.
     */
    static boolean fitsIntoPath(EmailAddress address) {
        boolean quoted = false;
        String local = address.localPart();
        for (int i = 0; i < local.length(); i++) {
            char c = local.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ' ' || c == '<' || c == '>' || c == '\\')) {
                return false;
            }
        }
        return !quoted && address.domain().chars().noneMatch(c -> c == ' ' || c == '<' || c == '>' || c == '"');
    }
}
