// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Numbers that move money. Stateless. */
final class PaymentNumbers {
    /** Lengths of IBANs by country (ISO 13616 registry). */
    private static final Map<String, Integer> IBAN_LENGTHS = Map.ofEntries(
            Map.entry("AD", 24),
            Map.entry("AE", 23),
            Map.entry("AL", 28),
            Map.entry("AT", 20),
            Map.entry("AZ", 28),
            Map.entry("BA", 20),
            Map.entry("BE", 16),
            Map.entry("BG", 22),
            Map.entry("BH", 22),
            Map.entry("BI", 27),
            Map.entry("BR", 29),
            Map.entry("BY", 28),
            Map.entry("CH", 21),
            Map.entry("CR", 22),
            Map.entry("CY", 28),
            Map.entry("CZ", 24),
            Map.entry("DE", 22),
            Map.entry("DJ", 27),
            Map.entry("DK", 18),
            Map.entry("DO", 28),
            Map.entry("EE", 20),
            Map.entry("EG", 29),
            Map.entry("ES", 24),
            Map.entry("FI", 18),
            Map.entry("FK", 18),
            Map.entry("FO", 18),
            Map.entry("FR", 27),
            Map.entry("GB", 22),
            Map.entry("GE", 22),
            Map.entry("GI", 23),
            Map.entry("GL", 18),
            Map.entry("GR", 27),
            Map.entry("GT", 28),
            Map.entry("HN", 28),
            Map.entry("HR", 21),
            Map.entry("HU", 28),
            Map.entry("IE", 22),
            Map.entry("IL", 23),
            Map.entry("IQ", 23),
            Map.entry("IS", 26),
            Map.entry("IT", 27),
            Map.entry("JO", 30),
            Map.entry("KW", 30),
            Map.entry("KZ", 20),
            Map.entry("LB", 28),
            Map.entry("LC", 32),
            Map.entry("LI", 21),
            Map.entry("LT", 20),
            Map.entry("LU", 20),
            Map.entry("LV", 21),
            Map.entry("LY", 25),
            Map.entry("MC", 27),
            Map.entry("MD", 24),
            Map.entry("ME", 22),
            Map.entry("MK", 19),
            Map.entry("MN", 20),
            Map.entry("MR", 27),
            Map.entry("MT", 31),
            Map.entry("MU", 30),
            Map.entry("NI", 28),
            Map.entry("NL", 18),
            Map.entry("NO", 15),
            Map.entry("OM", 23),
            Map.entry("PK", 24),
            Map.entry("PL", 28),
            Map.entry("PS", 29),
            Map.entry("PT", 25),
            Map.entry("QA", 29),
            Map.entry("RO", 24),
            Map.entry("RS", 22),
            Map.entry("RU", 33),
            Map.entry("SA", 24),
            Map.entry("SC", 31),
            Map.entry("SD", 18),
            Map.entry("SE", 24),
            Map.entry("SI", 19),
            Map.entry("SK", 24),
            Map.entry("SM", 27),
            Map.entry("SO", 23),
            Map.entry("ST", 25),
            Map.entry("SV", 28),
            Map.entry("TL", 23),
            Map.entry("TN", 24),
            Map.entry("TR", 26),
            Map.entry("UA", 29),
            Map.entry("VA", 22),
            Map.entry("VG", 24),
            Map.entry("XK", 20),
            Map.entry("YE", 30));

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    static final List<NumberType> ALL = List.of(
            NumberType.digits("payment-card", 12, 19, PaymentNumbers::card)
                    .alone(75)
                    .words(
                            "card",
                            "cards",
                            "credit",
                            "debit",
                            "visa",
                            "mastercard",
                            "amex",
                            "american express",
                            "discover",
                            "diners",
                            "jcb",
                            "unionpay",
                            "maestro",
                            "cvv",
                            "cvc",
                            "cvv2",
                            "cid",
                            "pan",
                            "expiry",
                            "expires",
                            "exp",
                            "valid thru",
                            "kreditkarte",
                            "kartennummer",
                            "karte",
                            "carte",
                            "carte bancaire",
                            "numéro de carte",
                            "tarjeta",
                            "carta di credito",
                            "carta",
                            "cartão",
                            "creditcard",
                            "kaartnummer",
                            "kort",
                            "kortnummer",
                            "karta",
                            "kredi kartı",
                            "карта",
                            "信用卡",
                            "クレジットカード",
                            "신용카드"),
            NumberType.mixed("iban", 15, 34, PaymentNumbers::iban)
                    .alone(75)
                    .words(
                            "iban",
                            "bic",
                            "swift",
                            "account",
                            "bank",
                            "konto",
                            "kontonummer",
                            "bankverbindung",
                            "compte",
                            "cuenta",
                            "conto",
                            "conta",
                            "rekening",
                            "rekeningnummer",
                            "rachunek",
                            "hesap",
                            "číslo účtu"),
            NumberType.mixed("swift-bic", 8, 11, PaymentNumbers::bic)
                    .words(
                            "bic",
                            "swift",
                            "swift code",
                            "bic code",
                            "swift-code",
                            "bic-code",
                            "swift/bic",
                            "bic/swift"),
            NumberType.digits("us-routing-number", 9, 9, PaymentNumbers::routing)
                    .words(
                            "routing",
                            "aba",
                            "rtn",
                            "routing number",
                            "transit",
                            "ach",
                            "wire transfer",
                            "bank account",
                            "checking account",
                            "savings account"));

