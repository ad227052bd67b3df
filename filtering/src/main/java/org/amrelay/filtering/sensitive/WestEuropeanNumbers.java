// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive;

import java.util.List;
import java.util.Set;

/** Identity and tax numbers of western Europe. Stateless. */
final class WestEuropeanNumbers {
    private static final String SPANISH = "TRWAGMYFPDXBNJZSQVHLCKE";
    private static final String IRISH = "WABCDEFGHIJKLMNOPQRSTUV";
    private static final Set<String> NO_NINO = Set.of("BG", "GB", "KN", "NK", "NT", "TN", "ZZ");
    private static final int[] ITALIAN_ODD = {
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23
    };

    static final List<NumberType> ALL = List.of(
            NumberType.mixed("uk-national-insurance-number", 9, 9, WestEuropeanNumbers::nino)
                    .alone(75)
                    .words("nino", "national insurance", "ni number", "ni no", "insurance number"),
            NumberType.digits("uk-tax-reference", 10, 10, WestEuropeanNumbers::utr)
                    .words("utr", "unique taxpayer", "tax reference", "taxpayer reference", "self assessment"),
            NumberType.digits("german-tax-id", 11, 11, WestEuropeanNumbers::steuerId)
                    .alone(65)
                    .words(
                            "steuer-id",
                            "steuerid",
                            "steueridentifikationsnummer",
                            "steuer-identifikationsnummer",
                            "identifikationsnummer",
                            "idnr",
                            "id-nr",
                            "tin",
                            "tax id",
                            "steuer-idnr",
                            "steuernummer"),
            NumberType.mixed("german-social-insurance-number", 12, 12, WestEuropeanNumbers::rentenversicherung)
                    .alone(65)
                    .words(
                            "sozialversicherungsnummer",
                            "rentenversicherungsnummer",
                            "versicherungsnummer",
                            "sv-nummer",
                            "rvnr",
                            "svnr",
                            "social security"),
            NumberType.mixed("german-identity-card", 10, 10, WestEuropeanNumbers::personalausweis)
                    .words("personalausweis", "ausweisnummer", "ausweis", "reisepass", "passnummer", "identity card"),
            NumberType.mixed("french-social-security-number", 15, 15, WestEuropeanNumbers::nir)
                    .anySigns()
                    .alone(75)
                    .words(
                            "nir",
                            "insee",
                            "sécurité sociale",
                            "securite sociale",
                            "numéro de sécurité sociale",
                            "n° de sécurité sociale",
                            "sécu",
                            "social security"),
            NumberType.digits("french-tax-number", 13, 13, c -> c.digit(0) <= 3)
                    .words("numéro fiscal", "numero fiscal", "n° fiscal", "spi", "référence fiscale", "impôts", "tin"),
            NumberType.mixed("spanish-dni", 9, 9, WestEuropeanNumbers::dni)
                    .anySigns()
                    .alone(75)
                    .words("dni", "nif", "nie", "documento nacional", "identidad", "documento de identidad"),
            NumberType.mixed("spanish-cif", 9, 9, WestEuropeanNumbers::cif)
                    .words("cif", "nif", "razón social", "identificación fiscal", "empresa"),
            NumberType.mixed("italian-fiscal-code", 16, 16, WestEuropeanNumbers::codiceFiscale)
                    .alone(85)
                    .words("codice fiscale", "cod. fisc", "c.f", "fiscal code"),
            NumberType.digits("italian-vat-number", 11, 11, c -> Digits.luhn(c.compact()) && c.number(0, 7) > 0)
                    .words("partita iva", "p.iva", "p. iva", "piva", "vat"),
            NumberType.digits("dutch-citizen-number", 8, 9, WestEuropeanNumbers::bsn)
                    .words(
                            "bsn",
                            "burgerservicenummer",
                            "burger service",
                            "sofinummer",
                            "sofi",
                            "citizen service number"),
            NumberType.digits("belgian-national-number", 11, 11, WestEuropeanNumbers::rijksregister)
                    .anySigns()
                    .grouped(75)
                    .words(
                            "rijksregisternummer",
                            "rijksregister",
                            "insz",
                            "numéro national",
                            "registre national",
                            "niss",
                            "national number",
                            "nationalregisternummer"),
            NumberType.digits("portuguese-tax-number", 9, 9, WestEuropeanNumbers::nif)
                    .words("nif", "contribuinte", "número de contribuinte", "identificação fiscal"),
            NumberType.mixed("irish-pps-number", 8, 9, WestEuropeanNumbers::pps)
                    .alone(65)
                    .words("pps", "ppsn", "personal public service", "pps number", "pps no", "rsi"),
            NumberType.digits("luxembourg-national-number", 13, 13, WestEuropeanNumbers::matricule)
                    .alone(75)
                    .words("matricule", "numéro national", "identification nationale"),
            NumberType.digits(
                            "swiss-social-security-number",
                            13,
                            13,
                            c -> c.compact().startsWith("756")
                                    && Digits.ean(c.compact())
                                    && !c.compact().substring(3).chars().allMatch(d -> d == '0'))
                    .alone(75)
                    .words("ahv", "avs", "ahv-nummer", "ahvn13", "sozialversicherungsnummer", "numéro avs", "navs13"),
            NumberType.digits("austrian-social-insurance-number", 10, 10, WestEuropeanNumbers::svnr)
                    .words(
                            "svnr",
                            "sv-nummer",
                            "sv-nr",
                            "sozialversicherungsnummer",
                            "versicherungsnummer",
                            "sozialversicherung"));

