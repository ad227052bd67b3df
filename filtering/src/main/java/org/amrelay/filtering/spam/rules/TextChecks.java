// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.spam.rules;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.amrelay.filtering.spam.specimen.Specimen;
import org.amrelay.filtering.spam.specimen.TextFigures;
import org.amrelay.mail.html.Hiding;
import org.amrelay.mail.mime.MimeFlaw;
import org.amrelay.mail.text.Folding;

/** Questions about the text and how it is hidden or disguised. Stateless, linear in the text. */
final class TextChecks {
    private static final Set<Hiding> TRICKS =
            Set.of(Hiding.TINY_FONT, Hiding.SAME_COLOUR, Hiding.TRANSPARENT, Hiding.OFF_SCREEN);
    private static final int LOOKED_AT = TextFigures.LOOKED_AT;

    private TextChecks() {}

    static Map<String, Check> all() {
        return Map.ofEntries(
                Map.entry(
                        "no-text",
                        s -> Check.when(s.text().isBlank() && s.attachments().isEmpty(), "")),
                Map.entry(
                        "little-text-and-link",
                        s -> Check.when(
                                s.folded().length() < 250
                                        && !s.links().isEmpty()
                                        && s.markup().images() == 0,
                                "")),
                Map.entry(
                        "image-instead-of-text",
                        s -> Check.when(
                                s.markup().images() > 0
                                        && s.text().strip().length() < 120
                                        && !s.links().isEmpty(),
                                "")),
                Map.entry(
                        "hidden-text",
                        s -> Check.when(
                                s.hidden().length() > 200
                                        && s.markup().hiding().stream().anyMatch(TRICKS::contains),
                                s.hidden().length() + " characters")),
                Map.entry(
                        "much-hidden-text",
                        s -> Check.when(
                                s.hidden().length() > 1_000
                                        && s.hidden().length() > s.text().length(),
                                s.hidden().length() + " characters")),
                Map.entry(
                        "invisible-characters",
                        s -> Check.when(
                                s.markup().invisible() > 15
                                        && s.markup().invisible() * 20
                                                > s.text().length(),
                                s.markup().invisible() + "")),
                Map.entry(
                        "words-split-by-invisible",
                        s -> Check.when(s.figures().split() > 2, s.figures().split() + " words")),
                Map.entry("words-of-mixed-scripts", TextChecks::mixedWords),
                Map.entry("disguised-words", TextChecks::disguised),
                Map.entry("spaced-out-words", s -> Check.when(isSpacedOut(first(s)), "")),
                Map.entry(
                        "shouting",
                        s -> Check.when(
                                s.figures().letters() >= 100
                                        && s.figures().capitals() * 5
                                                > s.figures().letters() * 2,
                                "")),
                Map.entry(
                        "many-exclamation-marks",
                        s -> Check.when(
                                s.figures().exclamations() > 8
                                        && s.figures().exclamations() * 250
                                                > s.figures().length(),
                                "")),
                Map.entry("large-sum", TextChecks::largeSum),
                Map.entry("percent-off", s -> Check.when(s.subject().contains("%"), "")),
                Map.entry("bitcoin-address", TextChecks::bitcoin),
                Map.entry(
                        "gibberish",
                        s -> Check.when(
                                s.figures().unpronounceable() > 3
                                        && s.figures().unpronounceable() * 500
                                                > s.figures().length(),
                                s.figures().unpronounceable() + " words")),
                Map.entry(
                        "html-only",
                        s -> Check.when(
                                s.markup().parts() > 0
                                        && s.parts().stream()
                                                .noneMatch(part -> part.type().is("text/plain")),
                                "")),
                Map.entry("alternatives-differ", TextChecks::alternativesDiffer),
                Map.entry("form", s -> Check.when(s.markup().forms() > 0, "")),
                Map.entry("password-field", s -> Check.when(s.markup().passwords() > 0, "")),
                Map.entry("script", s -> Check.when(s.markup().scripts() > 0, "")),
                Map.entry("refresh", s -> Check.when(s.markup().refreshes() > 0, "")),
                Map.entry(
                        "many-beacons",
                        s -> Check.when(s.markup().beacons() > 1, s.markup().beacons() + "")),
                Map.entry("beacon", s -> Check.when(s.markup().beacons() > 0, "")),
                Map.entry(
                        "only-remote-images",
                        s -> Check.when(
                                s.markup().remote() > 0 && s.text().strip().length() < 60, "")),
                Map.entry(
                        "quotes-others",
                        s -> Check.when(
                                s.text().contains("\n> ")
                                        && !s.header().text("in-reply-to").isEmpty(),
                                "")),
                Map.entry("unscannable", TextChecks::unscannable));
    }

    private static String first(Specimen specimen) {
        return specimen.text().length() > LOOKED_AT ? specimen.text().substring(0, LOOKED_AT) : specimen.text();
    }

