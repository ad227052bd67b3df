// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive;

import java.util.List;
import java.util.Set;

/** Identity and tax numbers of the Americas. Stateless. */
final class AmericanNumbers {
    private static final Set<String> PRINTED_SSN =
            Set.of("078051120", "219099999", "457555462", "123456789", "987654321");
    private static final String CURP = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ";
    private static final Set<String> NO_EMPLOYER = Set.of(
            "00", "07", "08", "09", "17", "18", "19", "28", "29", "49", "69", "70", "78", "79", "89", "96", "97");

    static final List<NumberType> ALL = List.of(
            NumberType.digits("us-social-security-number", 9, 9, AmericanNumbers::ssn)
                    .grouped(75)
                    .words("ssn", "social security", "soc sec", "ss#", "ssns", "social security number", "ssid"),
            NumberType.digits("us-taxpayer-number", 9, 9, AmericanNumbers::itin)
                    .grouped(65)
                    .words("itin", "taxpayer", "tax id", "taxpayer identification"),
            NumberType.digits(
                            "us-employer-number",
                            9,
                            9,
                            c -> (c.isPlain() || c.shape().equals("2-7"))
                                    && !NO_EMPLOYER.contains(c.compact().substring(0, 2))
                                    && !Digits.isMadeUp(c.compact()))
                    .words("ein", "fein", "employer identification", "federal tax id", "tax id"),
            NumberType.digits("canadian-social-insurance-number", 9, 9, AmericanNumbers::sin)
                    .grouped(65)
                    .words("sin", "social insurance", "nas", "assurance sociale", "numéro d'assurance sociale"),
            NumberType.digits("brazilian-cpf", 11, 11, AmericanNumbers::cpf)
                    .anySigns()
                    .grouped(85)
                    .words("cpf", "cadastro de pessoas", "c.p.f"),
            NumberType.digits("brazilian-cnpj", 14, 14, AmericanNumbers::cnpj)
                    .anySigns()
                    .grouped(85)
                    .words("cnpj", "c.n.p.j", "cadastro nacional"),
            NumberType.mixed("mexican-curp", 18, 18, AmericanNumbers::curp)
                    .alone(85)
                    .words("curp", "clave única", "registro de población"),
            NumberType.mixed("mexican-rfc", 12, 13, AmericanNumbers::rfc)
                    .words("rfc", "registro federal", "contribuyentes"),
            NumberType.digits("argentine-cuit", 11, 11, AmericanNumbers::cuit)
                    .grouped(75)
                    .words("cuit", "cuil", "c.u.i.t", "c.u.i.l"),
            NumberType.digits(
                            "argentine-dni",
                            7,
                            8,
                            c -> c.isPlain()
                                    || c.shape().equals("2.3.3")
                                    || c.shape().equals("1.3.3"))
                    .words("dni", "documento nacional de identidad"),
            NumberType.mixed("chilean-rut", 8, 9, AmericanNumbers::rut)
                    .anySigns()
                    .grouped(75)
                    .words("rut", "rol único", "r.u.t"),
            NumberType.digits("colombian-nit", 9, 10, AmericanNumbers::nit)
                    .anySigns()
                    .words("nit", "rut", "identificación tributaria"),
            NumberType.digits("ecuadorian-id", 10, 10, AmericanNumbers::cedula).words("cédula", "cedula", "ruc"),
            NumberType.mixed("us-drivers-licence", 6, 14, c -> c.isPlain() && !c.small())
                    .words(
                            "driver's license",
                            "drivers license",
                            "driver license",
                            "driver's licence",
                            "driving licence",
                            "drivers licence",
                            "driving license",
                            "dl#",
                            "dln",
                            "führerschein",
                            "führerscheinnummer",
                            "permis de conduire",
                            "permiso de conducir",
                            "licencia de conducir",
                            "patente di guida",
                            "rijbewijs",
                            "carta de condução",
                            "prawo jazdy",
                            "körkort",
                            "ajokortti"));

    private AmericanNumbers() {}

    private static boolean ssn(Candidate c) {
        long area = c.number(0, 3);
        return (c.isPlain() || c.hasGroups("3 2 4"))
                && area != 0
                && area != 666
                && area < 900
                && c.number(3, 5) != 0
                && c.number(5, 9) != 0
                && !PRINTED_SSN.contains(c.compact())
                && !Digits.isMadeUp(c.compact());
    }

