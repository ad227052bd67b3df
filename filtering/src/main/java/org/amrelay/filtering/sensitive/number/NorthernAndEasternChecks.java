// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive.number;

import static org.amrelay.filtering.sensitive.number.CheckDigits.digit;
import static org.amrelay.filtering.sensitive.number.CheckDigits.isDate;
import static org.amrelay.filtering.sensitive.number.CheckDigits.luhn;
import static org.amrelay.filtering.sensitive.number.CheckDigits.number;
import static org.amrelay.filtering.sensitive.number.CheckDigits.weighted;

import java.util.Map;
import java.util.function.Predicate;

/** National numbers of northern and eastern Europe and of Turkey. */
final class NorthernAndEasternChecks {
    private static final String HETU = "0123456789ABCDEFHJKLMNPRSTUVWXY";
    private static final int[] CYPRUS = {1, 0, 5, 7, 9, 13, 15, 17, 19, 21};

    private NorthernAndEasternChecks() {}

    static Map<String, Predicate<String>> all() {
        return Map.ofEntries(
                Map.entry("pesel", NorthernAndEasternChecks::pesel),
                Map.entry("nip", s -> weighted(s, 6, 5, 7, 2, 3, 4, 5, 6, 7) % 11 == digit(s, 9)),
                Map.entry("regon", NorthernAndEasternChecks::regon),
                Map.entry("pl-id", NorthernAndEasternChecks::polishCard),
                Map.entry("personnummer", NorthernAndEasternChecks::personnummer),
                Map.entry("fodselsnummer", NorthernAndEasternChecks::fodselsnummer),
                Map.entry("cpr", s -> CheckDigits.isDmy(s, 0)),
                Map.entry("hetu", NorthernAndEasternChecks::hetu),
                Map.entry(
                        "hetu-letter",
                        s -> "ABCDEFYXWVU".indexOf(s.charAt(6)) >= 0 && hetu(s.substring(0, 6) + s.substring(7))),
                Map.entry("kennitala", NorthernAndEasternChecks::kennitala),
                Map.entry("rodne-cislo", NorthernAndEasternChecks::rodneCislo),
                Map.entry("hu-personal", NorthernAndEasternChecks::hungarian),
                Map.entry(
                        "hu-tax",
                        s -> s.charAt(0) == '8' && weighted(s, 1, 2, 3, 4, 5, 6, 7, 8, 9) % 11 == digit(s, 9)),
                Map.entry("taj", s -> weighted(s, 3, 7, 3, 7, 3, 7, 3, 7) % 10 == digit(s, 8)),
                Map.entry("cnp", NorthernAndEasternChecks::cnp),
                Map.entry("egn", NorthernAndEasternChecks::egn),
                Map.entry("afm", s -> weighted(s, 256, 128, 64, 32, 16, 8, 4, 2) % 11 % 10 == digit(s, 8)),
                Map.entry("amka", s -> CheckDigits.isDmy(s, 0) && luhn(s)),
                Map.entry("emso", NorthernAndEasternChecks::emso),
                Map.entry("si-tax", NorthernAndEasternChecks::slovenianTax),
                Map.entry("baltic", NorthernAndEasternChecks::baltic),
                Map.entry("personas-kods", NorthernAndEasternChecks::personasKods),
                Map.entry("kimlik", NorthernAndEasternChecks::kimlik),
                Map.entry("vkn", NorthernAndEasternChecks::vkn),
                Map.entry("inn", NorthernAndEasternChecks::inn),
                Map.entry("snils", s -> weighted(s, 9, 8, 7, 6, 5, 4, 3, 2, 1) % 101 % 100 == number(s, 9, 11)),
                Map.entry(
                        "rnokpp", s -> Math.floorMod(weighted(s, -1, 5, 7, 9, 4, 6, 10, 5, 7), 11) % 10 == digit(s, 9)),
                Map.entry("cy-tin", NorthernAndEasternChecks::cyprus));
    }

    private static boolean pesel(String s) {
        return isDate(number(s, 0, 2), number(s, 2, 4) % 20, number(s, 4, 6))
                && weighted(s, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1) % 10 == 0;
    }

    private static boolean regon(String s) {
        boolean nine = weighted(s, 8, 9, 2, 3, 4, 5, 6, 7) % 11 % 10 == digit(s, 8);
        return nine
                && (s.length() == 9 || weighted(s, 2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8) % 11 % 10 == digit(s, 13));
    }

    private static boolean polishCard(String s) {
        int sum = 7 * (s.charAt(0) - 'A' + 10) + 3 * (s.charAt(1) - 'A' + 10) + s.charAt(2) - 'A' + 10;
        return (sum + weighted(s.substring(3), 9, 7, 3, 1, 7, 3)) % 10 == 0;
    }

    private static boolean personnummer(String s) {
        if (s.length() == 12 && (number(s, 0, 2) < 18 || number(s, 0, 2) > 20)) {
            return false;
        }
        String ten = s.substring(s.length() - 10);
        int day = number(ten, 4, 6);
        return isDate(number(ten, 0, 2), number(ten, 2, 4), day > 60 ? day - 60 : day) && luhn(ten);
    }