    private static boolean isLatin(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static Optional<String> mixedWords(Specimen specimen) {
        if (specimen.figures().ascii()) {
            return Optional.empty();
        }
        String text = first(specimen);
        int from = 0;
        int mixed = 0;
        for (int i = 0; i <= text.length() && mixed < 3; i++) {
            if (i == text.length() || !Character.isLetter(text.charAt(i))) {
                if (i - from > 2
                        && i - from < 40
                        && !isPlain(text, from, i)
                        && Folding.mixesScripts(text.substring(from, i))) {
                    mixed++;
                }
                from = i + 1;
            }
        }
        return Check.when(mixed > 1, "");
    }

    private static boolean isPlain(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) > 0x7f) {
                return false;
            }
        }
        return true;
    }

    /** Signs in the middle of words: v1agra, mort-g-age, m0ney. */
    private static Optional<String> disguised(Specimen specimen) {
        String text = specimen.folded()
                .substring(0, Math.min(LOOKED_AT, specimen.folded().length()));
        int found = 0;
        for (int i = 1; i < text.length() - 1; i++) {
            char c = text.charAt(i);
            boolean sign = c == '0' || c == '1' || c == '3' || c == '@' || c == '$' || c == '!' || c == '|';
            boolean inside = isLatin(text.charAt(i - 1)) && isLatin(text.charAt(i + 1));
            if (sign && inside && isWordOfLetters(text, i)) {
                found++;
            }
        }
        return Check.when(found > 2, found + " words");
    }

    private static boolean isWordOfLetters(String text, int at) {
        int from = at;
        while (from > 0 && text.charAt(from - 1) > ' ' && at - from < 20) {
            from--;
        }
        int to = at;
        while (to < text.length() && text.charAt(to) > ' ' && to - at < 20) {
            to++;
        }
        int signs = 0;
        for (int i = from; i < to; i++) {
            signs += isLatin(text.charAt(i)) ? 0 : 1;
            if ("/._-=:+".indexOf(text.charAt(i)) >= 0) {
                return false;
            }
        }
        return to - from >= 5 && to - from < 16 && signs <= 2;
    }

    /** Single letters with blanks or signs between them, at least six. */
    static boolean isSpacedOut(String text) {
        int run = 0;
        for (int i = 0; i + 1 < text.length(); i++) {
            boolean letter = Character.isLetter(text.charAt(i))
                    && (i == 0 || !Character.isLetterOrDigit(text.charAt(i - 1)))
                    && !Character.isLetterOrDigit(text.charAt(i + 1))
                    && text.charAt(i) < 0x2e80;
            if (letter) {
                run++;
                i++;
                if (run >= 6) {
                    return true;
                }
            } else {
                run = 0;
            }
        }
        return false;
    }

    /** Seven digits and more behind or before the sign of a currency, or millions of one. */
    private static Optional<String> largeSum(Specimen specimen) {
        String text = specimen.folded();
        for (int i = 0; i < Math.min(text.length(), LOOKED_AT); i++) {
            char c = text.charAt(i);
            if (c != '$' && c != '\u20ac' && c != '\u00a3') {
                continue;
            }
            int digits = 0;
            int end = i + 1;
            while (end < text.length()
                    && (Character.isDigit(text.charAt(end)) || " .,".indexOf(text.charAt(end)) >= 0)) {
                digits += Character.isDigit(text.charAt(end)) ? 1 : 0;
                end++;
            }
            if (digits >= 7 && digits < 12 || digits > 0 && text.startsWith("million", end)) {
                return Optional.of(text.substring(i, Math.min(end + 7, text.length())));
            }
        }
        return Optional.empty();
    }

    /** Base58 or bech32, 26 to 62 characters. */
    private static Optional<String> bitcoin(Specimen specimen) {
        String text = first(specimen);
        int from = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) <= ' ') {
                if (i - from >= 26 && i - from <= 62 && isBitcoin(text.substring(from, i))) {
                    return Optional.of(text.substring(from, from + 6));
                }
                from = i + 1;
            }
        }
        return Optional.empty();
    }

    private static boolean isBitcoin(String word) {
        boolean old = word.length() <= 35 && (word.startsWith("1") || word.startsWith("3"));
        boolean bech = word.length() >= 42 && word.startsWith("bc1");
        return (old || bech)
                && word.chars().allMatch(c -> c < 0x80 && Character.isLetterOrDigit(c))
                && word.chars().anyMatch(Character::isDigit)
                && (bech
                        || word.chars().anyMatch(Character::isUpperCase)
                                && word.chars().anyMatch(Character::isLowerCase));
    }

    private static Optional<String> alternativesDiffer(Specimen specimen) {
        boolean alternative =
                specimen.parts().stream().anyMatch(part -> part.type().is("multipart/alternative"));
        if (!alternative || specimen.markup().parts() != 1) {
            return Optional.empty();
        }
        String plain = "";
        for (var part : specimen.parts()) {
            plain = part.type().is("text/plain") && !part.isAttachment() && plain.isEmpty()
                    ? part.visibleText()
                    : plain;
        }
        String cut = plain.length() > 4_000 ? plain.substring(0, 4_000) : plain;
        String[] words = Folding.plain(cut).split(" ");
        int longs = 0;
        int missing = 0;
        for (String word : words) {
            if (word.length() > 4 && !word.contains("/") && word.chars().allMatch(Character::isLetter)) {
                longs++;
                missing += specimen.folded().contains(word) ? 0 : 1;
            }
        }
        return Check.when(longs > 15 && missing * 10 > longs * 7, missing + " of " + longs + " words");
    }

    private static Optional<String> unscannable(Specimen specimen) {
        Set<MimeFlaw> limits =
                Set.of(MimeFlaw.TOO_DEEP, MimeFlaw.TOO_MANY_PARTS, MimeFlaw.TOO_MANY_FIELDS, MimeFlaw.HEADER_TOO_LARGE);
        return specimen.parts().stream()
                .flatMap(part -> part.structureFlaws().stream())
                .filter(limits::contains)
                .sorted()
                .map(MimeFlaw::text)
                .findFirst();
    }
}
