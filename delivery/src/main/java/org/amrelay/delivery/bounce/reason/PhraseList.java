// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.bounce.reason;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Phrases under headings, from a file of the program: {@code [heading]}, then one phrase a line; {@code #} is a comment.
 *
 * <p>A {@code *} in a phrase stands for up to {@value #WILD} characters. A phrase begins where a word begins. Phrases are compared with {@link #plain} text.
 * Immutable.
 */
public final class PhraseList {
    private static final int WILD = 60;
    private static final int SHORT = 4;
    private static final int LONGEST_TEXT = 16 * 1024;
    /** Combining marks of Latin, Greek and Cyrillic letters. */
    private static final char FIRST_MARK = '\u0300';

    private static final char LAST_MARK = '\u036f';
    /** Letters that Unicode does not take apart, and what people write without them. */
    private static final String WITHOUT_PARTS = "\u00df\u00f8\u0142\u00e6\u0153\u0111\u0131";

    private static final List<String> LETTERS = List.of("ss", "o", "l", "ae", "oe", "d", "i");

    private final Map<String, List<String[]>> sections;

    private PhraseList(Map<String, List<String[]>> sections) {
        this.sections = sections;
    }

    /** Reads a file that lies beside a class. */
    public static PhraseList load(Class<?> beside, String file) {
        try (InputStream in = beside.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing beside " + beside.getName());
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("a file of the program cannot be read", e);
        }
    }

    static PhraseList parse(String text) {
        Map<String, List<String[]>> sections = new LinkedHashMap<>();
        List<String[]> current = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            String phrase = line.strip();
            if (phrase.startsWith("[") && phrase.endsWith("]")) {
                current = sections.computeIfAbsent(phrase.substring(1, phrase.length() - 1), none -> new ArrayList<>());
            } else if (!phrase.isEmpty() && !phrase.startsWith("#")) {
                add(phrase, current);
            }
        }
        return new PhraseList(sections);
    }

    /** Who has no umlauts writes two letters for them: the phrase is looked for in both ways. */
    private static void add(String phrase, List<String[]> section) {
        String lower = phrase.toLowerCase(Locale.ROOT);
        String written = lower.replace("\u00e4", "ae").replace("\u00f6", "oe").replace("\u00fc", "ue");
        section.add(folded(lower).split("\\*", -1));
        if (!written.equals(lower)) {
            section.add(folded(written).split("\\*", -1));
        }
    }

    /**
     * Text in the form that phrases are compared with: lower case, single spaces, no accents, no typographic quotes; 16 K at
     * most.
     */
    public static String plain(String text) {
        StringBuilder plain = new StringBuilder(Math.min(text.length(), LONGEST_TEXT));
        boolean space = true;
        for (int i = 0; i < text.length() && plain.length() < LONGEST_TEXT; i++) {
            char c = text.charAt(i);
            boolean white = c <= ' ' || c == '\u00a0' || c == '\u3000';
            if (!white) {
                plain.append(c == '\u2019' || c == '`' ? '\'' : Character.toLowerCase(c));
            } else if (!space) {
                plain.append(' ');
            }
            space = white;
        }
        return folded(plain.toString());
    }

    /** Without the marks on letters, which many programs leave out, and in one form of those that have several. */
    private static String folded(String lower) {
        if (lower.chars().allMatch(c -> c < 128)) {
            return lower;
        }
        String parts = Normalizer.normalize(lower, Normalizer.Form.NFKD);
        StringBuilder out = new StringBuilder(parts.length());
        for (int i = 0; i < parts.length(); i++) {
            char c = parts.charAt(i);
            int letter = WITHOUT_PARTS.indexOf(c);
            if (letter >= 0) {
                out.append(LETTERS.get(letter));
            } else if (c < FIRST_MARK || c > LAST_MARK) {
                out.append(c);
            }
        }
        return out.toString();
    }

    /** The first heading whose phrase is in the text, in the order of the file, of those that the test takes. */
    public Optional<String> heading(String plain, Predicate<String> wanted) {
        return sections.keySet().stream()
                .filter(wanted)
                .filter(heading -> has(heading, plain))
                .findFirst();
    }

    /** Whether a phrase of that heading is in the text. */
    public boolean has(String heading, String plain) {
        for (String[] phrase : sections.getOrDefault(heading, List.of())) {
            if (contains(plain, phrase)) {
                return true;
            }
        }
        return false;
    }

    private static boolean contains(String text, String[] phrase) {
        int start = text.indexOf(phrase[0]);
        int tries = 0;
        while (start >= 0 && tries < 8) {
            int at = start + phrase[0].length();
            int piece = isWord(text, start, at, phrase[0]) ? 1 : phrase.length + 1;
            while (piece < phrase.length) {
                int next = text.indexOf(phrase[piece], at);
                if (next < 0 || next - at > WILD) {
                    break;
                }
                at = next + phrase[piece].length();
                piece++;
            }
            if (piece == phrase.length) {
                return true;
            }
            start = text.indexOf(phrase[0], start + 1);
            // Each try may look far; those that begin in the middle of a word do not
            tries += piece > phrase.length ? 0 : 1;
        }
        return false;
    }

    /** A phrase begins where a word begins; a short one also ends where it ends. */
    private static boolean isWord(String text, int from, int to, String phrase) {
        boolean begins = from == 0 || !isLetter(phrase.charAt(0)) || !isLetter(text.charAt(from - 1));
        boolean ends = phrase.length() > SHORT
                || to >= text.length()
                || !isLetter(phrase.charAt(phrase.length() - 1))
                || !isLetter(text.charAt(to));
        return begins && ends;
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
    }
}
