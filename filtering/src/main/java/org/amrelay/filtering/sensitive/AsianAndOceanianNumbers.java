// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive;

import java.util.List;

/** Identity and tax numbers of Asia, Oceania and Africa. Stateless. */
final class AsianAndOceanianNumbers {
    private static final String TAIWANESE = "ABCDEFGHJKLMNPQRSTUVXYWZIO";

    static final List<NumberType> ALL = List.of(
            NumberType.digits("australian-tax-file-number", 8, 9, AsianAndOceanianNumbers::tfn)
                    .words("tfn", "tax file", "tax file number"),
            NumberType.digits(
                            "australian-medicare-number",
                            10,
                            11,
                            c -> c.digit(0) >= 2
                                    && c.digit(0) <= 6
                                    && Digits.sum(c.compact(), 1, 3, 7, 9, 1, 3, 7, 9) % 10 == c.digit(8)
                                    && c.digit(9) != 0)
                    .words("medicare", "medicare number", "medicare card"),
            NumberType.digits(
                            "australian-business-number",
                            11,
                            11,
                            c -> c.digit(0) != 0
                                    && (Digits.sum(c.compact(), 10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19) - 10) % 89 == 0)
                    .words("abn", "business number"),
            NumberType.digits("new-zealand-tax-number", 8, 9, AsianAndOceanianNumbers::ird)
                    .words("ird", "ird number", "inland revenue"),
            NumberType.digits(
                            "indian-aadhaar",
                            12,
                            12,
                            c -> c.digit(0) >= 2
                                    && (c.isPlain() || c.hasGroups("4 4 4"))
                                    && !new StringBuilder(c.compact())
                                            .reverse()
                                            .toString()
                                            .equals(c.compact())
                                    && Digits.verhoeff(c.compact()))
                    .grouped(75)
                    .words("aadhaar", "aadhar", "uidai", "uid", "आधार"),
            NumberType.mixed(
                            "indian-pan",
                            10,
                            10,
                            c -> c.isPlain()
                                    && !c.small()
                                    && Digits.areLetters(c.compact(), 0, 5)
                                    && "ABCFGHJLPTK".indexOf(c.compact().charAt(3)) >= 0
                                    && Digits.areDigits(c.compact(), 5, 9)
                                    && !c.compact().startsWith("0000", 5)
                                    && Digits.areLetters(c.compact(), 9, 10))
                    .alone(75)
                    .words("pan", "permanent account", "income tax", "pan card", "pan number"),
            NumberType.mixed("chinese-resident-id", 18, 18, AsianAndOceanianNumbers::residentId)
                    .alone(85)
                    .words("身份证", "身份證", "身份证号", "公民身份号码", "resident id", "id card"),
            NumberType.digits("japanese-my-number", 12, 12, AsianAndOceanianNumbers::myNumber)
                    .words("マイナンバー", "個人番号", "my number", "mynumber"),
            NumberType.digits("korean-resident-number", 13, 13, AsianAndOceanianNumbers::koreanNumber)
                    .grouped(75)
                    .words("주민등록번호", "주민번호", "외국인등록번호", "resident registration", "rrn"),
            NumberType.mixed("singaporean-nric", 9, 9, AsianAndOceanianNumbers::nric)
                    .alone(75)
                    .words("nric", "fin", "identity card", "ic number"),
            NumberType.mixed("hong-kong-id", 8, 9, AsianAndOceanianNumbers::hkid)
                    .grouped(75)
                    .words("hkid", "hong kong id", "identity card", "身份證"),
            NumberType.mixed("taiwanese-id", 10, 10, AsianAndOceanianNumbers::taiwaneseId)
                    .alone(75)
                    .words("身分證", "身分證字號", "國民身分證", "national id"),
            NumberType.digits("thai-id", 13, 13, AsianAndOceanianNumbers::thaiId)
                    .anySigns()
                    .grouped(75)
                    .words("บัตรประชาชน", "เลขประจำตัวประชาชน", "thai id", "national id", "citizen id"),
            NumberType.digits(
                            "malaysian-id",
                            12,
                            12,
                            c -> (c.isPlain() || c.shape().equals("6-2-4"))
                                    && Digits.isShortDate(
                                            (int) c.number(0, 2), (int) c.number(2, 4), (int) c.number(4, 6))
                                    && c.number(6, 8) != 0
                                    && c.number(6, 8) <= 93)
                    .grouped(65)
                    .words("mykad", "nric", "kad pengenalan", "no. kp", "ic number", "identity card"),
            NumberType.digits("indonesian-id", 16, 16, AsianAndOceanianNumbers::nik)
                    .words("nik", "ktp", "nomor induk kependudukan"),
            NumberType.digits(
                            "pakistani-id",
                            13,
                            13,
                            c -> (c.isPlain() || c.shape().equals("5-7-1")) && c.digit(0) != 0)
                    .words("cnic", "nadra", "national identity card", "nicop"),
            NumberType.digits("israeli-id", 9, 9, c -> Digits.luhn(c.compact()) && c.number(0, 9) > 99_999)
                    .words("תעודת זהות", "מספר זהות", "ת.ז", "teudat zehut", "israeli id", "israel id"),
            NumberType.digits(
                            "emirates-id",
                            15,
                            15,
                            c -> c.compact().startsWith("784")
                                    && (c.isPlain() || c.hasGroups("3 4 7 1"))
                                    && Digits.luhn(c.compact()))
                    .alone(75)
                    .words("emirates id", "eid", "الهوية", "id number"),
            NumberType.digits("kazakh-iin", 12, 12, AsianAndOceanianNumbers::iin)
                    .words("жсн", "иин", "iin"),
            NumberType.digits(
                            "south-african-id",
                            13,
                            13,
                            c -> c.digit(10) <= 2
                                    && Digits.luhn(c.compact())
                                    && Digits.isShortDate(
                                            (int) c.number(0, 2), (int) c.number(2, 4), (int) c.number(4, 6)))
                    .alone(75)
                    .words("id number", "identity number", "south african id", "sa id", "rsa id", "id no"));

