// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.List;

/** Telephone numbers and dates of birth. Stateless; linear in the text. */
final class Contacts {
    static final String PHONE = "phone-number";

    static final List<NumberType> ALL = List.of(NumberType.digits("date-of-birth", 6, 8, Contacts::isDate)
            .words(
                    "dob",
                    "d.o.b",
                    "date of birth",
                    "birth date",
                    "birthdate",
                    "born",
                    "geburtsdatum",
                    "geboren",
                    "geb.",
                    "date de naissance",
                    "né le",
                    "née le",
                    "fecha de nacimiento",
                    "data di nascita",
                    "nato il",
                    "nata il",
                    "data de nascimento",
                    "geboortedatum",
                    "data urodzenia",
                    "född",
                    "fødselsdato",
                    "syntymäaika",
                    "дата рождения",
                    "doğum tarihi",
                    "出生日期",
                    "生年月日",
                    "생년월일"));

    private static final int LEAST = 7;
    private static final int MOST = 15;

    private Contacts() {}

    private static boolean isDate(Candidate c) {
        if (c.hasGroups("4 2 2") || c.isPlain() && c.length() == 8 && c.number(0, 4) > 1900) {
            return Digits.isDate((int) c.number(0, 4), (int) c.number(4, 6), (int) c.number(6, 8));
        }
        String[] groups = c.shape().split("\\D");
        if (groups.length != 3 || c.shape().indexOf(' ') >= 0) {
            return false;
        }
        int first = Integer.parseInt(groups[0]);
        int second = first + Integer.parseInt(groups[1]);
        int year = (int) c.number(second, c.length());
        int whole = c.length() - second == 4 ? year : 1900 + year;
        int one = (int) c.number(0, first);
        int two = (int) c.number(first, second);
        return first <= 2 && (Digits.isDate(whole, two, one) || Digits.isDate(whole, one, two));
    }

    /** Numbers with a country's code, wherever they are; a plus sign begins them (E.123). */
    static void phones(String text, List<SensitiveMatch> found) {
        for (int at = text.indexOf('+'); at >= 0; at = text.indexOf('+', at + 1)) {
            int end = at + 1;
            int digits = 0;
            int last = end;
            while (end < text.length() && digits <= MOST && isOfNumber(text.charAt(end))) {
                if (Character.isDigit(text.charAt(end))) {
                    digits++;
                    last = end + 1;
                }
                end++;
            }
            boolean inWord = at > 0 && Candidates.isSign(text.charAt(at - 1));
            if (!inWord && digits >= LEAST && digits <= MOST && isValid(text.substring(at, last))) {
                String number = text.substring(at, last);
                found.add(new SensitiveMatch(PHONE, at, number.length(), 75, Masking.mask(number)));
            }
        }
    }

    private static boolean isOfNumber(char c) {
        return c >= '0' && c <= '9' || " -./()\u00a0\u2011\u2013".indexOf(c) >= 0;
    }

    private static boolean isValid(String number) {
        PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
        try {
            return numbers.isValidNumber(numbers.parse(number, "ZZ"));
        } catch (NumberParseException none) {
            return false;
        }
    }
}
