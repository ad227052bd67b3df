// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive.secret;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.amrelay.filtering.sensitive.text.Detector;
import org.amrelay.filtering.sensitive.text.Finds;
import org.amrelay.filtering.sensitive.text.Finds.Find;
import org.amrelay.filtering.sensitive.text.Letters;
import org.amrelay.filtering.sensitive.text.Reading;

/** Finds keys and tokens of providers, tokens in JSON (RFC 7519), private keys and connection strings, by how they start. */
public final class SecretDetector implements Detector {
    private static final String JWT = "json-web-token";
    private static final String KEY = "private-key";
    private static final String CONNECTION = "connection-string";
    private static final int LONGEST_KEY = 8_000;
    private static final int LONGEST_TOKEN = 8_000;
    private static final int LONGEST_LINK = 300;

    private final List<List<SecretFormat>> byStart = new ArrayList<>();
    private final Map<String, String> titles = new LinkedHashMap<>();

    /** Finds the formats that come along. */
    public SecretDetector() {
        for (int i = 0; i < 128 * 128; i++) {
            byStart.add(List.of());
        }
        for (SecretFormat format : SecretFormat.read()) {
            titles.putIfAbsent(format.type(), format.title());
            int start = format.prefix().charAt(0) * 128 + format.prefix().charAt(1);
            if (byStart.get(start).isEmpty()) {
                byStart.set(start, new ArrayList<>());
            }
            byStart.get(start).add(format);
        }
        titles.put(JWT, "JSON web token");
        titles.put(KEY, "private key in PEM, OpenSSH, PGP or PuTTY form");
        titles.put(CONNECTION, "address or connection string with a password");
    }

    /** What each type is called. */
    public Map<String, String> titles() {
        return titles;
    }

    @Override
    public Set<String> types() {
        return titles.keySet();
    }

    @Override
    public void find(Reading reading, Set<String> types, Finds finds) {
        String text = reading.text();
        for (int i = 0; i + 1 < text.length(); i++) {
            char c = text.charAt(i);
            char next = text.charAt(i + 1);
            int end = i;
            if (c == '-' && next == '-' || c == 'P') {
                end = privateKey(text, i, finds);
            } else if (c == ':' && next == '/') {
                link(text, i, finds);
            } else if (c == 'e' && next == 'y') {
                end = token(text, i, finds);
            }
            if (end == i && c < 128 && next < 128) {
                for (SecretFormat format : byStart.get(c * 128 + next)) {
                    end = Math.max(end, key(text, i, format, finds));
                }
            }
            i = Math.max(i, end - 1);
        }
    }

    private static int key(String text, int at, SecretFormat format, Finds finds) {
        if (!text.startsWith(format.prefix(), at)) {
            return at;
        }
        int start = at;
        while (start > 0 && at - start <= 40 && isKeyPart(text.charAt(start - 1))) {
            start--;
        }
        if (at - start < format.before() || format.before() == 0 && start < at) {
            return at;
        }
        int from = at + format.prefix().length();
        int end = from;
        while (end < text.length()
                && end - from <= format.most()
                && format.alphabet().get(Math.min(text.charAt(end), 127))) {
            end++;
        }
        while (end > from && end - from > format.least() && ".,/-=+".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        int length = end - from;
        boolean ends = end == text.length() || !isKeyPart(text.charAt(end));
        String value = text.substring(from, end);
        if (ends
                && length >= format.least()
                && length <= format.most()
                && Entropy.of(value) >= format.entropy()
                && !Entropy.isPlaceholder(value)) {
            finds.add(new Find(format.type(), start, end, 85, 0, 4));
            return end;
        }
        return at;
    }

    private static boolean isKeyPart(char c) {
        return c < 128 && (Letters.plain(c) != 0 || c == '_');
    }

    /** The first line is enough; the rest is taken along up to the last line. */
    private static int privateKey(String text, int at, Finds finds) {
        int from = text.startsWith("-----BEGIN ", at) ? at + 11 : text.startsWith("PuTTY-User-Key-File-", at) ? at : -1;
        if (from < 0) {
            return at;
        }
        int line = Math.min(text.length(), from + 60);
        int label = text.substring(from, line).indexOf("PRIVATE KEY");
        if (from != at && (label < 0 || text.substring(from, from + label).indexOf('-') >= 0)) {
            return at;
        }
        String within = text.substring(at, Math.min(text.length(), at + LONGEST_KEY));
        int closing = within.indexOf(from == at ? "Private-MAC: " : "-----END ");
        int end = closing < 0 ? line : at + closing;
        finds.add(new Find(KEY, at, end, 85, 0, 0));
        return end;
    }

    private static int token(String text, int at, Finds finds) {
        if (!text.startsWith("eyJ", at) || at > 0 && (isKeyPart(text.charAt(at - 1)) || text.charAt(at - 1) == '-')) {
            return at;
        }
        int first = base64End(text, at);
        int second = first < text.length() && text.charAt(first) == '.' ? base64End(text, first + 1) : at;
        int third = second < text.length() && second > first + 1 && text.charAt(second) == '.'
                ? base64End(text, second + 1)
                : at;
        if (third <= second || first - at < 16 || !isHeader(text.substring(at, first))) {
            return at;
        }
        finds.add(new Find(JWT, at, third, 85, 0, 4));
        return third;
    }

    private static int base64End(String text, int from) {
        int end = from;
        while (end < text.length()
                && end - from < LONGEST_TOKEN
                && (isKeyPart(text.charAt(end)) || text.charAt(end) == '-')) {
            end++;
        }
        return end;
    }

    private static boolean isHeader(String base64) {
        if (base64.length() % 4 == 1) {
            return false;
        }
        String header = new String(Base64.getUrlDecoder().decode(base64), StandardCharsets.UTF_8);
        return header.startsWith("{\"")
                && (header.contains("\"alg\"") || header.contains("\"typ\""))
                && header.contains("}");
    }

    /** {@code scheme://user:password@host}. */
    private static void link(String text, int at, Finds finds) {
        int start = at;
        while (start > 0
                && at - start < 20
                && (isKeyPart(text.charAt(start - 1)) || "+.-".indexOf(text.charAt(start - 1)) >= 0)) {
            start--;
        }
        if (!text.startsWith("://", at) || start == at) {
            return;
        }
        int colon = -1;
        int sign = -1;
        for (int i = at + 3; i < text.length() && i < at + LONGEST_LINK; i++) {
            char c = text.charAt(i);
            if (c <= ' ' || "/?#\"'<>`".indexOf(c) >= 0) {
                break;
            } else if (c == ':' && colon < 0) {
                colon = i;
            } else if (c == '@') {
                sign = i;
            }
        }
        if (colon > 0 && sign > colon + 2 && isPassword(text.substring(colon + 1, sign))) {
            int end = sign + 1;
            while (end < text.length()
                    && end < sign + 100
                    && text.charAt(end) > ' '
                    && "\"'<>`,;)".indexOf(text.charAt(end)) < 0) {
                end++;
            }
            finds.add(new Find(CONNECTION, start, end, 85, 0, 0));
        }
    }

    private static boolean isPassword(String value) {
        return !value.startsWith("$")
                && !value.startsWith("{")
                && !value.startsWith("%")
                && !Entropy.isPlaceholder(value);
    }
}
