// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive;

import java.time.DateTimeException;
import java.time.LocalDate;

/** Check digits and dates as the numbers of the world have them. Stateless. */
final class Digits {
    private static final int[][] TIMES = {
        {0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
        {1, 2, 3, 4, 0, 6, 7, 8, 9, 5},
        {2, 3, 4, 0, 1, 7, 8, 9, 5, 6},
        {3, 4, 0, 1, 2, 8, 9, 5, 6, 7},
        {4, 0, 1, 2, 3, 9, 5, 6, 7, 8},
        {5, 9, 8, 7, 6, 0, 4, 3, 2, 1},
        {6, 5, 9, 8, 7, 1, 0, 4, 3, 2},
        {7, 6, 5, 9, 8, 2, 1, 0, 4, 3},
        {8, 7, 6, 5, 9, 3, 2, 1, 0, 4},
        {9, 8, 7, 6, 5, 4, 3, 2, 1, 0}
    };
    private static final int[][] MOVES = {
        {0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
        {1, 5, 7, 6, 2, 8, 3, 0, 9, 4},
        {5, 8, 0, 3, 7, 9, 6, 1, 4, 2},
        {8, 9, 1, 6, 0, 4, 3, 5, 2, 7},
        {9, 4, 5, 3, 1, 2, 6, 8, 7, 0},
        {4, 2, 8, 6, 5, 7, 3, 9, 0, 1},
        {2, 7, 9, 3, 8, 0, 6, 4, 1, 5},
        {7, 0, 4, 6, 9, 1, 3, 2, 5, 8}
    };

    private Digits() {}

    /** Every other digit doubled from the right (ISO/IEC 7812-1 annex B). */
    static boolean luhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int part = i % 2 == 0 ? digit : digit * 2;
            sum += part > 9 ? part - 9 : part;
        }
        return sum % 10 == 0;
    }

    /** Verhoeff's check digit, the last one. */
    static boolean verhoeff(String digits) {
        int check = 0;
        for (int i = 0; i < digits.length(); i++) {
            check = TIMES[check][MOVES[i % 8][digits.charAt(digits.length() - 1 - i) - '0']];
        }
        return check == 0;
    }

    /** ISO/IEC 7064 MOD 11,10. */
    static boolean mod1110(String digits) {
        int check = 5;
        for (int i = 0; i < digits.length(); i++) {
            int doubled = (check == 0 ? 10 : check) * 2 % 11;
            check = (doubled + digits.charAt(i) - '0') % 10;
        }
        return check == 1;
    }

    /** The remainder by 97 of letters and digits, A as 10 to Z as 35 (ISO/IEC 7064 MOD 97-10). */
    static int mod97(String text) {
        int rest = 0;
        for (int i = 0; i < text.length(); i++) {
            int value = Character.digit(text.charAt(i), 36);
            rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
        }
        return rest;
    }

    /** The digits times the weights, from the left. */
    static int sum(String digits, int... weights) {
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += (digits.charAt(i) - '0') * weights[i];
        }
        return sum;
    }

    /** Alternating weights 1 and 3, as in EAN-13. */
    static boolean ean(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            sum += (digits.charAt(digits.length() - 1 - i) - '0') * (i % 2 == 0 ? 1 : 3);
        }
        return sum % 10 == 0;
    }

    /** Whether there is such a day. */
    static boolean isDate(int year, int month, int day) {
        try {
            LocalDate.of(year, month, day);
            return true;
        } catch (DateTimeException none) {
            return false;
        }
    }

    /** Whether there is such a day in one of the centuries 1900 and 2000. */
    static boolean isShortDate(int year, int month, int day) {
        return isDate(1900 + year, month, day) || isDate(2000 + year, month, day);
    }

    /** Whether all are the same, or each is one more or one less than the one before. */
    static boolean isMadeUp(String digits) {
        boolean same = true;
        boolean up = true;
        boolean down = true;
        for (int i = 1; i < digits.length(); i++) {
            int step = digits.charAt(i) - digits.charAt(i - 1);
            same &= step == 0;
            up &= step == 1 || step == -9;
            down &= step == -1 || step == 9;
        }
        return same || up || down;
    }

    /** Whether a piece of a text is of capitals only. */
    static boolean areLetters(String text, int from, int to) {
        return text.substring(from, to).chars().allMatch(c -> c >= 'A' && c <= 'Z');
    }

    /** Whether a piece of a text is of digits only. */
    static boolean areDigits(String text, int from, int to) {
        return text.substring(from, to).chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
