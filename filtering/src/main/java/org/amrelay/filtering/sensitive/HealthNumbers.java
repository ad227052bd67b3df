// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive;

import java.util.List;

/** Numbers of patients and of those who treat them. Stateless. */
final class HealthNumbers {
    private static final String NO_MBI_LETTER = "SLOIBZ";

    static final List<NumberType> ALL = List.of(
            NumberType.digits("uk-nhs-number", 10, 10, HealthNumbers::nhs)
                    .grouped(65)
                    .words("nhs", "nhs number", "nhs no", "patient", "national health"),
            NumberType.mixed("us-dea-number", 9, 9, HealthNumbers::dea)
                    .alone(65)
                    .words("dea", "dea#", "dea number", "dea registration", "prescriber"),
            NumberType.digits(
                            "us-npi",
                            10,
                            10,
                            c -> c.isPlain()
                                    && c.digit(0) <= 2
                                    && c.digit(0) >= 1
                                    && Digits.luhn("80840" + c.compact()))
                    .words("npi", "national provider"),
            NumberType.mixed("us-medicare-number", 11, 11, HealthNumbers::mbi)
                    .alone(75)
                    .words("mbi", "medicare", "beneficiary"),
            NumberType.mixed("german-health-insurance-number", 10, 10, HealthNumbers::kvnr)
                    .alone(65)
                    .words(
                            "krankenversicherungsnummer",
                            "krankenversichertennummer",
                            "versichertennummer",
                            "kvnr",
                            "krankenkasse",
                            "gesundheitskarte"),
            NumberType.mixed(
                            "medical-record-number",
                            6,
                            10,
                            c -> c.isPlain()
                                    && c.compact()
                                                    .chars()
                                                    .filter(Character::isDigit)
                                                    .count()
                                            >= 5)
                    .words("mrn", "medical record", "patient id", "patient number", "patientennummer", "fallnummer"));

    private HealthNumbers() {}

    private static boolean nhs(Candidate c) {
        int check = 11 - Digits.sum(c.compact(), 10, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
        return (c.isPlain() || c.hasGroups("3 3 4"))
                && (check == 11 ? 0 : check) == c.digit(9)
                && !Digits.isMadeUp(c.compact());
    }

    private static boolean dea(Candidate c) {
        String n = c.compact();
        if (!c.isPlain()
                || c.small()
                || "ABCDEFGHJKLMPRSTUX".indexOf(n.charAt(0)) < 0
                || !Character.isLetterOrDigit(n.charAt(1))
                || !Digits.areDigits(n, 2, 9)) {
            return false;
        }
        int odd = c.digit(2) + c.digit(4) + c.digit(6);
        int even = c.digit(3) + c.digit(5) + c.digit(7);
        return (odd + 2 * even) % 10 == c.digit(8) && (Character.isLetter(n.charAt(1)) || n.charAt(1) == '9');
    }

    /** Letters and digits in the places that the form has for them; some letters are never used. */
    private static boolean mbi(Candidate c) {
        String n = c.compact();
        return !c.small()
                && (c.isPlain() || c.shape().equals("4-3-4"))
                && isDigit(n, 0)
                && n.charAt(0) != '0'
                && isLetter(n, 1)
                && (isLetter(n, 2) || isDigit(n, 2))
                && isDigit(n, 3)
                && isLetter(n, 4)
                && (isLetter(n, 5) || isDigit(n, 5))
                && isDigit(n, 6)
                && isLetter(n, 7)
                && isLetter(n, 8)
                && isDigit(n, 9)
                && isDigit(n, 10);
    }

    private static boolean isDigit(String text, int at) {
        return Character.isDigit(text.charAt(at));
    }

    private static boolean isLetter(String text, int at) {
        return Character.isLetter(text.charAt(at)) && NO_MBI_LETTER.indexOf(text.charAt(at)) < 0;
    }

    /** A letter and nine digits; the letter counts as two digits, weights 1 and 2 in turn. */
    private static boolean kvnr(Candidate c) {
        String n = c.compact();
        if (!c.isPlain() || c.small() || !Digits.areLetters(n, 0, 1) || !Digits.areDigits(n, 1, 10)) {
            return false;
        }
        int letter = n.charAt(0) - 'A' + 1;
        String all = "" + letter / 10 + letter % 10 + n.substring(1, 9);
        int sum = 0;
        for (int i = 0; i < all.length(); i++) {
            int part = (all.charAt(i) - '0') * (i % 2 + 1);
            sum += part / 10 + part % 10;
        }
        return sum % 10 == c.digit(9);
    }
}
