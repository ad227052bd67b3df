// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.InternationalDomain;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.envelope.Notify;

/** Writes MAIL and RCPT with the parameters that the server knows (RFC 1870, 3461, 6152, 6531). */
final class Commands {
    private static final String HEX = "0123456789ABCDEF";

    private Commands() {}

    /** @param utf8 whether the transaction is one of SMTPUTF8 */
    static String mail(Outgoing message, ServerFeatures features, boolean utf8) {
        String sender =
                message.sender().address().map(address -> path(address, utf8)).orElse("");
        StringBuilder line = new StringBuilder("MAIL FROM:<").append(sender).append('>');
        if (features.size()) {
            line.append(" SIZE=").append(message.content().size());
        }
        if (features.eightBitMime()) {
            // True of seven-bit messages as well, and saves looking for the eighth bit in each
            line.append(" BODY=8BITMIME");
        }
        if (utf8) {
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

    static String rcpt(EnvelopeRecipient recipient, ServerFeatures features, boolean utf8) {
        StringBuilder line = new StringBuilder("RCPT TO:<")
                .append(path(recipient.address(), utf8))
                .append('>');
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
                ? Optional.of(" ORCPT=" + original.substring(0, semicolon) + ";"
                        + encoded(original.substring(0, semicolon), original.substring(semicolon + 1)))
                : Optional.empty();
    }

    private static String encoded(String type, String address) {
        return type.equalsIgnoreCase("utf-8") ? utf8Xtext(address) : xtext(address);
    }

    /** RFC 6533 §3: as xtext, but other characters as their numbers, which every server can pass on. */
    private static String utf8Xtext(String text) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (c > ' ' && c < 127 && c != '+' && c != '=' && c != '\\') {
                encoded.append((char) c);
            } else {
                encoded.append("\\x{")
                        .append(Integer.toHexString(c).toUpperCase(Locale.ROOT))
                        .append('}');
            }
        });
        return encoded.toString();
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

    /** Without SMTPUTF8 a domain is written in A-labels (RFC 6531 §3.2). */
    private static String path(EmailAddress address, boolean utf8) {
        return utf8 ? address.toString() : address.toAsciiDomain();
    }

    /** Whether the address can be written in ASCII only. */
    static boolean fitsIntoAscii(EmailAddress address) {
        return !address.needsUtf8() && InternationalDomain.isAscii(address.domain());
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
