// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive.number;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.amrelay.filtering.sensitive.text.Detector;
import org.amrelay.filtering.sensitive.text.Finds;
import org.amrelay.filtering.sensitive.text.Finds.Find;
import org.amrelay.filtering.sensitive.text.Reading;
import org.amrelay.filtering.sensitive.text.Runs;

/** Finds phone numbers: with a country's code anywhere, without one near a word such as <i>phone</i>. */
public final class PhoneDetector implements Detector {
    /** The type's name. */
    public static final String TYPE = "phone-number";

    /** Words that say that a phone number is near. */
    public static final Map<String, List<String>> KEY_WORDS = Map.of(
            TYPE,
            List.of(
                    "phone",
                    "tel",
                    "telephone",
                    "mobile",
                    "cell",
                    "call",
                    "fax",
                    "telefon",
                    "mobil",
                    "handy",
                    "telefax",
                    "telefono",
                    "movil",
                    "telephone portable",
                    "portable",
                    "gsm",
                    "mob",
                    "telefone",
                    "celular",
                    "cellulare",
                    "telefoon",
                    "puhelin",
                    "telefonnummer",
                    "rufnummer",
                    "whatsapp",
                    "sms",
                    "тел",
                    "телефон",
                    "电话",
                    "手机",
                    "電話",
                    "전화",
                    "هاتف",
                    "טלפון",
                    "τηλ",
                    "τηλεφωνο",
                    "telefonszam",
                    "tlf",
                    "tfn"));

    private static final int CLOSE = 40;
    private static final int LEAST = 7;
    private static final int MOST = 15;
    private static final int MOST_GROUPS = 7;
    private static final int MOST_TRIES = 20_000;

    private final PhoneNumberUtil phones = PhoneNumberUtil.getInstance();
    private final List<String> regions;

    /**
     * Finds numbers of all countries.
     *
     * @param regions two-letter codes of the countries whose numbers are also found without their code
     */
    public PhoneDetector(List<String> regions) {
        this.regions = List.copyOf(regions);
    }

    @Override
    public Set<String> types() {
        return Set.of(TYPE);
    }

    @Override
    public void find(Reading reading, Set<String> types, Finds finds) {
        Runs runs = reading.runs();
        int behind = 0;
        int tries = 0;
        for (int run = 0; run < runs.count() && tries < MOST_TRIES; run++) {
            if (runs.start(run) >= behind && startsHere(reading, run)) {
                behind = from(reading, run, finds);
                tries += behind - runs.start(run) >= LEAST ? 1 : 0;
            }
        }
    }

    private static boolean startsHere(Reading reading, int run) {
        Runs runs = reading.runs();
        return !runs.isUnfit(run)
                && runs.isDigits(run)
                && (run == 0
                        || runs.gap(run - 1) == Runs.APART
                        || !runs.hasDigit(run - 1)
                        || reading.text().charAt(runs.start(run) - 1) == '+');
    }

    /** Takes all groups that follow; returns where to look on. */
    private int from(Reading reading, int first, Finds finds) {
        Runs runs = reading.runs();
        int digits = runs.length(first);
        int last = first;
        while (last + 1 < runs.count()
                && last - first < MOST_GROUPS
                && joins(reading.text(), runs, last)
                && digits + runs.length(last + 1) <= MOST) {
            digits += runs.length(++last);
        }
        String text = reading.text();
        int start = runs.start(first);
        boolean international = start > 0 && text.charAt(start - 1) == '+' || text.startsWith("00", start);
        int end = runs.end(last);
        if (digits < LEAST || digits > MOST) {
            return end;
        }
        boolean bracket = start > 0 && text.charAt(start - 1) == '(';
        boolean near = reading.distance(TYPE, start, end) <= CLOSE;
        boolean american =
                last - first == 2 && runs.length(first) == 3 && runs.length(first + 1) == 3 && runs.length(last) == 4;
        if (international) {
            if (isPhone(text.substring(text.charAt(start) == '0' ? start + 2 : start, end), true)) {
                int from = text.charAt(start) == '0' ? start : start - 1;
                finds.add(new Find(TYPE, from, end, near ? 85 : 75, 0, 4));
            }
        } else if ((near || bracket && american) && isPhone(text.substring(start, end), false)) {
            finds.add(new Find(TYPE, start, end, near ? 75 : 65, CLOSE, 4));
        }
        return end;
    }

    private static boolean joins(String text, Runs runs, int run) {
        int from = runs.end(run);
        int to = runs.start(run + 1);
        if (to - from > 3 || runs.isUnfit(run + 1) || !runs.isDigits(run + 1)) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (" -./()\u00A0\u2011\u2013\u202F".indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    private boolean isPhone(String digits, boolean international) {
        if (international) {
            return isValid("+" + digits, "ZZ");
        }
        return regions.stream().anyMatch(region -> isValid(digits, region));
    }

    private boolean isValid(String number, String region) {
        try {
            return phones.isValidNumber(phones.parse(number, region));
        } catch (NumberParseException noNumber) {
            return false;
        }
    }
}