    private AsianAndOceanianNumbers() {}

    private static boolean tfn(Candidate c) {
        int sum = c.length() == 9
                ? Digits.sum(c.compact(), 1, 4, 3, 7, 5, 8, 6, 9, 10)
                : Digits.sum(c.compact(), 10, 7, 8, 4, 6, 3, 5, 1);
        return sum % 11 == 0 && !Digits.isMadeUp(c.compact());
    }

    private static boolean ird(Candidate c) {
        String n = c.length() == 8 ? "0" + c.compact() : c.compact();
        long number = Long.parseLong(n);
        int check = (11 - Digits.sum(n, 3, 2, 7, 6, 5, 4, 3, 2) % 11) % 11;
        if (check == 10) {
            check = (11 - Digits.sum(n, 7, 4, 3, 2, 5, 2, 7, 6) % 11) % 11;
        }
        return number > 10_000_000 && number < 150_000_000 && check == n.charAt(8) - '0';
    }

    /** GB 11643: ISO/IEC 7064 MOD 11-2. */
    private static boolean residentId(Candidate c) {
        String n = c.compact();
        if (!c.isPlain()
                || !Digits.areDigits(n, 0, 17)
                || n.charAt(0) == '0'
                || !Digits.isDate((int) c.number(6, 10), (int) c.number(10, 12), (int) c.number(12, 14))) {
            return false;
        }
        int sum = Digits.sum(n, 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2);
        return "10X98765432".charAt(sum % 11) == n.charAt(17);
    }

    private static boolean myNumber(Candidate c) {
        int rest = Digits.sum(c.compact(), 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11;
        return (rest < 2 ? 0 : 11 - rest) == c.digit(11) && !Digits.isMadeUp(c.compact());
    }

    /** The check digit is not kept since October 2020. */
    private static boolean koreanNumber(Candidate c) {
        int check = (11 - Digits.sum(c.compact(), 2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5) % 11) % 10;
        boolean recent = c.number(0, 2) >= 20 && c.number(0, 2) <= 40;
        return (c.isPlain() || c.shape().equals("6-7"))
                && Digits.isShortDate((int) c.number(0, 2), (int) c.number(2, 4), (int) c.number(4, 6))
                && (check == c.digit(12) || recent);
    }

    private static boolean nric(Candidate c) {
        String n = c.compact();
        int kind = "STFGM".indexOf(n.charAt(0));
        if (kind < 0 || !c.isPlain() || c.small() || !Digits.areDigits(n, 1, 8)) {
            return false;
        }
        int sum = Digits.sum(n.substring(1), 2, 7, 6, 5, 4, 3, 2);
        return switch (n.charAt(0)) {
            case 'S' -> n.charAt(8) == "JZIHGFEDCBA".charAt(sum % 11);
            case 'T' -> n.charAt(8) == "JZIHGFEDCBA".charAt((sum + 4) % 11);
            case 'F' -> n.charAt(8) == "XWUTRQPNMLK".charAt(sum % 11);
            case 'G' -> n.charAt(8) == "XWUTRQPNMLK".charAt((sum + 4) % 11);
            default -> n.charAt(8) == "KLJNPQRTUWX".charAt(10 - (sum + 3) % 11);
        };
    }

    private static boolean hkid(Candidate c) {
        String n = c.length() == 8 ? " " + c.compact() : c.compact();
        if (c.small()
                || !Digits.areLetters(n.strip(), 0, n.strip().length() - 7)
                || !Digits.areDigits(n, 2, 8)
                || !c.isPlain() && !c.shape().endsWith("(1")) {
            return false;
        }
        int sum = (n.charAt(0) == ' ' ? 36 : n.charAt(0) - 'A' + 10) * 9
                + (n.charAt(1) - 'A' + 10) * 8
                + Digits.sum(n.substring(2), 7, 6, 5, 4, 3, 2);
        int check = (11 - sum % 11) % 11;
        return n.charAt(8) == (check == 10 ? 'A' : (char) ('0' + check));
    }

    private static boolean taiwaneseId(Candidate c) {
        String n = c.compact();
        int letter = TAIWANESE.indexOf(n.charAt(0)) + 10;
        return letter >= 10
                && c.isPlain()
                && !c.small()
                && Digits.areDigits(n, 1, 10)
                && "1289".indexOf(n.charAt(1)) >= 0
                && (letter / 10 + letter % 10 * 9 + Digits.sum(n.substring(1), 8, 7, 6, 5, 4, 3, 2, 1, 1)) % 10 == 0;
    }

    private static boolean thaiId(Candidate c) {
        int sum = Digits.sum(c.compact(), 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2);
        return c.digit(0) != 0 && (c.isPlain() || c.hasGroups("1 4 5 2 1")) && (11 - sum % 11) % 10 == c.digit(12);
    }

    private static boolean nik(Candidate c) {
        int day = (int) c.number(6, 8);
        return c.digit(0) != 0
                && Digits.isShortDate((int) c.number(10, 12), (int) c.number(8, 10), day > 40 ? day - 40 : day)
                && c.number(12, 16) != 0;
    }

    private static boolean iin(Candidate c) {
        int check = Digits.sum(c.compact(), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11) % 11;
        if (check == 10) {
            check = Digits.sum(c.compact(), 3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2) % 11;
        }
        return check == c.digit(11)
                && Digits.isShortDate((int) c.number(0, 2), (int) c.number(2, 4), (int) c.number(4, 6));
    }
}
