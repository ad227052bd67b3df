// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.mime;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.amrelay.mail.address.Network;

/**
 * One hop of a message (RFC 5321 §4.4), as far as it can be read. Immutable.
 *
 * @param from as whom the client introduced itself; empty when the field does not say
 * @param comment what the server knew of the client: the comment behind {@code from}
 * @param ip the client's address, the first one in brackets
 * @param by the server
 * @param with the protocol, such as {@code ESMTPS}, in upper case
 * @param id the server's name for the message
 * @param recipient behind {@code for}
 */
public record ReceivedHop(
        String from,
        String comment,
        Optional<InetAddress> ip,
        String by,
        String with,
        String id,
        String recipient,
        Optional<Instant> date) {
    private static final int LONGEST = 4096;

    /** Reads a field's body as it came. */
    public static ReceivedHop parse(String body) {
        String text = Folded.unfold(body);
        if (text.length() > LONGEST) {
            text = text.substring(0, LONGEST);
        }
        int semicolon = text.lastIndexOf(';');
        Optional<Instant> date = semicolon < 0 ? Optional.empty() : MailDate.parse(text.substring(semicolon + 1));
        String clauses = semicolon < 0 ? text : text.substring(0, semicolon);
        Clauses read = new Clauses(clauses);
        return new ReceivedHop(
                read.from,
                read.comment,
                ip(clauses),
                read.by,
                read.with.toUpperCase(Locale.ROOT),
                read.id,
                bare(read.recipient),
                date);
    }

    private static String bare(String address) {
        return address.startsWith("<") && address.endsWith(">") ? address.substring(1, address.length() - 1) : address;
    }

    /** The address literal, which servers write themselves; the client chose the word behind {@code from}. */
    private static Optional<InetAddress> ip(String text) {
        for (int open = text.indexOf('['); open >= 0; open = text.indexOf('[', open + 1)) {
            int close = text.indexOf(']', open);
            if (close < 0) {
                return Optional.empty();
            }
            String literal = text.substring(open + 1, close);
            boolean tagged = literal.regionMatches(true, 0, "IPv6:", 0, 5);
            Optional<InetAddress> address = Network.literal(tagged ? literal.substring(5) : literal);
            if (address.isPresent()) {
                return address;
            }
        }
        return Optional.empty();
    }

    /** The words behind the keywords; comments are no words. */
    private static final class Clauses {
        private String from = "";
        private String comment = "";
        private String by = "";
        private String with = "";
        private String id = "";
        private String recipient = "";
        private String keyword = "";

        Clauses(String text) {
            int at = 0;
            while (at < text.length()) {
                char c = text.charAt(at);
                if (c == '(') {
                    int end = endOfComment(text, at);
                    if (keyword.equals("from-done") && comment.isEmpty()) {
                        comment = text.substring(at + 1, Math.max(at + 1, end - 1))
                                .strip();
                    }
                    at = end;
                } else if (c <= ' ') {
                    at++;
                } else {
                    int end = at;
                    while (end < text.length() && text.charAt(end) > ' ' && text.charAt(end) != '(') {
                        end++;
                    }
                    word(text.substring(at, end));
                    at = end;
                }
            }
        }

        private void word(String word) {
            String lower = word.toLowerCase(Locale.ROOT);
            switch (keyword) {
                case "from" -> from = word;
                case "by" -> by = word;
                case "with" -> with = word;
                case "id" -> id = word;
                case "for" -> recipient = word;
                default -> {
                    keyword = lower;
                    return;
                }
            }
            keyword = keyword.equals("from") ? "from-done" : "";
        }

        private static int endOfComment(String text, int from) {
            int depth = 0;
            for (int i = from; i < text.length(); i++) {
                char c = text.charAt(i);
                depth += c == '(' ? 1 : c == ')' ? -1 : 0;
                if (depth == 0) {
                    return i + 1;
                }
            }
            return text.length();
        }
    }
}
