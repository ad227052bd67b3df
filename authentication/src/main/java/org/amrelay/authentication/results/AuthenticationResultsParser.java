// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.amrelay.authentication.results.AuthenticationResults.MethodResult;
import org.amrelay.authentication.results.AuthenticationResults.Property;
import org.amrelay.authentication.syntax.Parsed;
import org.amrelay.authentication.syntax.SyntaxException;

/** Reads Authentication-Results of others (RFC 8601 §2.2); one pass from left to right, comments are skipped. */
public final class AuthenticationResultsParser {
    private final String text;
    private int at;

    private AuthenticationResultsParser(String text) {
        this.text = text;
    }

    /** Reads what stands behind the colon. */
    public static Parsed<AuthenticationResults> parse(String body) {
        return Parsed.by(() -> new AuthenticationResultsParser(body).read());
    }

    /** Reads the author alone, even when the rest makes no sense. */
    static Parsed<String> authservId(String body) {
        return Parsed.by(() -> new AuthenticationResultsParser(body).readAuthservId());
    }

    private AuthenticationResults read() throws SyntaxException {
        String authservId = readAuthservId();
        skip();
        if (at < text.length() && text.charAt(at) != ';' && !word().equals("1")) {
            throw new SyntaxException("not version 1 of the results");
        }
        List<MethodResult> results = new ArrayList<>();
        skip();
        while (at < text.length()) {
            expect(';');
            skip();
            if (at < text.length()) {
                readResult().ifPresent(results::add);
            }
            skip();
        }
        return new AuthenticationResults(authservId, results);
    }

    private String readAuthservId() throws SyntaxException {
        skip();
        return value();
    }

    /** Empty for the word {@code none}. */
    private Optional<MethodResult> readResult() throws SyntaxException {
        String method = word().toLowerCase(Locale.ROOT);
        skip();
        if (method.equals("none") && (at == text.length() || text.charAt(at) == ';')) {
            return Optional.empty();
        }
        if (at < text.length() && text.charAt(at) == '/') {
            at++;
            skip();
            word();
            skip();
        }
        expect('=');
        skip();
        String result = word().toLowerCase(Locale.ROOT);
        Optional<String> reason = Optional.empty();
        List<Property> properties = new ArrayList<>();
        for (skip(); at < text.length() && text.charAt(at) != ';'; skip()) {
            String name = word().toLowerCase(Locale.ROOT);
            skip();
            if (name.equals("reason")) {
                expect('=');
                skip();
                reason = Optional.of(value());
            } else {
                properties.add(readProperty(name));
            }
        }
        return Optional.of(new MethodResult(method, result, reason, properties));
    }

    private Property readProperty(String start) throws SyntaxException {
        // A dot is a character of tokens, but white space may stand around it
        StringBuilder name = new StringBuilder(start);
        while (at < text.length() && text.charAt(at) != '=' && text.charAt(at) != ';') {
            name.append(word().toLowerCase(Locale.ROOT));
            skip();
        }
        int dot = name.indexOf(".");
        if (dot < 1 || dot == name.length() - 1) {
            throw new SyntaxException("not a property");
        }
        expect('=');
        skip();
        StringBuilder value = new StringBuilder(at < text.length() && text.charAt(at) == '@' ? "" : value());
        if (at < text.length() && text.charAt(at) == '@') {
            at++;
            value.append('@').append(word());
        }
        return new Property(name.substring(0, dot), name.substring(dot + 1), value.toString());
    }

    private void expect(char c) throws SyntaxException {
        if (at >= text.length() || text.charAt(at) != c) {
            throw new SyntaxException("no " + c + " at " + at);
        }
        at++;
    }

    private String word() throws SyntaxException {
        int start = at;
        while (at < text.length() && AuthenticationResultsField.isTokenCharacter(text.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw new SyntaxException("no word at " + at);
        }
        return text.substring(start, at);
    }

    private String value() throws SyntaxException {
        if (at >= text.length() || text.charAt(at) != '"') {
            return word();
        }
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return value.toString();
            }
            if (c == '\\' && at + 1 < text.length()) {
                at++;
                c = text.charAt(at);
            }
            if (c != '\r' && c != '\n') {
                value.append(c);
            }
        }
        throw new SyntaxException("a quoted string without end");
    }

    /** White space and comments (RFC 5322 §3.2.2), which may stand in each other. */
    private void skip() throws SyntaxException {
        int depth = 0;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '(') {
                depth++;
            } else if (c == ')' && depth > 0) {
                depth--;
            } else if (c == '\\' && depth > 0) {
                at++;
            } else if (depth == 0 && c != ' ' && c != '\t' && c != '\r' && c != '\n') {
                return;
            }
        }
        if (depth > 0) {
            throw new SyntaxException("a comment without end");
        }
        at = Math.min(at, text.length());
    }
}
