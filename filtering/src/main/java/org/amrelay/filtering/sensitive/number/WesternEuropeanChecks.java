// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive.number;

import static org.amrelay.filtering.sensitive.number.CheckDigits.digit;
import static org.amrelay.filtering.sensitive.number.CheckDigits.isDate;
import static org.amrelay.filtering.sensitive.number.CheckDigits.number;
import static org.amrelay.filtering.sensitive.number.CheckDigits.weighted;

import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** National numbers of western and southern Europe. */
final class WesternEuropeanChecks {
    private static final Set<String> NO_NINO = Set.of("BG", "GB", "NK", "KN", "TN", "NT", "ZZ");
    private static final String DNI = "TRWAGMYFPDXBNJZSQVHLCKE";
    private static final String PPS = "WABCDEFGHIJKLMNOPQRSTUV";
    private static final int[] FISCAL_ODD = {
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23
    };
    private static final String FISCAL_DIGITS = "LMNPQRSTUV";
    private static final String FISCAL_MONTHS = "ABCDEHLMPRST";
    private static final int[] FISCAL_DIGIT_PLACES = {6, 7, 9, 10, 12, 13, 14};

    private WesternEuropeanChecks() {}

    static Map<String, Predicate<String>> all() {
        return Map.ofEntries(
                Map.entry("nino", WesternEuropeanChecks::nino),
                Map.entry(
                        "utr",
                        s -> digit(s, 0) == digit("21987654321", weighted(s, 0, 6, 7, 8, 9, 10, 5, 4, 3, 2) % 11)),
                Map.entry("nhs", s -> digit(s, 9) == (11 - weighted(s, 10, 9, 8, 7, 6, 5, 4, 3, 2) % 11) % 11),
                Map.entry("steuer-id", WesternEuropeanChecks::steuerId),
                Map.entry("insee", WesternEuropeanChecks::insee),
                Map.entry(
                        "spi", s -> s.charAt(0) < '4' && Long.parseLong(s.substring(0, 10)) % 511 == number(s, 10, 13)),
                Map.entry("dni", s -> s.charAt(8) == DNI.charAt(number(s, 0, 8) % 23)),
                Map.entry("nie", WesternEuropeanChecks::nie),
                Map.entry("cif", WesternEuropeanChecks::cif),
                Map.entry("nss", WesternEuropeanChecks::nss),
                Map.entry("codice-fiscale", WesternEuropeanChecks::codiceFiscale),
                Map.entry("partita-iva", WesternEuropeanChecks::partitaIva),
                Map.entry("bsn", WesternEuropeanChecks::bsn),
                Map.entry("rrn", WesternEuropeanChecks::rrn),
                Map.entry("be-enterprise", s -> s.charAt(0) < '2' && 97 - number(s, 0, 8) % 97 == number(s, 8, 10)),
                Map.entry("pt-nif", WesternEuropeanChecks::nif),
                Map.entry("ahv", WesternEuropeanChecks::ahv),
                Map.entry("svnr", WesternEuropeanChecks::svnr),
                Map.entry("pps", WesternEuropeanChecks::pps),
                Map.entry("matricule", WesternEuropeanChecks::matricule));
    }

    private static boolean nino(String s) {
        return "DFIQUV".indexOf(s.charAt(0)) < 0
                && "DFIQUVO".indexOf(s.charAt(1)) < 0
                && !NO_NINO.contains(s.substring(0, 2))
                && s.charAt(8) <= 'D';
    }

    private static boolean steuerId(String s) {
        int[] counts = new int[10];
        s.chars().limit(10).forEach(c -> counts[c - '0']++);
        int repeated = 0;
        for (int count : counts) {
            repeated += count > 3 ? 2 : count > 1 ? 1 : 0;
        }
        return s.charAt(0) != '0' && repeated == 1 && CheckDigits.mod1110(s);
    }

    private static boolean insee(String s) {
        String plain = s;
        if (s.startsWith("2A", 5) || s.startsWith("2B", 5)) {
            plain = s.substring(0, 5) + (s.charAt(6) == 'A' ? "19" : "18") + s.substring(7);
        }
        int month = number(s, 3, 5);
        if (plain.charAt(6) > '9'
                || "123478".indexOf(s.charAt(0)) < 0
                || month == 0
                || month > 12 && month < 20
                || month > 42 && month < 50) {
            return false;
        }
        return 97 - Long.parseLong(plain.substring(0, 13)) % 97 == number(plain, 13, 15);
    }

    private static boolean nie(String s) {
        int first = "XYZ".indexOf(s.charAt(0));
        return first >= 0 && s.charAt(8) == DNI.charAt((first * 10_000_000 + number(s, 1, 8)) % 23);
    }

