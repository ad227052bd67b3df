// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.text;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Takes one link apart, forgiving what browsers forgive. For one link. */
final class LinkAddressParser {
    private static final int LONGEST = 8192;
    private static final Set<String> WITH_HOST = Set.of("http", "https", "ftp", "ws", "wss", "file");

    private final String written;
    private final Set<Oddity> oddities = EnumSet.noneOf(Oddity.class);
    private String rest;

    LinkAddressParser(String written) {
        this.written = written.length() > LONGEST ? written.substring(0, LONGEST) : written;
        this.rest = clean(this.written);
    }

    LinkAddress parse() {
        String scheme = scheme();
        if (!WITH_HOST.contains(scheme)) {
            return new LinkAddress(written, scheme, "", "", -1, rest, "", "", oddities);
        }
        slashes();
        int end = endOfAuthority();
        String authority = rest.substring(0, end);
        String behind = rest.substring(end).replace('\\', '/');
        int at = authority.lastIndexOf('@');
        String userInfo = at < 0 ? "" : authority.substring(0, at);
        if (at >= 0) {
            oddities.add(Oddity.USER_INFO);
        }
        int port = port(authority, at + 1, scheme);
        Hosts.Host host = Hosts.read(withoutPort(authority.substring(at + 1)));
        oddities.addAll(host.oddities());
        return assembled(scheme, userInfo, host.host(), port, behind);
    }

    private LinkAddress assembled(String scheme, String userInfo, String host, int port, String behind) {
        int hash = behind.indexOf('#');
        String fragment = hash < 0 ? "" : behind.substring(hash + 1);
        String before = hash < 0 ? behind : behind.substring(0, hash);
        int question = before.indexOf('?');
        String path = question < 0 ? before : before.substring(0, question);
        String query = question < 0 ? "" : before.substring(question + 1);
        if (!behind.isEmpty() && EmbeddedAddresses.isIn(behind)) {
            oddities.add(Oddity.EMBEDDED_ADDRESS);
        }
        if (Percent.normal(path).length() < path.length()) {
            oddities.add(Oddity.NEEDLESS_ENCODING);
        }
        return new LinkAddress(
                written, scheme, userInfo, host, port, path.isEmpty() ? "/" : path, query, fragment, oddities);
    }

    /** Browsers cut blanks off and pass over tabs and line ends inside (WHATWG URL §4.4). */
    private String clean(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        String stripped = text.strip();
        for (int i = 0; i < stripped.length(); i++) {
            char c = stripped.charAt(i);
            if (c == '\t' || c == '\r' || c == '\n' || Invisibles.isInvisible(c)) {
                oddities.add(Oddity.INVISIBLE_CHARACTERS);
            } else {
                kept.append(c);
            }
        }
        return kept.toString();
    }

    private String scheme() {
        int colon = rest.indexOf(':');
        boolean named = colon > 0 && colon < 32 && Character.isLetter(rest.charAt(0));
        for (int i = 0; i < colon && named; i++) {
            char c = rest.charAt(i);
            named = c < 0x80 && (Character.isLetterOrDigit(c) || c == '+' || c == '-');
        }
        if (!named || isPort(colon)) {
            return "http";
        }
        String scheme = rest.substring(0, colon).toLowerCase(Locale.ROOT);
        rest = rest.substring(colon + 1);
        return scheme;
    }

    /** {@code localhost:8080} is a host and a port; names with a dot are no schemes anyway. */
    private boolean isPort(int colon) {
        return rest.regionMatches(true, 0, "localhost", 0, colon) && colon == 9;
    }

    private void slashes() {
        int slashes = 0;
        boolean back = false;
        while (slashes < rest.length() && (rest.charAt(slashes) == '/' || rest.charAt(slashes) == '\\')) {
            back |= rest.charAt(slashes) == '\\';
            slashes++;
        }
        if (slashes != 2 && slashes != 0 || back || slashes == 0 && hasScheme()) {
            oddities.add(Oddity.ODD_SLASHES);
        }
        rest = rest.substring(slashes);
    }

    private boolean hasScheme() {
        return written.length() > rest.length() && written.strip().length() > rest.length();
    }

    private int endOfAuthority() {
        for (int i = 0; i < rest.length(); i++) {
            char c = rest.charAt(i);
            if (c == '/' || c == '?' || c == '#' || c == '\\') {
                if (c == '\\') {
                    oddities.add(Oddity.ODD_SLASHES);
                }
                return i;
            }
        }
        return rest.length();
    }

    private static String withoutPort(String authority) {
        if (authority.startsWith("[")) {
            return authority;
        }
        int colon = authority.indexOf(':');
        return colon < 0 ? authority : authority.substring(0, colon);
    }

    private int port(String authority, int hostFrom, String scheme) {
        int usual = scheme.equals("https") || scheme.equals("wss") ? 443 : scheme.equals("ftp") ? 21 : 80;
        int from = Math.max(authority.lastIndexOf(']'), hostFrom - 1);
        int colon = authority.indexOf(':', Math.max(from, hostFrom));
        int port = 0;
        for (int i = colon + 1; colon >= 0 && i < authority.length() && port <= 65535; i++) {
            int digit = Character.digit(authority.charAt(i), 10);
            if (digit < 0) {
                break;
            }
            port = port * 10 + digit;
        }
        if (port == 0 || port > 65535 || port == usual) {
            return usual;
        }
        oddities.add(Oddity.ODD_PORT);
        return port;
    }
}
