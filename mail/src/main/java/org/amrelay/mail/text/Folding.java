// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.text;

import java.text.Normalizer;
import java.util.Locale;
import org.amrelay.mail.address.InternationalDomain;

/**
 * Brings text into forms in which what looks the same is the same.
 *
 * <p>{@link #plain} is for words: it undoes styled letters and invisible characters, and keeps scripts apart. {@link #skeleton}
 * is for names: two names with the same skeleton look alike (UTS 39 §4). Digits written for letters by taste ("p4ypal") are
 * nothing that looks alike and stay. Stateless.
 */
public final class Folding {
    private Folding() {}

    /** NFKC, small letters, no invisible characters, one blank for all white space, none at the ends. */
    public static String plain(String text) {
        String seen = Invisibles.removeFrom(text);
        String normal = isAscii(seen) ? seen : Normalizer.normalize(seen, Normalizer.Form.NFKC);
        StringBuilder plain = new StringBuilder(normal.length());
        boolean blank = false;
        for (int i = 0; i < normal.length(); i++) {
            char c = normal.charAt(i);
            if (isBlank(c)) {
                blank = true;
                continue;
            }
            if (blank && !plain.isEmpty()) {
                plain.append(' ');
            }
            blank = false;
            plain.append(small(c));
        }
        return plain.toString();
    }

    private static boolean isBlank(char c) {
        return c < 0x7f ? c <= ' ' : c == '\u00a0' || Character.isWhitespace(c);
    }

    /** Most letters are of US-ASCII, for which the tables of all others need not be asked. */
    private static char small(char c) {
        if (c < 0x80) {
            return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
        }
        return Character.toLowerCase(c);
    }

    /**
     * What the text looks like, in small letters; to be compared with other skeletons, not to be read.
     *
     * <p>The letters are replaced before they are made small, because a large I looks like an l and a small one does not.
     */
    public static String skeleton(String text) {
        String seen = Invisibles.removeFrom(text);
        boolean ascii = isAscii(seen);
        // Styled letters are not all in the table of look-alikes
        String apart = ascii ? seen : decomposed(Normalizer.normalize(seen, Normalizer.Form.NFKC));
        StringBuilder skeleton = new StringBuilder(apart.length());
        Confusables table = Confusables.table();
        apart.codePoints().forEach(c -> table.append(c, skeleton));
        String whole = ascii ? skeleton.toString() : decomposed(skeleton.toString());
        return whole.toLowerCase(Locale.ROOT);
    }

    /** The skeleton of a domain as people see it: A-labels are turned into their letters first. */
    public static String domainSkeleton(String domain) {
        return skeleton(InternationalDomain.readable(domain));
    }

    /** Whether the letters of a word come from more than one of the scripts Latin, Greek and Cyrillic, which look alike. */
    public static boolean mixesScripts(String word) {
        boolean latin = false;
        boolean other = false;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c < 0x80) {
                latin |= c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            } else if (Character.isLetter(c)) {
                Character.UnicodeScript script = Character.UnicodeScript.of(c);
                latin |= script == Character.UnicodeScript.LATIN;
                other |= script == Character.UnicodeScript.CYRILLIC || script == Character.UnicodeScript.GREEK;
            }
        }
        return latin && other;
    }

    private static String decomposed(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7e) {
                return false;
            }
        }
        return true;
    }
}