    private static boolean cif(String s) {
        int sum = 0;
        for (int i = 1; i < 8; i++) {
            int d = digit(s, i);
            sum += i % 2 == 0 ? d : d > 4 ? 2 * d - 9 : 2 * d;
        }
        int check = (10 - sum % 10) % 10;
        boolean letter = s.charAt(8) == "JABCDEFGHI".charAt(check);
        boolean digit = s.charAt(8) == '0' + check;
        return "ABCDEFGHJNPQRSUVW".indexOf(s.charAt(0)) >= 0
                && ("ABEH".indexOf(s.charAt(0)) >= 0
                        ? digit
                        : "NPQRSW".indexOf(s.charAt(0)) >= 0 ? letter : letter || digit);
    }

    private static boolean nss(String s) {
        int province = number(s, 0, 2);
        int rest = number(s, 2, 10);
        long whole = rest < 10_000_000 ? province * 10_000_000L + rest : province * 100_000_000L + rest;
        return province >= 1 && province <= 66 && whole % 97 == number(s, 10, 12);
    }

    private static boolean codiceFiscale(String s) {
        StringBuilder digits = new StringBuilder(s);
        for (int place : FISCAL_DIGIT_PLACES) {
            int replaced = FISCAL_DIGITS.indexOf(s.charAt(place));
            if (replaced >= 0) {
                digits.setCharAt(place, (char) ('0' + replaced));
            } else if (s.charAt(place) > '9') {
                return false;
            }
        }
        int sum = 0;
        for (int i = 0; i < 15; i++) {
            int value = s.charAt(i) <= '9' ? digit(s, i) : s.charAt(i) - 'A';
            sum += i % 2 == 0 ? FISCAL_ODD[value] : value;
        }
        int month = FISCAL_MONTHS.indexOf(s.charAt(8)) + 1;
        int day = Integer.parseInt(digits, 9, 11, 10) % 40;
        return isDate(Integer.parseInt(digits, 6, 8, 10), month, day) && s.charAt(15) == 'A' + sum % 26;
    }

    private static boolean partitaIva(String s) {
        int office = number(s, 7, 10);
        return number(s, 0, 7) > 0
                && (office >= 1 && office <= 100 || office == 120 || office == 121 || office == 888 || office == 999)
                && CheckDigits.luhn(s);
    }

    private static boolean bsn(String s) {
        String nine = s.length() == 8 ? "0" + s : s;
        return !nine.startsWith("00") && (weighted(nine, 9, 8, 7, 6, 5, 4, 3, 2) - digit(nine, 8)) % 11 == 0;
    }

    private static boolean rrn(String s) {
        int month = number(s, 2, 4) % 20;
        int day = number(s, 4, 6);
        long first = number(s, 0, 9);
        int check = number(s, 9, 11);
        boolean dated =
                month == 0 ? number(s, 2, 4) <= 40 : month <= 12 && (day == 0 || isDate(number(s, 0, 2), month, day));
        return dated && (check == 97 - first % 97 || check == 97 - (2_000_000_000L + first) % 97);
    }

    private static boolean nif(String s) {
        return ("1235689".indexOf(s.charAt(0)) >= 0 || s.startsWith("45") || s.startsWith("7"))
                && digit(s, 8) == (11 - weighted(s, 9, 8, 7, 6, 5, 4, 3, 2) % 11) % 11 % 10;
    }

    private static boolean ahv(String s) {
        return s.startsWith("756") && weighted(s, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1) % 10 == 0;
    }

    private static boolean svnr(String s) {
        int month = number(s, 6, 8);
        boolean dated = month > 12 && month < 16 ? number(s, 4, 6) <= 31 : CheckDigits.isDmy(s, 4);
        return s.charAt(0) != '0' && dated && digit(s, 3) == weighted(s, 3, 7, 9, 0, 5, 8, 4, 2, 1, 6) % 11;
    }

    private static boolean pps(String s) {
        int second = s.length() == 9 ? Math.max(0, PPS.indexOf(s.charAt(8))) : 0;
        return s.charAt(7) == PPS.charAt((weighted(s, 8, 7, 6, 5, 4, 3, 2) + 9 * second) % 23);
    }

    private static boolean matricule(String s) {
        return isDate(number(s, 0, 4), number(s, 4, 6), number(s, 6, 8))
                && number(s, 0, 4) > 1850
                && number(s, 0, 4) < 2100
                && CheckDigits.luhn(s.substring(0, 12))
                && CheckDigits.verhoeff(s.substring(0, 11) + s.charAt(12));
    }
}
