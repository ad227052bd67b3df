// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive.number;

import static org.amrelay.filtering.sensitive.number.CheckDigits.digit;
import static org.amrelay.filtering.sensitive.number.CheckDigits.isDate;
import static org.amrelay.filtering.sensitive.number.CheckDigits.luhn;
import static org.amrelay.filtering.sensitive.number.CheckDigits.number;
import static org.amrelay.filtering.sensitive.number.CheckDigits.weighted;

import java.util.Map;
import java.util.function.Predicate;

/** National numbers of Asia, Africa and Oceania. */
final class EasternChecks {
    private static final String TAIWAN = "ABCDEFGHJKLMNPQRSTUVXYWZIO";
    private static final String NEW_ZEALAND = "ABCDEFGHJKLMNPQRSTUVWXYZ";

    private EasternChecks() {}

    static Map<String, Predicate<String>> all() {
        return Map.ofEntries(
                Map.entry("tfn", s -> weighted(s, 1, 4, 3, 7, 5, 8, 6, 9, 10) % 11 == 0),
                Map.entry("medicare", EasternChecks::medicare),
                Map.entry(
                        "abn",
                        s -> (weighted(s, 10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19) - 10) % 89 == 0 && s.charAt(0) != '0'),
                Map.entry("acn", s -> (10 - weighted(s, 8, 7, 6, 5, 4, 3, 2, 1) % 10) % 10 == digit(s, 8)),
                Map.entry("ird", EasternChecks::ird),
                Map.entry("nhi", EasternChecks::nhi),
                Map.entry("aadhaar", s -> s.charAt(0) > '1' && CheckDigits.verhoeff(s)),
                Map.entry("pan", s -> "PCHFATBLJG".indexOf(s.charAt(3)) >= 0),
                Map.entry("gstin", EasternChecks::gstin),
                Map.entry("resident-id", EasternChecks::residentId),
                Map.entry("my-number", EasternChecks::myNumber),
                Map.entry("kr-rrn", EasternChecks::korean),
                Map.entry("nric", EasternChecks::nric),
                Map.entry("hkid", EasternChecks::hkid),
                Map.entry("tw-id", EasternChecks::taiwanese),
                Map.entry("th-id", EasternChecks::thai),
                Map.entry("my-nric", EasternChecks::malaysian),
                Map.entry("nik", EasternChecks::nik),
                Map.entry("za-id", s -> CheckDigits.isYmd(s, 0) && s.charAt(10) < '3' && luhn(s)),
                Map.entry("emirates-id", EasternChecks::emirates),
                Map.entry("sa-id", s -> (s.charAt(0) == '1' || s.charAt(0) == '2') && luhn(s)),
                Map.entry("code-melli", EasternChecks::codeMelli));
    }

    private static boolean medicare(String s) {
        return s.charAt(0) > '1'
                && s.charAt(0) < '7'
                && weighted(s, 1, 3, 7, 9, 1, 3, 7, 9) % 10 == digit(s, 8)
                && s.charAt(9) != '0';
    }

    private static boolean ird(String s) {
        String nine = s.length() == 8 ? "0" + s : s;
        int whole = number(nine, 0, 9);
        int check = (11 - weighted(nine, 3, 2, 7, 6, 5, 4, 3, 2) % 11) % 11;
        if (check == 10) {
            check = (11 - weighted(nine, 7, 4, 3, 2, 5, 2, 7, 6) % 11) % 11;
        }
        return whole > 10_000_000 && whole < 150_000_000 && check == digit(nine, 8);
    }

    private static boolean nhi(String s) {
        int sum = 0;
        for (int i = 0; i < 6; i++) {
            int letter = NEW_ZEALAND.indexOf(s.charAt(i)) + 1;
            if (letter == 0 && s.charAt(i) > '9') {
                return false;
            }
            sum += (7 - i) * (letter > 0 ? letter : digit(s, i));
        }
        if (s.charAt(6) > '9') {
            return NEW_ZEALAND.charAt(23 - sum % 24) == s.charAt(6);
        }
        return sum % 11 != 0 && (11 - sum % 11) % 10 == digit(s, 6);
    }