    private static boolean itin(Candidate c) {
        long group = c.number(3, 5);
        return (c.isPlain() || c.hasGroups("3 2 4"))
                && c.digit(0) == 9
                && (group >= 50 && group <= 65 || group >= 70 && group <= 88 || group >= 90 && group != 93);
    }

    private static boolean sin(Candidate c) {
        return (c.isPlain() || c.hasGroups("3 3 3")) && Digits.luhn(c.compact()) && !Digits.isMadeUp(c.compact());
    }

    private static boolean cpf(Candidate c) {
        String n = c.compact();
        return (c.isPlain() || c.shape().equals("3.3.3-2") || c.shape().equals("9-2") || c.hasGroups("3 3 3 2"))
                && !Digits.isMadeUp(n)
                && check(Digits.sum(n, 10, 9, 8, 7, 6, 5, 4, 3, 2)) == c.digit(9)
                && check(Digits.sum(n, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2)) == c.digit(10);
    }

    private static boolean cnpj(Candidate c) {
        String n = c.compact();
        return (c.isPlain() || c.shape().equals("2.3.3/4-2") || c.hasGroups("2 3 3 4 2"))
                && !Digits.isMadeUp(n)
                && c.number(0, 12) > 0
                && check(Digits.sum(n, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)) == c.digit(12)
                && check(Digits.sum(n, 6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)) == c.digit(13);
    }

    private static int check(int sum) {
        return sum % 11 < 2 ? 0 : 11 - sum % 11;
    }

    private static boolean curp(Candidate c) {
        String n = c.compact();
        if (!c.isPlain()
                || !Digits.areLetters(n, 0, 4)
                || !Digits.areDigits(n, 4, 10)
                || "HMX".indexOf(n.charAt(10)) < 0
                || !Digits.areLetters(n, 11, 16)
                || !Character.isDigit(n.charAt(17))
                || !isDate(n)) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum += CURP.indexOf(n.charAt(i)) * (18 - i);
        }
        return (10 - sum % 10) % 10 == c.digit(17);
    }

    private static boolean isDate(String n) {
        return Digits.isShortDate(
                Integer.parseInt(n, 4, 6, 10), Integer.parseInt(n, 6, 8, 10), Integer.parseInt(n, 8, 10, 10));
    }

    /** Many that are in use have a wrong check digit. */
    private static boolean rfc(Candidate c) {
        String whole = c.length() == 12 ? " " + c.compact() : c.compact();
        return Digits.areLetters(whole.strip(), 0, whole.strip().length() - 9)
                && Digits.areDigits(whole, 4, 10)
                && isDate(whole);
    }

    private static boolean cuit(Candidate c) {
        long kind = c.number(0, 2);
        int rest = 11 - Digits.sum(c.compact(), 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11;
        return (c.isPlain() || c.shape().equals("2-8-1"))
                && (kind == 20 || kind >= 23 && kind <= 27 || kind == 30 || kind == 33 || kind == 34)
                && (rest == 11 ? 0 : rest == 10 ? 9 : rest) == c.digit(10);
    }

    private static boolean rut(Candidate c) {
        String n = c.compact();
        int last = n.length() - 1;
        if (!Digits.areDigits(n, 0, last)
                || !c.isPlain() && !c.shape().endsWith("-1")
                || Long.parseLong(n.substring(0, last)) < 100_000) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < last; i++) {
            sum += (n.charAt(last - 1 - i) - '0') * (i % 6 + 2);
        }
        int rest = 11 - sum % 11;
        return n.charAt(last) == (rest == 11 ? '0' : rest == 10 ? 'K' : (char) ('0' + rest));
    }

    private static boolean nit(Candidate c) {
        int[] weights = {3, 7, 13, 17, 19, 23, 29, 37, 41};
        int sum = 0;
        int last = c.length() - 1;
        for (int i = 0; i < last; i++) {
            sum += c.digit(last - 1 - i) * weights[i];
        }
        int rest = sum % 11;
        return (rest < 2 ? rest : 11 - rest) == c.digit(last)
                && (c.isPlain() || c.shape().endsWith("-1"));
    }

    private static boolean cedula(Candidate c) {
        long province = c.number(0, 2);
        return (province >= 1 && province <= 24 || province == 30) && c.digit(2) < 6 && Digits.luhn(c.compact());
    }
}
