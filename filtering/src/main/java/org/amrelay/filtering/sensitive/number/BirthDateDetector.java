// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive.number;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.amrelay.filtering.sensitive.text.Detector;
import org.amrelay.filtering.sensitive.text.Finds;
import org.amrelay.filtering.sensitive.text.Finds.Find;
import org.amrelay.filtering.sensitive.text.Letters;
import org.amrelay.filtering.sensitive.text.Reading;
import org.amrelay.filtering.sensitive.text.Runs;

/** Finds dates that stand close behind a word such as <i>born</i>. */
public final class BirthDateDetector implements Detector {
    /** The type's name. */
    public static final String TYPE = "date-of-birth";

    /** Words that say that a date of birth follows. */
    public static final Map<String, List<String>> KEY_WORDS = Map.of(
            TYPE,
            List.of(
                    "date of birth",
                    "dob",
                    "d.o.b",
                    "birth date",
                    "birthdate",
                    "birthday",
                    "born",
                    "born on",
                    "geburtsdatum",
                    "geboren",
                    "geboren am",
                    "geb",
                    "geb. am",
                    "date de naissance",
                    "ne le",
                    "nee le",
                    "ne(e) le",
                    "naissance",
                    "fecha de nacimiento",
                    "nacido",
                    "nacida",
                    "nacimiento",
                    "data di nascita",
                    "nato il",
                    "nata il",
                    "nato a",
                    "data de nascimento",
                    "nascido",
                    "nascida",
                    "geboortedatum",
                    "data urodzenia",
                    "urodzony",
                    "urodzona",
                    "ur",
                    "fodelsedatum",
                    "fodselsdato",
                    "fødselsdato",
                    "syntymaaika",
                    "datum narozeni",
                    "narozen",
                    "narozena",
                    "szuletesi ido",
                    "data nasterii",
                    "datum rodenja",
                    "dogum tarihi",
                    "дата рождения",
                    "дата на раждане",
                    "ημερομηνια γεννησης",
                    "出生日期",
                    "出生",
                    "生年月日",
                    "생년월일",
                    "تاريخ الميلاد",
                    "תאריך לידה",
                    "tanggal lahir"));

    private static final int CLOSE = 30;
    private static final String MONTHS =
            " jan feb mar apr may jun jul aug sep oct nov dec januar februar marz april mai juni juli august"
                    + " september oktober november dezember okt dez january february march june july october december janvier fevrier mars avril"
                    + " juin juillet aout septembre octobre novembre decembre enero febrero marzo abril mayo junio julio agosto septiembre octubre"
                    + " noviembre diciembre gennaio febbraio aprile maggio giugno luglio settembre ottobre novembre dicembre janeiro fevereiro"
                    + " marco maio junho julho setembro outubro novembro dezembro ";

    @Override
    public Set<String> types() {
        return Set.of(TYPE);
    }

    @Override
    public void find(Reading reading, Set<String> types, Finds finds) {
        Runs runs = reading.runs();
        for (int run = 0; run + 2 < runs.count(); run++) {
            if (runs.length(run) <= 9
                    && reading.before(TYPE, runs.start(run)) <= CLOSE
                    && runs.start(run + 2) - runs.end(run) < 20
                    && isDate(reading.text(), runs, run)) {
                finds.add(new Find(TYPE, runs.start(run), runs.end(run + 2), 85, 0, 0));
                run += 2;
            }
        }
    }

    private static boolean isDate(String text, Runs runs, int run) {
        int[] parts = new int[3];
        int months = 0;
        for (int i = 0; i < 3; i++) {
            String part = text.substring(runs.start(run + i), runs.end(run + i)).toLowerCase(Locale.ROOT);
            if (runs.isDigits(run + i) && part.length() <= 4) {
                parts[i] = Integer.parseInt(part);
            } else if (i < 2 && MONTHS.contains(" " + folded(part) + " ")) {
                months++;
                parts[i] = 1;
            } else {
                parts[i] = ordinal(part);
            }
            if (parts[i] < 0) {
                return false;
            }
        }
        boolean yearLast = isYear(parts[2], runs.length(run + 2));
        boolean yearFirst = runs.length(run) == 4 && isYear(parts[0], 4);
        boolean dayAndMonth =
                yearLast && isDayAndMonth(parts[0], parts[1]) || yearFirst && isDayAndMonth(parts[1], parts[2]);
        return months < 2 && dayAndMonth;
    }

    private static String folded(String part) {
        StringBuilder folded = new StringBuilder();
        part.chars().forEach(c -> folded.append(Letters.fold((char) c)));
        return folded.toString();
    }

    private static int ordinal(String part) {
        int digits = 0;
        while (digits < part.length() && digits < 2 && part.charAt(digits) >= '0' && part.charAt(digits) <= '9') {
            digits++;
        }
        return digits > 0 && part.length() == digits + 2 ? Integer.parseInt(part.substring(0, digits)) : -1;
    }

    private static boolean isYear(int year, int digits) {
        return digits == 2 || digits == 4 && year >= 1890 && year < 2100;
    }

    private static boolean isDayAndMonth(int one, int other) {
        return one >= 1 && other >= 1 && one <= 31 && other <= 31 && Math.min(one, other) <= 12;
    }
}
