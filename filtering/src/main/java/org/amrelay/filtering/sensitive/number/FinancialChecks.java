// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive.number;

import static org.amrelay.filtering.sensitive.number.CheckDigits.digit;
import static org.amrelay.filtering.sensitive.number.CheckDigits.number;
import static org.amrelay.filtering.sensitive.number.CheckDigits.weighted;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Cards (ISO/IEC 7812), accounts (ISO 13616), banks (ISO 9362) and documents. */
final class FinancialChecks {
    private static final String IBAN_LENGTHS =
            "AD24AE23AL28AO25AT20AZ28BA20BE16BF28BG22BH22BI27BJ28BR29BY28CF27CG27CH21CI28CM27CR22"
                    + "CV25CY28CZ24DE22DJ27DK18DO28DZ26EE20EG29ES24FI18FK18FO18FR27GA27GB22GE22GI23GL18GQ27GR27GT28GW25HN28HR21HU28"
                    + "IE22IL23IQ23IR26IS26IT27JO30KM27KW30KZ20LB28LC32LI21LT20LU20LV21LY25MA28MC27MD24ME22MG27MK19ML28MN20MR27MT31"
                    + "MU30MZ25NE28NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SN28SO23ST25SV28TD27"
                    + "TG28TL23TN24TR26UA29VA22VG24XK20YE30";
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    /** First and last prefix of six digits, shortest and longest number. */
    private static final int[][] ISSUERS = {
        {400000, 499999, 13, 13},
        {400000, 499999, 16, 16},
        {400000, 499999, 19, 19}, // Visa
        {510000, 559999, 16, 16},
        {222100, 272099, 16, 16}, // Mastercard
        {340000, 349999, 15, 15},
        {370000, 379999, 15, 15}, // American Express
        {601100, 601199, 16, 19},
        {644000, 659999, 16, 19}, // Discover
        {300000, 305999, 14, 19},
        {309500, 309599, 14, 19},
        {360000, 369999, 14, 19},
        {380000, 399999, 14, 19}, // Diners
        {352800, 358999, 16, 19}, // JCB
        {620000, 629999, 16, 19},
        {810000, 817199, 16, 19}, // UnionPay
        {500000, 509999, 12, 19},
        {560000, 589999, 12, 19},
        {600000, 600999, 16, 16}, // Maestro, Elo, Verve, RuPay
        {630400, 630499, 12, 19},
        {633300, 633499, 16, 19},
        {636200, 636399, 16, 16},
        {637000, 639999, 16, 16},
        {670000, 679999, 12, 19}, // Maestro
        {220000, 220499, 16, 19},
        {979200, 979299, 16, 16},
        {606200, 608599, 16, 16},
        {817200, 829999, 16, 16} // Mir, Troy, RuPay
    };

    private FinancialChecks() {}

    static Map<String, Predicate<String>> all() {
        return Map.of(
                "card", FinancialChecks::card,
                "iban", FinancialChecks::iban,
                "bic", FinancialChecks::bic,
                "aba", FinancialChecks::aba,
                "document", FinancialChecks::document,
                "uk-licence", FinancialChecks::ukLicence,
                "luhn", CheckDigits::luhn,
                "mod-11-10", CheckDigits::mod1110);
    }

    private static boolean card(String s) {
        int prefix = number(s, 0, 6);
        for (int[] issuer : ISSUERS) {
            if (prefix >= issuer[0] && prefix <= issuer[1] && s.length() >= issuer[2] && s.length() <= issuer[3]) {
                return CheckDigits.luhn(s);
            }
        }
        return false;
    }

    private static boolean iban(String s) {
        for (int i = 0; i < IBAN_LENGTHS.length(); i += 4) {
            if (s.startsWith(IBAN_LENGTHS.substring(i, i + 2))) {
                return s.length() == number(IBAN_LENGTHS, i + 2, i + 4)
                        && CheckDigits.mod97(s.substring(4) + s.substring(0, 4)) == 1;
            }
        }
        return false;
    }

    /** A code for tests has 0 at its eighth place. */
    private static boolean bic(String s) {
        String country = s.substring(4, 6);
        return (COUNTRIES.contains(country) || country.equals("XK"))
                && s.charAt(6) > '1'
                && s.charAt(7) != '0'
                && s.charAt(7) != 'O';
    }

    private static boolean aba(String s) {
        int first = number(s, 0, 2);
        return (first >= 1 && first <= 12 || first >= 21 && first <= 32 || first >= 61 && first <= 72 || first == 80)
                && weighted(s, 3, 7, 1, 3, 7, 1, 3, 7, 1) % 10 == 0;
    }

    private static boolean document(String s) {
        return s.chars().filter(c -> c <= '9').count() >= 5;
    }

    private static boolean ukLicence(String s) {
        int month = number(s, 6, 8) % 50;
        int day = number(s, 8, 10);
        boolean filled = false;
        for (int i = 0; i < 5; i++) {
            boolean fill = s.charAt(i) == '9';
            if (!fill && (s.charAt(i) < 'A' || filled)) {
                return false;
            }
            filled = fill;
        }
        return digit(s, 6) % 5 < 2
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= 31
                && (s.charAt(11) > '9' || s.charAt(11) == '9')
                && (s.charAt(12) > '9' || s.charAt(12) == '9')
                && s.charAt(14) > '9'
                && s.charAt(15) > '9';
    }
}
