// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive.number;

import java.time.DateTimeException;
import java.time.LocalDate;

/** The check digit systems that many numbers share. */
final class CheckDigits {
    private static final String VERHOEFF_D =
            "01234567891234067895234017895634012895674012395678" + "59876043216598710432765982104387659321049876543210";
    private static final String VERHOEFF_P =
            "0123456789157628309458037961428916043527" + "9453126870428657390127938064157046913258";
    private static final int TWO_DIGIT_YEARS = 100;

    private CheckDigits() {}

    /** The digit at a place. */
    static int digit(String s, int at) {
        return s.charAt(at) - '0';
    }

    /** The number that some digits are. */
    static int number(String s, int from, int to) {
        return Integer.parseInt(s, from, to, 10);
    }

    /** ISO/IEC 7812-1: each second digit from the right doubled. */
    static boolean luhn(String s) {
        int sum = 0;
        for (int i = 0; i < s.length(); i++) {
            int d = digit(s, s.length() - 1 - i);
            sum += i % 2 == 0 ? d : d > 4 ? 2 * d - 9 : 2 * d;
        }
        return sum % 10 == 0;
    }

    /** The sum of the first digits, each times its weight. */
    static int weighted(String s, int... weights) {
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * digit(s, i);
        }
        return sum;
    }

    /** ISO/IEC 7064, MOD 11,10. */
    static boolean mod1110(String s) {
        int check = 5;
        for (int i = 0; i < s.length(); i++) {
            check = ((check == 0 ? 10 : check) * 2 % 11 + digit(s, i)) % 10;
        }
        return check == 1;
    }

    /** ISO/IEC 7064, MOD 97-10, with letters as two digits: the remainder. */
    static int mod97(String s) {
        int rest = 0;
        for (int i = 0; i < s.length(); i++) {
            int value = Character.digit(s.charAt(i), 36);
            rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
        }
        return rest;
    }

    /** Verhoeff's system over the dihedral group of order ten. */
    static boolean verhoeff(String s) {
        int check = 0;
        for (int i = 0; i < s.length(); i++) {
            int permuted = digit(VERHOEFF_P, i % 8 * 10 + digit(s, s.length() - 1 - i));
            check = digit(VERHOEFF_D, check * 10 + permuted);
        }
        return check == 0;
    }

    /** Whether there was such a day, in the given or, for two digits, in some century. */
    static boolean isDate(int year, int month, int day) {
        if (month < 1 || month > 12 || day < 1 || day > 31) {
            return false;
        }
        try {
            return LocalDate.of(year < TWO_DIGIT_YEARS ? 2000 + year : year, month, day)
                            .getDayOfMonth()
                    == day;
        } catch (DateTimeException noSuchDay) {
            return false;
        }
    }

    /** Whether six digits are year, month, day. */
    static boolean isYmd(String s, int at) {
        return isDate(number(s, at, at + 2), number(s, at + 2, at + 4), number(s, at + 4, at + 6));
    }

    /** Whether six digits are day, month, year. */
    static boolean isDmy(String s, int at) {
        return isDate(number(s, at + 4, at + 6), number(s, at + 2, at + 4), number(s, at, at + 2));
    }
}