    private WestEuropeanNumbers() {}

    private static boolean nino(Candidate c) {
        String n = c.compact();
        return Digits.areLetters(n, 0, 2)
                && !c.small()
                && "DFIQUV".indexOf(n.charAt(0)) < 0
                && "DFIOQUV".indexOf(n.charAt(1)) < 0
                && !NO_NINO.contains(n.substring(0, 2))
                && Digits.areDigits(n, 2, 8)
                && n.charAt(8) >= 'A'
                && n.charAt(8) <= 'D'
                && (c.isPlain() || c.hasGroups("2 2 2 2 1") || c.hasGroups("2 6 1"));
    }

    private static boolean utr(Candidate c) {
        int sum = Digits.sum(c.compact().substring(1), 6, 7, 8, 9, 10, 5, 4, 3, 2);
        return "21987654321".charAt(sum % 11) == c.compact().charAt(0);
    }

    /** ISO 7064, and one digit of the first ten twice or three times, the others at most once. */
    private static boolean steuerId(Candidate c) {
        int[] counts = new int[10];
        for (int i = 0; i < 10; i++) {
            counts[c.digit(i)]++;
        }
        int repeated = 0;
        for (int count : counts) {
            if (count > 3) {
                return false;
            }
            repeated += count > 1 ? 1 : 0;
        }
        return c.digit(0) != 0 && repeated == 1 && Digits.mod1110(c.compact());
    }

