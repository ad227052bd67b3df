// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.text;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Charsets by the names that mail gives them.
 *
 * <p>Names that are used for a smaller charset than the one meant give the larger one, as in browsers (WHATWG Encoding §4.2):
 * Latin-1 means windows-1252, gb2312 means GB18030. Stateless.
 */
final class Charsets {
    static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    static final Charset WINDOWS_1251 = Charset.forName("windows-1251");
    static final Charset KOI8_R = Charset.forName("KOI8-R");

    private static final int LONGEST_NAME = 60;
    private static final Map<String, String> MEANT = Map.ofEntries(
            Map.entry("iso-8859-1", "windows-1252"),
            Map.entry("latin1", "windows-1252"),
            Map.entry("latin-1", "windows-1252"),
            Map.entry("iso8859-1", "windows-1252"),
            Map.entry("iso-8859-9", "windows-1254"),
            Map.entry("iso-8859-8-i", "iso-8859-8"),
            Map.entry("iso-8859-8-e", "iso-8859-8"),
            Map.entry("iso-8859-11", "x-windows-874"),
            Map.entry("tis-620", "x-windows-874"),
            Map.entry("gb2312", "gb18030"),
            Map.entry("gbk", "gb18030"),
            Map.entry("chinese", "gb18030"),
            Map.entry("x-gbk", "gb18030"),
            Map.entry("ks_c_5601-1987", "x-windows-949"),
            Map.entry("ks_c_5601", "x-windows-949"),
            Map.entry("euc-kr", "x-windows-949"),
            Map.entry("shift_jis", "windows-31j"),
            Map.entry("shift-jis", "windows-31j"),
            Map.entry("x-sjis", "windows-31j"),
            Map.entry("big5", "big5-hkscs"),
            Map.entry("unicode", "utf-16"),
            Map.entry("utf8", "utf-8"),
            Map.entry("utf8mb4", "utf-8"),
            Map.entry("utf-8mb4", "utf-8"),
            Map.entry("unicode-1-1-utf-8", "utf-8"),
            Map.entry("3dutf-8", "utf-8"),
            Map.entry("ascii", "us-ascii"),
            Map.entry("ansi_x3.4-1968", "us-ascii"),
            Map.entry("x-mac-roman", "x-macroman"),
            Map.entry("macintosh", "x-macroman"));

    private Charsets() {}

    /** The charset that a name means; empty for a name that nobody knows, and for UTF-7, which Java lacks. */
    static Optional<Charset> named(String declared) {
        String name = clean(declared);
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            return Optional.empty();
        }
        String meant = MEANT.getOrDefault(name, name);
        if (meant.equals("utf-8")) {
            return Optional.of(StandardCharsets.UTF_8);
        }
        Charset known = Known.BY_NAME.get(meant);
        if (known == null && name.startsWith("cp-")) {
            known = Known.BY_NAME.get("cp" + name.substring(3));
        }
        return Optional.ofNullable(known);
    }

    /** To ask Java for a charset that it does not know takes milliseconds, which a sender could make us spend often. */
    private static final class Known {
        private static final Map<String, Charset> BY_NAME = byName();

        private static Map<String, Charset> byName() {
            Map<String, Charset> all = new HashMap<>(2048);
            for (Charset charset : Charset.availableCharsets().values()) {
                if (isForText(charset)) {
                    charset.aliases().forEach(alias -> all.putIfAbsent(alias.toLowerCase(Locale.ROOT), charset));
                }
            }
            for (Charset charset : Charset.availableCharsets().values()) {
                if (isForText(charset)) {
                    all.put(charset.name().toLowerCase(Locale.ROOT), charset);
                }
            }
            return Map.copyOf(all);
        }
    }

    static boolean isUtf7(String declared) {
        String name = clean(declared);
        return name.equals("utf-7") || name.equals("utf7") || name.equals("unicode-1-1-utf-7");
    }

    /** Without the quotes, dots and blanks that stand around names. */
    static String clean(String declared) {
        int from = 0;
        int to = declared.length();
        while (from < to && isDecoration(declared.charAt(from))) {
            from++;
        }
        while (to > from && isDecoration(declared.charAt(to - 1))) {
            to--;
        }
        return declared.substring(from, to).toLowerCase(Locale.ROOT);
    }

    private static boolean isDecoration(char c) {
        return c <= ' ' || c == '"' || c == '\'' || c == ';' || c == ',' || c == '<' || c == '>';
    }

    /** Java knows charsets that are collections of guesses, or fonts; mail has no use for them. */
    private static boolean isForText(Charset charset) {
        String name = charset.name().toLowerCase(Locale.ROOT);
        return !name.contains("autodetect") && !name.contains("compound") && !name.startsWith("x-iso-2022-cn");
    }
}
