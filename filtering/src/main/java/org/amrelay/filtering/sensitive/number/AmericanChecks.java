// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive.number;

import static org.amrelay.filtering.sensitive.number.CheckDigits.digit;
import static org.amrelay.filtering.sensitive.number.CheckDigits.luhn;
import static org.amrelay.filtering.sensitive.number.CheckDigits.number;
import static org.amrelay.filtering.sensitive.number.CheckDigits.weighted;

import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** National and health numbers of America. */
final class AmericanChecks {
    private static final Set<String> ADVERTISED = Set.of("078051120", "219099999", "457555462");
    private static final String CURP = "0123456789ABCDEFGHIJKLMN?OPQRSTUVWXYZ";
    private static final String RFC = "0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ ?";
    private static final String STATES =
            "AS BC BS CC CS CH CL CM DF DG GT GR HG JC MC MN MS NT NL OC PL QT QR SP SL SR TC TS TL VZ YN ZS NE";

    private AmericanChecks() {}

    static Map<String, Predicate<String>> all() {
        return Map.ofEntries(
                Map.entry("ssn", AmericanChecks::ssn),
                Map.entry("itin", AmericanChecks::itin),
                Map.entry("ein", AmericanChecks::ein),
                Map.entry("cpf", AmericanChecks::cpf),
                Map.entry("cnpj", AmericanChecks::cnpj),
                Map.entry("curp", AmericanChecks::curp),
                Map.entry("rfc", AmericanChecks::rfc),
                Map.entry("cuit", AmericanChecks::cuit),
                Map.entry("rut", AmericanChecks::rut),
                Map.entry("nit", AmericanChecks::nit),
                Map.entry("ruc", AmericanChecks::ruc),
                Map.entry("cedula", AmericanChecks::cedula),
                Map.entry("sin", s -> s.chars().distinct().count() > 1 && luhn(s)),
                Map.entry("dea", AmericanChecks::dea),
                Map.entry("npi", s -> (s.charAt(0) == '1' || s.charAt(0) == '2') && luhn("80840" + s)),
                Map.entry("mbi", AmericanChecks::mbi));
    }

    private static boolean ssn(String s) {
        int area = number(s, 0, 3);
        return area > 0
                && area != 666
                && area < 900
                && number(s, 3, 5) > 0
                && number(s, 5, 9) > 0
                && !ADVERTISED.contains(s);
    }

    private static boolean itin(String s) {
        int group = number(s, 3, 5);
        return s.charAt(0) == '9'
                && number(s, 5, 9) > 0
                && (group >= 50 && group <= 65
                        || group >= 70 && group <= 88
                        || group >= 90 && group <= 92
                        || group >= 94);
    }

    private static boolean ein(String s) {
        int prefix = number(s, 0, 2);
        return prefix >= 1
                && prefix != 7
                && prefix != 8
                && prefix != 9
                && (prefix < 17 || prefix > 19)
                && prefix != 28
                && prefix != 29
                && prefix != 49
                && prefix != 69
                && prefix != 70
                && prefix != 78
                && prefix != 79
                && prefix != 89
                && prefix != 96
                && prefix != 97;
    }

    private static boolean cpf(String s) {
        int first = weighted(s, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
        int second = weighted(s, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
        return digit(s, 9) == first && digit(s, 10) == second;
    }

    private static boolean cnpj(String s) {
        int first = weighted(s, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
        int second = weighted(s, 6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
        return digit(s, 12) == first && digit(s, 13) == second && !s.startsWith("00000000");
    }

    private static boolean curp(String s) {
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum += (18 - i) * CURP.indexOf(s.charAt(i));
        }
        return "HMX".indexOf(s.charAt(10)) >= 0
                && CheckDigits.isYmd(s, 4)
                && STATES.contains(s.substring(11, 13))
                && digit(s, 17) == (10 - sum % 10) % 10;
    }

    private static boolean rfc(String s) {
        if (!CheckDigits.isYmd(s, s.length() - 9)) {
            return false;
        }
        String padded = s.length() == 12 ? " " + s : s;
        int sum = 0;
        for (int i = 0; i < 12; i++) {
            sum += (13 - i) * RFC.indexOf(padded.charAt(i));
        }
        return padded.charAt(12) == RFC.charAt((11 - sum % 11) % 11);
    }

    private static boolean cuit(String s) {
        int kind = number(s, 0, 2);
        int check = 11 - weighted(s, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11;
        return (kind == 20 || kind >= 23 && kind <= 27 || kind == 30 || kind == 33 || kind == 34)
                && digit(s, 10) == (check == 11 ? 0 : check == 10 ? 9 : check);
    }

    private static boolean rut(String s) {
        int sum = 0;
        for (int i = 0; i < s.length() - 1; i++) {
            sum += digit(s, s.length() - 2 - i) * (2 + i % 6);
        }
        return s.charAt(0) != '0' && s.charAt(s.length() - 1) == "0K987654321".charAt(sum % 11);
    }

    private static boolean nit(String s) {
        return digit(s, 9) == digit("01987654321", weighted(s, 41, 37, 29, 23, 19, 17, 13, 7, 3) % 11);
    }

    private static boolean ruc(String s) {
        int kind = number(s, 0, 2);
        return (kind == 10 || kind == 15 || kind == 16 || kind == 17 || kind == 20)
                && digit(s, 10) == (11 - weighted(s, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11) % 10;
    }

    private static boolean cedula(String s) {
        int province = number(s, 0, 2);
        return (province >= 1 && province <= 24 || province == 30 || province == 50) && digit(s, 2) < 6 && luhn(s);
    }

    private static boolean dea(String s) {
        return "ABCDEFGHJKLMPRSTUX".indexOf(s.charAt(0)) >= 0
                && weighted(s.substring(2), 1, 2, 1, 2, 1, 2) % 10 == digit(s, 8);
    }

    private static boolean mbi(String s) {
        return s.charAt(0) != '0' && s.chars().noneMatch(c -> "SLOIBZ".indexOf(c) >= 0);
    }
}
