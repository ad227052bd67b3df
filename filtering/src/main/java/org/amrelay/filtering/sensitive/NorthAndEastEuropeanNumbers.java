// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive;

import java.util.List;

/** Identity and tax numbers of northern and eastern Europe. Stateless. */
final class NorthAndEastEuropeanNumbers {
    private static final String FINNISH = "0123456789ABCDEFHJKLMNPRSTUVWXY";

    static final List<NumberType> ALL = List.of(
            NumberType.digits("swedish-personal-number", 10, 12, NorthAndEastEuropeanNumbers::personnummer)
                    .grouped(75)
                    .words(
                            "personnummer",
                            "personnr",
                            "samordningsnummer",
                            "pnr",
                            "personal number",
                            "personal identity"),
            NumberType.digits("norwegian-birth-number", 11, 11, NorthAndEastEuropeanNumbers::fodselsnummer)
                    .alone(75)
                    .words("fødselsnummer", "fodselsnummer", "personnummer", "fnr", "d-nummer", "birth number"),
            NumberType.digits("danish-cpr-number", 10, 10, NorthAndEastEuropeanNumbers::cpr)
                    .grouped(65)
                    .words("cpr", "cpr-nummer", "cpr-nr", "cprnr", "personnummer", "civil registration"),
            NumberType.mixed("finnish-personal-id", 10, 11, NorthAndEastEuropeanNumbers::hetu)
                    .alone(85)
                    .words("hetu", "henkilötunnus", "henkilotunnus", "personbeteckning", "sotu"),
            NumberType.digits("icelandic-id", 10, 10, NorthAndEastEuropeanNumbers::kennitala)
                    .words("kennitala", "kt"),
            NumberType.digits("polish-pesel", 11, 11, NorthAndEastEuropeanNumbers::pesel)
                    .alone(65)
                    .words("pesel", "numer pesel"),
            NumberType.digits("polish-nip", 10, 10, c -> {
                        int rest = Digits.sum(c.compact(), 6, 5, 7, 2, 3, 4, 5, 6, 7) % 11;
                        return rest == c.digit(9) && c.number(0, 9) > 0;
                    })
                    .words("nip", "numer nip", "identyfikacji podatkowej"),
            NumberType.digits("czech-slovak-birth-number", 9, 10, NorthAndEastEuropeanNumbers::rodneCislo)
                    .grouped(75)
                    .words("rodné číslo", "rodne cislo", "r.č", "rč", "rodného čísla", "birth number"),
            NumberType.digits(
                            "hungarian-tax-id",
                            10,
                            10,
                            c -> c.digit(0) == 8
                                    && Digits.sum(c.compact(), 1, 2, 3, 4, 5, 6, 7, 8, 9) % 11 == c.digit(9))
                    .words("adóazonosító", "adoazonosito", "adóazonosító jel", "tax id"),
            NumberType.digits(
                            "hungarian-social-security-number",
                            9,
                            9,
                            c -> Digits.sum(c.compact(), 3, 7, 3, 7, 3, 7, 3, 7) % 10 == c.digit(8)
                                    && c.number(0, 8) > 0)
                    .words("taj", "taj-szám", "taj szám", "társadalombiztosítási"),
            NumberType.digits("romanian-cnp", 13, 13, NorthAndEastEuropeanNumbers::cnp)
                    .alone(75)
                    .words("cnp", "cod numeric personal"),
            NumberType.digits("bulgarian-egn", 10, 10, NorthAndEastEuropeanNumbers::egn)
                    .words("егн", "egn", "единен граждански номер"),
            NumberType.digits("greek-tax-number", 9, 9, c -> {
                        int sum = Digits.sum(c.compact(), 256, 128, 64, 32, 16, 8, 4, 2);
                        return c.number(0, 9) > 0 && sum % 11 % 10 == c.digit(8);
                    })
                    .words("αφμ", "α.φ.μ", "afm", "vat", "αριθμός φορολογικού"),
            NumberType.digits(
                            "greek-social-security-number",
                            11,
                            11,
                            c -> Digits.luhn(c.compact())
                                    && Digits.isShortDate(
                                            (int) c.number(4, 6), (int) c.number(2, 4), (int) c.number(0, 2)))
                    .words("αμκα", "α.μ.κ.α", "amka"),
            NumberType.digits("croatian-oib", 11, 11, c -> Digits.mod1110(c.compact()))
                    .words("oib", "osobni identifikacijski broj"),
            NumberType.digits("yugoslav-citizen-number", 13, 13, NorthAndEastEuropeanNumbers::jmbg)
                    .alone(75)
                    .words("jmbg", "emšo", "emso", "јмбг", "matični broj", "matični broj", "embg"),
            NumberType.digits("baltic-personal-code", 11, 11, NorthAndEastEuropeanNumbers::isikukood)
                    .alone(65)
                    .words("isikukood", "asmens kodas", "ik", "a.k", "personal code"),
            NumberType.digits("latvian-personal-code", 11, 11, NorthAndEastEuropeanNumbers::personasKods)
                    .grouped(65)
                    .words("personas kods", "personas koda", "p.k", "personal code"),
            NumberType.digits("turkish-identity-number", 11, 11, NorthAndEastEuropeanNumbers::kimlik)
                    .alone(65)
                    .words("kimlik", "tc kimlik", "t.c. kimlik", "tckn", "kimlik no", "kimlik numarası"),
            NumberType.digits(
                            "ukrainian-tax-number",
                            10,
                            10,
                            c -> Math.floorMod(Digits.sum(c.compact(), -1, 5, 7, 9, 4, 6, 10, 5, 7), 11) % 10
                                    == c.digit(9))
                    .words("рнокпп", "іпн", "ідентифікаційний код", "ідентифікаційний номер", "инн"),
            NumberType.digits("russian-tax-number", 10, 12, NorthAndEastEuropeanNumbers::inn)
                    .words("инн", "inn"),
            NumberType.digits("russian-pension-number", 11, 11, NorthAndEastEuropeanNumbers::snils)
                    .anySigns()
                    .grouped(75)
                    .words("снилс", "snils", "страховой номер"));

