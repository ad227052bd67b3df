// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The argument of MAIL or RCPT: {@code FROM:<path> KEY=value ...} (RFC 5321 §4.1.2). Immutable.
 *
 * @param path what stands between the angle brackets
 * @param parameters keys in upper case, in the order given
 */
record PathArgument(String path, Map<String, String> parameters) {
    private static final int LONGEST_PATH = 512;

    /**
     * Reads an argument; one space after the colon is forgiven, because many clients put it there.
     *
     * @param keyword {@code FROM} or {@code TO}
     */
    static Optional<PathArgument> parse(String keyword, String argument) {
        int colon = keyword.length();
        if (!argument.regionMatches(true, 0, keyword, 0, colon)
                || argument.length() <= colon
                || argument.charAt(colon) != ':') {
            return Optional.empty();
        }
        String rest = argument.substring(colon + 1).strip();
        int end = endOfPath(rest);
        if (end < 0 || end > LONGEST_PATH) {
            return Optional.empty();
        }
        String parameters = rest.substring(end + 1);
        if (!parameters.isEmpty() && parameters.charAt(0) != ' ') {
            return Optional.empty();
        }
        String path = rest.substring(1, end);
        return parameters(parameters.strip()).map(map -> new PathArgument(path, map));
    }

    /** Whether the path names servers to go through, {@code @a,@b:user@c} (RFC 5321 appendix C). */
    boolean isSourceRoute() {
        return path.startsWith("@");
    }

    private static int endOfPath(String text) {
        if (!text.startsWith("<")) {
            return -1;
        }
        boolean quoted = false;
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '>' && !quoted) {
                return i;
            }
        }
        return -1;
    }

    private static Optional<Map<String, String>> parameters(String text) {
        Map<String, String> map = new LinkedHashMap<>();
        for (String parameter : text.split(" +")) {
            if (parameter.isEmpty()) {
                continue;
            }
            int equals = parameter.indexOf('=');
            String key = (equals < 0 ? parameter : parameter.substring(0, equals)).toUpperCase(Locale.ROOT);
            String value = equals < 0 ? "" : parameter.substring(equals + 1);
            if (!isKey(key) || value.indexOf('\t') >= 0 || map.put(key, value) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(map);
    }

    private static boolean isKey(String key) {
        return !key.isEmpty()
                && key.charAt(0) != '-'
                && key.chars().allMatch(c -> (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-');
    }
}