    private static boolean fodselsnummer(String s) {
        int day = number(s, 0, 2);
        int month = number(s, 2, 4);
        return isDate(number(s, 4, 6), month > 40 ? month - 40 : month, day > 40 ? day - 40 : day)
                && weighted(s, 3, 7, 6, 1, 8, 9, 4, 5, 2, 1) % 11 == 0
                && weighted(s, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0;
    }

    private static boolean hetu(String s) {
        return CheckDigits.isDmy(s, 0) && number(s, 6, 9) > 1 && s.charAt(9) == HETU.charAt(number(s, 0, 9) % 31);
    }

    private static boolean kennitala(String s) {
        int day = number(s, 0, 2);
        return isDate(number(s, 4, 6), number(s, 2, 4), day > 40 ? day - 40 : day)
                && "089".indexOf(s.charAt(9)) >= 0
                && (11 - weighted(s, 3, 2, 7, 6, 5, 4, 3, 2) % 11) % 11 == digit(s, 8);
    }

    private static boolean rodneCislo(String s) {
        int month = number(s, 2, 4) % 50;
        boolean dated = isDate(number(s, 0, 2), month > 20 ? month - 20 : month, number(s, 4, 6));
        return dated && (s.length() == 9 ? number(s, 0, 2) < 54 : number(s, 0, 9) % 11 % 10 == digit(s, 9));
    }

    private static boolean hungarian(String s) {
        int kind = digit(s, 0);
        boolean newer = kind > 2 && kind < 5 || number(s, 1, 3) > 96 && kind < 3;
        int sum = newer ? weighted(s, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1) : weighted(s, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        return kind > 0 && kind < 9 && CheckDigits.isYmd(s, 1) && sum % 11 == digit(s, 10);
    }

    private static boolean cnp(String s) {
        int county = number(s, 7, 9);
        int check = weighted(s, 2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9) % 11;
        return s.charAt(0) != '0'
                && CheckDigits.isYmd(s, 1)
                && (county >= 1 && county <= 52 || county >= 70 && county <= 83)
                && digit(s, 12) == (check == 10 ? 1 : check);
    }

    private static boolean egn(String s) {
        int month = number(s, 2, 4);
        return isDate(number(s, 0, 2), month > 40 ? month - 40 : month > 20 ? month - 20 : month, number(s, 4, 6))
                && weighted(s, 2, 4, 8, 5, 10, 9, 7, 3, 6) % 11 % 10 == digit(s, 9);
    }

    private static boolean emso(String s) {
        int year = number(s, 4, 7);
        return isDate(year < 800 ? 2000 + year : 1000 + year, number(s, 2, 4), number(s, 0, 2))
                && (11 - weighted(s, 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11) % 11 == digit(s, 12);
    }

    private static boolean slovenianTax(String s) {
        int check = 11 - weighted(s, 8, 7, 6, 5, 4, 3, 2) % 11;
        return s.charAt(0) != '0' && check != 11 && check % 10 == digit(s, 7);
    }

    private static boolean baltic(String s) {
        int check = weighted(s, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1) % 11;
        if (check == 10) {
            check = weighted(s, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3) % 11 % 10;
        }
        return s.charAt(0) != '0' && s.charAt(0) < '9' && CheckDigits.isYmd(s, 1) && check == digit(s, 10);
    }

    /** Numbers of today have neither date nor check digit; those of before 2017 have both. */
    private static boolean personasKods(String s) {
        int start = number(s, 0, 2);
        return start > 31
                ? start < 40
                : CheckDigits.isDmy(s, 0)
                        && s.charAt(6) < '3'
                        && (1 + weighted(s, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9)) % 11 % 10 == digit(s, 10);
    }

    private static boolean kimlik(String s) {
        int odd = weighted(s, 1, 0, 1, 0, 1, 0, 1, 0, 1);
        int even = weighted(s, 0, 1, 0, 1, 0, 1, 0, 1);
        return s.charAt(0) != '0'
                && Math.floorMod(odd * 7 - even, 10) == digit(s, 9)
                && (odd + even + digit(s, 9)) % 10 == digit(s, 10);
    }

    private static boolean vkn(String s) {
        int sum = 0;
        for (int i = 1; i < 10; i++) {
            int shifted = (digit(s, 9 - i) + i) % 10;
            int value = (shifted << i) % 9;
            sum += shifted != 0 && value == 0 ? 9 : value;
        }
        return (10 - sum % 10) % 10 == digit(s, 9);
    }

    private static boolean inn(String s) {
        return s.length() == 10
                ? weighted(s, 2, 4, 10, 3, 5, 9, 4, 6, 8) % 11 % 10 == digit(s, 9)
                : weighted(s, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8) % 11 % 10 == digit(s, 10)
                        && weighted(s, 3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8) % 11 % 10 == digit(s, 11);
    }

    private static boolean cyprus(String s) {
        int sum = 0;
        for (int i = 0; i < 8; i++) {
            sum += i % 2 == 0 ? CYPRUS[digit(s, i)] : digit(s, i);
        }
        return !s.startsWith("12") && s.charAt(8) == 'A' + sum % 26;
    }
}