    private static boolean gstin(String s) {
        int state = number(s, 0, 2);
        int sum = 0;
        for (int i = 0; i < 14; i++) {
            int product = Character.digit(s.charAt(i), 36) * (1 + i % 2);
            sum += product / 36 + product % 36;
        }
        return (state >= 1 && state <= 38 || state == 97) && Character.digit(s.charAt(14), 36) == (36 - sum % 36) % 36;
    }

    private static boolean residentId(String s) {
        int region = digit(s, 0);
        int year = number(s, 6, 10);
        return region >= 1
                && (region <= 6 || region >= 8)
                && year >= 1900
                && year < 2100
                && isDate(year, number(s, 10, 12), number(s, 12, 14))
                && s.charAt(17)
                        == "10X98765432".charAt(weighted(s, 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2) % 11);
    }

    private static boolean myNumber(String s) {
        int rest = weighted(s, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11;
        return digit(s, 11) == (rest < 2 ? 0 : 11 - rest);
    }

    private static boolean korean(String s) {
        int check = 11 - weighted(s, 2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5) % 11;
        boolean foreign = s.charAt(6) > '4' && s.charAt(6) < '9';
        return CheckDigits.isYmd(s, 0) && (digit(s, 12) == check % 10 || foreign && digit(s, 12) == (check + 2) % 10);
    }

    private static boolean nric(String s) {
        int sum = weighted(s.substring(1), 2, 7, 6, 5, 4, 3, 2);
        return switch (s.charAt(0)) {
            case 'S' -> s.charAt(8) == "JZIHGFEDCBA".charAt(sum % 11);
            case 'T' -> s.charAt(8) == "JZIHGFEDCBA".charAt((sum + 4) % 11);
            case 'F' -> s.charAt(8) == "XWUTRQPNMLK".charAt(sum % 11);
            case 'G' -> s.charAt(8) == "XWUTRQPNMLK".charAt((sum + 4) % 11);
            case 'M' -> s.charAt(8) == "XWUTRQPNJLK".charAt((sum + 3) % 11);
            default -> false;
        };
    }

    private static boolean hkid(String s) {
        boolean one = s.length() == 8;
        int sum = one
                ? 9 * 36 + 8 * (s.charAt(0) - 'A' + 10)
                : 9 * (s.charAt(0) - 'A' + 10) + 8 * (s.charAt(1) - 'A' + 10);
        sum += weighted(s.substring(one ? 1 : 2), 7, 6, 5, 4, 3, 2);
        char last = s.charAt(s.length() - 1);
        return last <= 'A' && (sum + (last == 'A' ? 10 : last - '0')) % 11 == 0;
    }

    private static boolean taiwanese(String s) {
        int letter = TAIWAN.indexOf(s.charAt(0)) + 10;
        int sum = letter / 10 + letter % 10 * 9 + weighted(s.substring(1), 8, 7, 6, 5, 4, 3, 2, 1, 1);
        return "1289".indexOf(s.charAt(1)) >= 0 && sum % 10 == 0;
    }

    private static boolean thai(String s) {
        return s.charAt(0) != '0'
                && s.charAt(0) != '9'
                && (11 - weighted(s, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) % 11) % 10 == digit(s, 12);
    }

    private static boolean malaysian(String s) {
        int place = number(s, 6, 8);
        return CheckDigits.isYmd(s, 0)
                && place > 0
                && (place < 17 || place > 20)
                && place != 69
                && place != 70
                && place != 73
                && place != 80
                && place != 81
                && (place < 94 || place > 97);
    }

    private static boolean nik(String s) {
        int province = number(s, 0, 2);
        int day = number(s, 6, 8);
        return province > 10
                && province < 95
                && isDate(number(s, 10, 12), number(s, 8, 10), day > 40 ? day - 40 : day)
                && number(s, 12, 16) > 0;
    }

    private static boolean emirates(String s) {
        int year = number(s, 3, 7);
        return s.startsWith("784") && year > 1900 && year < 2100 && luhn(s);
    }

    private static boolean codeMelli(String s) {
        int rest = weighted(s, 10, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
        return digit(s, 9) == (rest < 2 ? rest : 11 - rest);
    }
}
