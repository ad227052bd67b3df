// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.amrelay.authentication.syntax.Parsed;
import org.amrelay.authentication.syntax.SyntaxException;
import org.amrelay.mail.address.EmailAddress;

/**
 * Reads the addresses of a From or Sender field (RFC 5322 §3.4); one pass, strict.
 *
 * <p>Comments, display names and group names are left out. An address with white space inside, a route, text behind the
 * angle brackets and two addresses without a comma between are malformed: readers' programs do not agree on them.
 */
final class MailboxList {
    private static final int MOST = 100;

    private final String text;
    private final List<EmailAddress> addresses = new ArrayList<>();
    private StringBuilder bare = new StringBuilder();
    private Optional<String> angle = Optional.empty();

    private MailboxList(String text) {
        this.text = text;
    }

    /** The addresses in their order, at least one. */
    static Parsed<List<EmailAddress>> parse(String text) {
        return Parsed.by(() -> new MailboxList(text).read());
    }

    private List<EmailAddress> read() throws SyntaxException {
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> {
                    int end = endOfQuoted(i);
                    addToBare(text.substring(i, end));
                    i = end;
                }
                case '(' -> {
                    // A comment parts words as a space does
                    addToBare(" ");
                    i = endOfComment(i);
                }
                case '<' -> i = readAngle(i);
                case ',', ';' -> {
                    endMailbox();
                    i++;
                }
                case ':' -> {
                    startGroup();
                    i++;
                }
                default -> {
                    addToBare(Character.toString(c));
                    i++;
                }
            }
        }
        endMailbox();
        if (addresses.isEmpty()) {
            throw new SyntaxException("no address");
        }
        return List.copyOf(addresses);
    }

    private void addToBare(String piece) throws SyntaxException {
        if (angle.isPresent() && !piece.isBlank()) {
            throw new SyntaxException("text behind an address");
        }
        bare.append(piece);
    }

    private void startGroup() throws SyntaxException {
        if (angle.isPresent() || bare.indexOf("@") >= 0) {
            throw new SyntaxException("a colon in an address");
        }
        bare = new StringBuilder();
    }

    /** The position behind the closing quote. */
    private int endOfQuoted(int start) throws SyntaxException {
        for (int i = start + 1; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == '"') {
                return i + 1;
            }
        }
        throw new SyntaxException("a quoted string without end");
    }

    private int endOfComment(int start) throws SyntaxException {
        int depth = 0;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                return i + 1;
            }
        }
        throw new SyntaxException("a comment without end");
    }

    private int readAngle(int start) throws SyntaxException {
        if (angle.isPresent()) {
            throw new SyntaxException("two addresses without a comma between");
        }
        StringBuilder inside = new StringBuilder();
        int i = start + 1;
        while (i < text.length() && text.charAt(i) != '>') {
            int end = switch (text.charAt(i)) {
                case '"' -> endOfQuoted(i);
                case '(' -> endOfComment(i);
                case '<' -> throw new SyntaxException("an angle bracket too many");
                default -> i + 1;
            };
            inside.append(text.charAt(i) == '(' ? " " : text.substring(i, end));
            i = end;
        }
        if (i >= text.length()) {
            throw new SyntaxException("an angle bracket without end");
        }
        angle = Optional.of(inside.toString());
        return i + 1;
    }

    private void endMailbox() throws SyntaxException {
        String address = angle.orElseGet(bare::toString).strip();
        // Nothing between two commas is allowed (RFC 5322 §4.4), as is a group without members
        if (angle.isPresent() || !address.isEmpty()) {
            if (addresses.size() == MOST) {
                throw new SyntaxException("too many addresses");
            }
            addresses.add(address(address));
        }
        bare = new StringBuilder();
        angle = Optional.empty();
    }

    private static EmailAddress address(String text) throws SyntaxException {
        int at = text.startsWith("\"") ? text.indexOf("\"@", 1) + 1 : text.indexOf('@');
        if (at < 1) {
            throw new SyntaxException("not an address");
        }
        String local = text.substring(0, at);
        String domain = text.substring(at + 1);
        boolean quoted = local.startsWith("\"");
        String plain = quoted ? local.substring(1, local.length() - 1) : local;
        boolean wrong = plain.chars().anyMatch(c -> c <= ' ' || c == '"' || c == '\\' || c == '<' || c == '>')
                || domain.chars().anyMatch(c -> c <= ' ' || c == '"' || c == '@' || c == '<' || c == '>');
        if (wrong) {
            throw new SyntaxException("not an address that everybody reads alike");
        }
        return EmailAddress.parse(plain + '@' + domain).orElseThrow(() -> new SyntaxException("not an address"));
    }
}