    private PaymentNumbers() {}

    private static boolean card(Candidate c) {
        String n = c.compact();
        return isIssued(n)
                && areGroupsOfACard(c)
                && Digits.luhn(n)
                && n.chars().distinct().count() > 1;
    }

    /** Ranges of the large networks (ISO/IEC 7812-1), with their lengths. */
    private static boolean isIssued(String n) {
        int length = n.length();
        int two = Integer.parseInt(n, 0, 2, 10);
        int three = Integer.parseInt(n, 0, 3, 10);
        int four = Integer.parseInt(n, 0, 4, 10);
        if (n.charAt(0) == '4') {
            return length == 16 || length == 13 || length == 19;
        } else if (two >= 51 && two <= 55 || four >= 2221 && four <= 2720) {
            return length == 16;
        } else if (two == 34 || two == 37) {
            return length == 15;
        } else if (three >= 300 && three <= 305 || two == 36 || two == 38 || two == 39 || four == 3095) {
            return length == 14 || length == 16;
        } else if (four >= 3528 && four <= 3589) {
            return length >= 16;
        } else if (four == 6011 || three >= 644 && three <= 649 || two == 65 || two == 62 || two == 81) {
            return length >= 16;
        } else if (two == 60 || four >= 2200 && four <= 2204 || three == 508) {
            return length == 16;
        }
        return isMaestro(two, four) && length >= 12;
    }

    private static boolean isMaestro(int two, int four) {
        return two == 50 || two >= 56 && two <= 58 || four >= 6304 && four <= 6390 || two == 67;
    }

    /** As cards are printed; anything else is a row of numbers. */
    private static boolean areGroupsOfACard(Candidate c) {
        return c.isPlain()
                || c.hasGroups("4 4 4 4")
                || c.hasGroups("4 6 5")
                || c.hasGroups("4 6 4")
                || c.hasGroups("4 4 4 4 3")
                || c.hasGroups("4 4 4 1")
                || c.hasGroups("4 4 5")
                || c.hasGroups("4 5 4")
                || c.hasGroups("6 4 4")
                || c.hasGroups("6 13");
    }

    private static boolean iban(Candidate c) {
        String n = c.compact();
        Integer length = IBAN_LENGTHS.get(n.substring(0, 2));
        return length != null
                && length == n.length()
                && Character.isDigit(n.charAt(2))
                && Character.isDigit(n.charAt(3))
                && Digits.mod97(n.substring(4) + n.substring(0, 4)) == 1;
    }

    /** ISO 9362: four letters, a country, two more, and three for a branch. */
    private static boolean bic(Candidate c) {
        String n = c.compact();
        return c.isPlain()
                && !c.small()
                && n.length() != 9
                && n.length() != 10
                && n.substring(0, 4).chars().allMatch(Character::isLetter)
                && COUNTRIES.contains(n.substring(4, 6));
    }

    /** The check of the American Bankers Association, and the ranges of the Federal Reserve. */
    private static boolean routing(Candidate c) {
        String n = c.compact();
        int two = Integer.parseInt(n, 0, 2, 10);
        boolean range = two >= 1 && two <= 12 || two >= 21 && two <= 32 || two >= 61 && two <= 72 || two == 80;
        return range && c.isPlain() && Digits.sum(n, 3, 7, 1, 3, 7, 1, 3, 7, 1) % 10 == 0;
    }
}
