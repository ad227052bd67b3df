// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.mime;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the addresses in a list of them (RFC 5322 §3.4, with the obsolete syntax of §4.4, and with what is simply wrong).
 *
 * <p>Commas and semicolons separate, but in quotes, comments and angle brackets; those count only if they close. Takes time in
 * proportion to the text. For one text.
 */
final class MailboxParser {
    private static final int MOST = 2000;

    private final String text;
    private final List<Mailbox> found = new ArrayList<>();
    private final StringBuilder phrase = new StringBuilder();
    private final StringBuilder comment = new StringBuilder();
    private final int lastQuote;
    private final int lastBracket;
    private final int lastParenthesis;
    private boolean hadAngle;
    private int at;

    MailboxParser(String text) {
        this.text = text;
        this.lastQuote = text.lastIndexOf('"');
        this.lastBracket = text.lastIndexOf('>');
        this.lastParenthesis = text.lastIndexOf(')');
    }

    List<Mailbox> parse() {
        while (at < text.length() && found.size() < MOST) {
            char c = text.charAt(at);
            if (c == '"' && at < lastQuote) {
                quoted();
            } else if (c == '(' && at < lastParenthesis) {
                comment();
            } else if (c == '<' && at < lastBracket) {
                angle();
            } else if (c == ',' || c == ';') {
                end();
                at++;
            } else if (c == ':' && phrase.indexOf("@") < 0) {
                // The name of a group
                phrase.setLength(0);
                comment.setLength(0);
                at++;
            } else {
                phrase.append(c);
                at++;
            }
        }
        end();
        return List.copyOf(found);
    }

    private void quoted() {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            value.append(text.charAt(at));
        }
        at++;
        boolean local = at < text.length() && text.charAt(at) == '@';
        phrase.append(local ? "\"" + value + "\"" : value);
    }

    private void comment() {
        int depth = 0;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\' && at + 1 < text.length()) {
                at++;
                comment.append(text.charAt(at));
            } else if (c == '(') {
                if (depth++ > 0) {
                    comment.append(c);
                }
            } else if (c == ')') {
                if (--depth == 0) {
                    at++;
                    return;
                }
                comment.append(c);
            } else {
                comment.append(c);
            }
        }
    }

    private void angle() {
        int end = text.indexOf('>', at);
        String inside = text.substring(at + 1, end);
        at = end + 1;
        add(name(phrase), address(inside));
        hadAngle = true;
        phrase.setLength(0);
        comment.setLength(0);
    }

    private void end() {
        String rest = phrase.toString().strip();
        if (!rest.isEmpty() && (!hadAngle || rest.contains("@"))) {
            String address = address(rest);
            int blank = address.lastIndexOf(' ');
            if (blank > 0 && address.charAt(0) != '"' && address.indexOf('@') > blank) {
                // A name without brackets around the address
                phrase.setLength(0);
                phrase.append(address, 0, blank);
                add(name(phrase), address.substring(blank + 1));
            } else {
                add(HeaderDecoder.decode(comment.toString()).text().strip(), address);
            }
        }
        phrase.setLength(0);
        comment.setLength(0);
        hadAngle = false;
    }

    private void add(String name, String address) {
        found.add(Mailbox.of(name, HeaderDecoder.decode(address).text()));
    }

    private String name(StringBuilder written) {
        String name = HeaderDecoder.decode(written.toString()).text().strip();
        return name.isEmpty() ? HeaderDecoder.decode(comment.toString()).text().strip() : name;
    }

    /** Without a source route (RFC 5322 §4.4) and the blanks around its signs. */
    private static String address(String written) {
        String address = written.strip();
        int route = address.startsWith("@") ? address.indexOf(':') : -1;
        address = address.substring(route + 1).strip();
        if (address.regionMatches(true, 0, "mailto:", 0, 7)) {
            address = address.substring(7);
        }
        int sign = address.indexOf('@');
        if (sign > 0 && (isBlankAt(address, sign - 1) || isBlankAt(address, sign + 1))) {
            address = address.substring(0, sign).stripTrailing()
                    + '@'
                    + address.substring(sign + 1).strip();
        }
        return address;
    }

    private static boolean isBlankAt(String text, int index) {
        return index < text.length() && text.charAt(index) == ' ';
    }
}