    private NorthAndEastEuropeanNumbers() {}

    private static boolean personnummer(Candidate c) {
        if (c.length() == 11 || !c.isPlain() && !c.hasGroups("6 4") && !c.hasGroups("8 4")) {
            return false;
        }
        if (!c.isPlain() && c.shape().indexOf('-') < 0 && c.shape().indexOf('+') < 0) {
            return false;
        }
        String n = c.compact().substring(c.length() - 10);
        int day = Integer.parseInt(n, 4, 6, 10);
        return Digits.luhn(n)
                && (c.length() == 10 || c.number(0, 2) >= 18 && c.number(0, 2) <= 20)
                && Digits.isShortDate(
                        Integer.parseInt(n, 0, 2, 10), Integer.parseInt(n, 2, 4, 10), day > 60 ? day - 60 : day);
    }

    private static boolean fodselsnummer(Candidate c) {
        String n = c.compact();
        int day = (int) c.number(0, 2);
        int month = (int) c.number(2, 4);
        return Digits.sum(n, 3, 7, 6, 1, 8, 9, 4, 5, 2, 1) % 11 == 0
                && Digits.sum(n, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0
                && Digits.isShortDate((int) c.number(4, 6), month > 40 ? month - 40 : month, day > 40 ? day - 40 : day);
    }

    /** The check digit is not kept since 2007, so that a date and the dash, or a word, have to do. */
    private static boolean cpr(Candidate c) {
        boolean written = c.isPlain() || c.shape().equals("6-4") || c.shape().equals("6 4");
        boolean checked = Digits.sum(c.compact(), 4, 3, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0;
        return written
                && (checked || c.isPlain() || c.shape().equals("6-4"))
                && Digits.isShortDate((int) c.number(4, 6), (int) c.number(2, 4), (int) c.number(0, 2));
    }

    /** Day, month, year, a sign of the century, a number, a check sign; the sign of the century may be a letter. */
    private static boolean hetu(Candidate c) {
        String n = c.compact();
        boolean signed = c.shape().equals("6-4") || c.shape().equals("6+4");
        if (n.length() == 10 ? !signed : !c.isPlain() || "ABCDEFUVWXY".indexOf(n.charAt(6)) < 0) {
            return false;
        }
        String number = n.substring(n.length() - 4, n.length() - 1);
        return Digits.areDigits(n, 0, 6)
                && Digits.areDigits(number, 0, 3)
                && Digits.isShortDate(
                        Integer.parseInt(n, 4, 6, 10), Integer.parseInt(n, 2, 4, 10), Integer.parseInt(n, 0, 2, 10))
                && FINNISH.charAt((int) (Long.parseLong(n.substring(0, 6) + number) % 31)) == n.charAt(n.length() - 1);
    }

    private static boolean kennitala(Candidate c) {
        int rest = Digits.sum(c.compact(), 3, 2, 7, 6, 5, 4, 3, 2) % 11;
        int day = (int) c.number(0, 2);
        return (rest == 0 ? 0 : 11 - rest) == c.digit(8)
                && (c.digit(9) == 0 || c.digit(9) >= 8)
                && Digits.isShortDate((int) c.number(4, 6), (int) c.number(2, 4), day > 40 ? day - 40 : day);
    }

    private static boolean pesel(Candidate c) {
        int month = (int) c.number(2, 4) % 20;
        return Digits.sum(c.compact(), 1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1) % 10 == 0
                && Digits.isShortDate((int) c.number(0, 2), month, (int) c.number(4, 6));
    }

    private static boolean rodneCislo(Candidate c) {
        if (!c.isPlain() && !c.shape().equals("6/4") && !c.shape().equals("6/3")) {
            return false;
        }
        int month = (int) c.number(2, 4) % 50;
        return (c.length() == 9 || c.number(0, 9) % 11 % 10 == c.digit(9))
                && Digits.isShortDate((int) c.number(0, 2), month > 20 ? month - 20 : month, (int) c.number(4, 6))
                && (c.length() == 10 || c.number(0, 2) < 54);
    }

    private static boolean cnp(Candidate c) {
        int rest = Digits.sum(c.compact(), 2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9) % 11;
        return c.digit(0) != 0
                && (rest == 10 ? 1 : rest) == c.digit(12)
                && Digits.isShortDate((int) c.number(1, 3), (int) c.number(3, 5), (int) c.number(5, 7));
    }

    private static boolean egn(Candidate c) {
        return Digits.sum(c.compact(), 2, 4, 8, 5, 10, 9, 7, 3, 6) % 11 % 10 == c.digit(9)
                && Digits.isShortDate((int) c.number(0, 2), (int) c.number(2, 4) % 20, (int) c.number(4, 6));
    }

    private static boolean jmbg(Candidate c) {
        int rest = 11 - Digits.sum(c.compact(), 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11;
        int year = (int) c.number(4, 7);
        return (rest > 9 ? 0 : rest) == c.digit(12)
                && (year >= 880 || year < 100)
                && Digits.isDate(year + (year >= 880 ? 1000 : 2000), (int) c.number(2, 4), (int) c.number(0, 2));
    }

    private static boolean isikukood(Candidate c) {
        int check = Digits.sum(c.compact(), 1, 2, 3, 4, 5, 6, 7, 8, 9, 1) % 11;
        if (check == 10) {
            check = Digits.sum(c.compact(), 3, 4, 5, 6, 7, 8, 9, 1, 2, 3) % 11 % 10;
        }
        return c.digit(0) >= 1
                && c.digit(0) <= 8
                && check == c.digit(10)
                && Digits.isShortDate((int) c.number(1, 3), (int) c.number(3, 5), (int) c.number(5, 7));
    }

    private static boolean personasKods(Candidate c) {
        boolean written = c.isPlain() || c.shape().equals("6-5");
        boolean check = (1 + Digits.sum(c.compact(), 10, 5, 8, 4, 2, 1, 6, 3, 7, 9)) % 11 % 10 == c.digit(10);
        boolean dated = Digits.isShortDate((int) c.number(4, 6), (int) c.number(2, 4), (int) c.number(0, 2));
        return written && (check && dated || c.number(0, 2) == 32);
    }

    private static boolean kimlik(Candidate c) {
        int odd = c.digit(0) + c.digit(2) + c.digit(4) + c.digit(6) + c.digit(8);
        int even = c.digit(1) + c.digit(3) + c.digit(5) + c.digit(7);
        return c.digit(0) != 0
                && Math.floorMod(odd * 7 - even, 10) == c.digit(9)
                && (odd + even + c.digit(9)) % 10 == c.digit(10);
    }

    private static boolean inn(Candidate c) {
        String n = c.compact();
        if (c.length() == 10) {
            return Digits.sum(n, 2, 4, 10, 3, 5, 9, 4, 6, 8) % 11 % 10 == c.digit(9);
        }
        return c.length() == 12
                && Digits.sum(n, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8) % 11 % 10 == c.digit(10)
                && Digits.sum(n, 3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8) % 11 % 10 == c.digit(11);
    }

    private static boolean snils(Candidate c) {
        int check = Digits.sum(c.compact(), 9, 8, 7, 6, 5, 4, 3, 2, 1) % 101 % 100;
        return (c.isPlain() || c.hasGroups("3 3 3 2")) && c.number(0, 9) > 1_001_998 && check == c.number(9, 11);
    }
}
