// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive;

import java.util.ArrayList;
import java.util.List;

/** Passports: their numbers with a word near them, and the lines that machines read (ICAO 9303). Stateless. */
final class TravelDocuments {
    static final String PASSPORT = "passport-number";
    static final String MACHINE_READABLE = "machine-readable-travel-document";

    private static final int LINE = 44;
    private static final int SHORT_LINE = 36;
    private static final int CARD_LINE = 30;

    static final List<NumberType> ALL = List.of(NumberType.mixed(PASSPORT, 7, 9, TravelDocuments::passport)
            .words(
                    "passport",
                    "passport no",
                    "passport number",
                    "passport#",
                    "reisepass",
                    "passnummer",
                    "pass-nr",
                    "passeport",
                    "pasaporte",
                    "passaporto",
                    "passaporte",
                    "paspoort",
                    "pas nr",
                    "paszport",
                    "pass nr",
                    "passnr",
                    "cestovní pas",
                    "útlevél",
                    "pașaport",
                    "паспорт",
                    "διαβατήριο",
                    "pasaport",
                    "护照",
                    "護照",
                    "パスポート",
                    "旅券",
                    "여권"));

    private TravelDocuments() {}

    /** Nine digits, or one or two letters before six to eight digits and perhaps letters, as most countries have them. */
    private static boolean passport(Candidate c) {
        String n = c.compact();
        long digits = n.chars().filter(d -> d >= '0' && d <= '9').count();
        boolean form =
                digits == n.length() ? n.length() >= 8 : digits >= 5 && !c.small() && Character.isLetter(n.charAt(0));
        return form
                && (c.isPlain() || c.hasGroups("2 7") || c.hasGroups("1 7") || c.hasGroups("1 8"))
                && !(digits == n.length() && Digits.isMadeUp(n));
    }

    /** The check digit of ICAO 9303 part 3 §4.9: weights 7, 3, 1. */
    static int checkDigit(String text) {
        int sum = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int value = c == '<' ? 0 : Math.max(0, Character.digit(c, 36));
            sum += value * new int[] {7, 3, 1}[i % 3];
        }
        return sum % 10;
    }

    /** Lines of letters, digits and fillers whose check digits of number, birth and expiry are right. */
    static void findLines(String text, List<SensitiveMatch> found) {
        int from = 0;
        for (int i = text.indexOf('<'); i >= 0; i = text.indexOf('<', from)) {
            int begin = i;
            while (begin > from && isOfLine(text.charAt(begin - 1))) {
                begin--;
            }
            int end = i;
            while (end < text.length() && isOfLine(text.charAt(end)) && end - begin <= LINE) {
                end++;
            }
            String line = text.substring(begin, end);
            if (isChecked(line)) {
                found.add(new SensitiveMatch(MACHINE_READABLE, begin, line.length(), 85, Masking.mask(line)));
            }
            from = Math.max(end, i + 1);
        }
    }

    private static boolean isOfLine(char c) {
        return c == '<' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    private static boolean isChecked(String line) {
        if (line.length() == LINE || line.length() == SHORT_LINE) {
            return holds(line, 0, 9) && holds(line, 13, 19) && holds(line, 21, 27);
        }
        return line.length() == CARD_LINE && (holds(line, 5, 14) || holds(line, 0, 6) && holds(line, 8, 14));
    }

    private static boolean holds(String line, int from, int to) {
        char check = line.charAt(to);
        String field = line.substring(from, to);
        return check >= '0'
                && check <= '9'
                && field.chars().anyMatch(c -> c != '<')
                && checkDigit(field) == check - '0';
    }

    /** The names of what it finds. */
    static List<String> names() {
        List<String> names = new ArrayList<>();
        ALL.forEach(type -> names.add(type.name()));
        names.add(MACHINE_READABLE);
        return names;
    }
}