    private static boolean rentenversicherung(Candidate c) {
        String n = c.compact();
        if (!Digits.areDigits(n, 0, 8) || !Digits.areLetters(n, 8, 9) || !Digits.areDigits(n, 9, 12)) {
            return false;
        }
        int day = Integer.parseInt(n, 2, 4, 10);
        int month = Integer.parseInt(n, 4, 6, 10);
        if (day < 1 || day > 31 || month < 1 || month > 12) {
            return false;
        }
        int letter = n.charAt(8) - 'A' + 1;
        String all = n.substring(0, 8) + letter / 10 + letter % 10 + n.substring(9, 11);
        int[] weights = {2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1};
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            int part = (all.charAt(i) - '0') * weights[i];
            sum += part / 10 + part % 10;
        }
        return sum % 10 == n.charAt(11) - '0';
    }

    /** The number with its check digit as on the back (ICAO 9303). */
    private static boolean personalausweis(Candidate c) {
        String n = c.compact();
        return "CFGHJKLMNPRTVWXYZ".indexOf(n.charAt(0)) >= 0
                && "ABDEIOQSU".chars().noneMatch(letter -> n.indexOf(letter) >= 0)
                && Character.isDigit(n.charAt(9))
                && TravelDocuments.checkDigit(n.substring(0, 9)) == n.charAt(9) - '0';
    }

    private static boolean nir(Candidate c) {
        String n = c.compact();
        boolean corsica = n.charAt(6) == 'A' || n.charAt(6) == 'B';
        if (corsica && n.charAt(5) != '2') {
            return false;
        }
        String department = !corsica ? n.substring(5, 7) : n.charAt(6) == 'A' ? "19" : "18";
        String number = n.substring(0, 5) + department + n.substring(7);
        if (!Digits.areDigits(number, 0, 15) || "123478".indexOf(number.charAt(0)) < 0) {
            return false;
        }
        int month = Integer.parseInt(number, 3, 5, 10);
        long key = 97 - Long.parseLong(number, 0, 13, 10) % 97;
        return month >= 1
                && (month <= 12 || month >= 20 && month <= 42 || month >= 50)
                && key == Long.parseLong(number, 13, 15, 10);
    }

    private static boolean dni(Candidate c) {
        String n = c.compact();
        int foreign = "XYZ".indexOf(n.charAt(0));
        String number = foreign < 0 ? n.substring(0, 8) : foreign + n.substring(1, 8);
        return Digits.areDigits(number, 0, 8)
                && Long.parseLong(number) > 0
                && n.charAt(8) == SPANISH.charAt((int) (Long.parseLong(number) % 23))
                && (c.isPlain()
                        || !c.small() && c.hasGroups("8 1")
                        || c.hasGroups("1 7 1")
                        || c.hasGroups("2 3 3 1")
                        || c.hasGroups("1 8"));
    }

    private static boolean cif(Candidate c) {
        String n = c.compact();
        if ("ABCDEFGHJNPQRSUVW".indexOf(n.charAt(0)) < 0 || !Digits.areDigits(n, 1, 8)) {
            return false;
        }
        int sum = 0;
        for (int i = 1; i < 8; i++) {
            int digit = n.charAt(i) - '0';
            int part = i % 2 == 1 ? digit * 2 : digit;
            sum += part > 9 ? part - 9 : part;
        }
        int check = (10 - sum % 10) % 10;
        return n.charAt(8) == '0' + check || n.charAt(8) == "JABCDEFGHI".charAt(check);
    }

    private static boolean codiceFiscale(Candidate c) {
        String n = c.compact();
        if (!c.isPlain()
                || !Digits.areLetters(n, 0, 6)
                || !Digits.areLetters(n, 8, 9)
                || !Digits.areLetters(n, 11, 12)
                || !Digits.areLetters(n, 15, 16)
                || "ABCDEHLMPRST".indexOf(n.charAt(8)) < 0) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < 15; i++) {
            int value = Character.digit(n.charAt(i), 36);
            int place = value > 9 ? value - 10 : value;
            sum += i % 2 == 0 ? ITALIAN_ODD[place] : place;
        }
        return n.charAt(15) == 'A' + sum % 26;
    }

    private static boolean bsn(Candidate c) {
        String n = c.length() == 8 ? "0" + c.compact() : c.compact();
        return Long.parseLong(n) > 0 && Math.floorMod(Digits.sum(n, 9, 8, 7, 6, 5, 4, 3, 2, -1), 11) == 0;
    }

    private static boolean rijksregister(Candidate c) {
        long check = c.number(9, 11);
        long number = c.number(0, 9);
        int month = (int) c.number(2, 4) % 20;
        return (c.isPlain() || c.hasGroups("2 2 2 3 2") || c.hasGroups("6 3 2") || c.hasGroups("6 5"))
                && month <= 12
                && c.number(4, 6) <= 31
                && (97 - number % 97 == check || 97 - (2_000_000_000L + number) % 97 == check);
    }

    private static boolean nif(Candidate c) {
        int rest = Digits.sum(c.compact(), 9, 8, 7, 6, 5, 4, 3, 2) % 11;
        return c.digit(0) != 0 && c.digit(8) == (rest < 2 ? 0 : 11 - rest);
    }

    private static boolean pps(Candidate c) {
        String n = c.compact();
        if (!c.isPlain() || c.small() || !Digits.areDigits(n, 0, 7) || !Digits.areLetters(n, 7, n.length())) {
            return false;
        }
        int second = n.length() == 9 && n.charAt(8) != 'W' ? n.charAt(8) - 'A' + 1 : 0;
        return n.charAt(7) == IRISH.charAt((Digits.sum(n, 8, 7, 6, 5, 4, 3, 2) + second * 9) % 23);
    }

    private static boolean matricule(Candidate c) {
        String n = c.compact();
        return Digits.isDate((int) c.number(0, 4), (int) c.number(4, 6), (int) c.number(6, 8))
                && c.number(0, 4) >= 1880
                && Digits.luhn(n.substring(0, 12))
                && Digits.verhoeff(n.substring(0, 11) + n.charAt(12));
    }

    private static boolean svnr(Candidate c) {
        String n = c.compact();
        int check = Digits.sum(n, 3, 7, 9, 0, 5, 8, 4, 2, 1, 6) % 11;
        return c.digit(0) != 0
                && check == c.digit(3)
                && c.number(4, 6) >= 1
                && c.number(4, 6) <= 31
                && c.number(6, 8) >= 1
                && c.number(6, 8) <= 15;
    }
}
