// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.dmarc;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.amrelay.authentication.syntax.DomainNames;
import org.amrelay.authentication.syntax.Parsed;
import org.amrelay.authentication.syntax.SyntaxException;
import org.amrelay.mail.message.HeaderField;
import org.amrelay.mail.message.HeaderSection;

/**
 * Reads the domains of the authors from the From field (RFC 9989 §5.3.1, RFC 5322 §3.4); one pass, strict.
 *
 * <p>What could be read in two ways is malformed: readers' programs might show the other one.
 */
public final class AuthorDomains {
    private static final int MOST_AUTHORS = 100;

    private final String text;
    private final Set<String> domains = new LinkedHashSet<>();
    /** Of the current mailbox: what stands outside of comments and angle brackets, and what stands within these. */
    private final StringBuilder bare = new StringBuilder();

    private final StringBuilder angle = new StringBuilder();
    private boolean hasAngle;
    private boolean inAngle;
    private int authors;

    private AuthorDomains(String text) {
        this.text = text;
    }

    /** Each domain once, in canonical form; at least one. */
    public static Parsed<List<String>> of(HeaderSection header) {
        return Parsed.by(() -> {
            List<HeaderField> fields = header.named("from");
            if (!header.isWhole() || fields.size() != 1) {
                throw new SyntaxException(fields.isEmpty() ? "no From field" : "more than one From field");
            }
            byte[] octets = fields.get(0).body().getBytes(StandardCharsets.ISO_8859_1);
            return new AuthorDomains(new String(octets, StandardCharsets.UTF_8)).read();
        });
    }

    private List<String> read() throws SyntaxException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> i = quoted(i);
                case '(' -> i = comment(i);
                case '<' -> openAngle();
                case '>' -> closeAngle();
                case ',', ';' -> endMailbox(c);
                case ':' -> endGroupName();
                default -> current().append(c);
            }
        }
        endMailbox(',');
        if (domains.isEmpty()) {
            throw new SyntaxException("no author in the From field");
        }
        return List.copyOf(domains);
    }

    private StringBuilder current() {
        return inAngle ? angle : bare;
    }

    /** A quoted string keeps its place as one character that no domain has. */
    private int quoted(int start) throws SyntaxException {
        for (int i = start + 1; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == '"') {
                current().append('"');
                return i;
            }
        }
        throw new SyntaxException("a quoted string without end in the From field");
    }

    private int comment(int start) throws SyntaxException {
        int depth = 0;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth--;
                if (depth == 0) {
                    return i;
                }
            }
        }
        throw new SyntaxException("a comment without end in the From field");
    }

    private void openAngle() throws SyntaxException {
        if (hasAngle) {
            throw new SyntaxException("two addresses for one author in the From field");
        }
        hasAngle = true;
        inAngle = true;
    }

    private void closeAngle() throws SyntaxException {
        if (!inAngle) {
            throw new SyntaxException("an angle bracket too many in the From field");
        }
        inAngle = false;
        bare.append('<');
    }

    private void endGroupName() {
        if (inAngle) {
            // A source route ends here (RFC 5322 §4.4, obs-route)
            angle.setLength(0);
        } else {
            bare.setLength(0);
        }
    }

    private void endMailbox(char separator) throws SyntaxException {
        if (inAngle) {
            if (separator == ',' && angle.toString().strip().startsWith("@")) {
                angle.append(separator);
                return;
            }
            throw new SyntaxException("an angle bracket without end in the From field");
        }
        String address = (hasAngle ? angle : bare).toString().strip();
        boolean textBehind = hasAngle && !bare.toString().strip().endsWith("<");
        if (hasAngle || !address.isEmpty()) {
            add(address, textBehind);
        }
        bare.setLength(0);
        angle.setLength(0);
        hasAngle = false;
    }

    private void add(String address, boolean textBehind) throws SyntaxException {
        int at = address.indexOf('@');
        if (at < 1 || at != address.lastIndexOf('@') || textBehind) {
            throw new SyntaxException("not an address in the From field");
        }
        authors++;
        if (authors > MOST_AUTHORS) {
            throw new SyntaxException("too many authors in the From field");
        }
        domains.add(DomainNames.canonical(address.substring(at + 1).strip())
                .orElseThrow(() -> new SyntaxException("not a domain in the From field")));
    }
}
