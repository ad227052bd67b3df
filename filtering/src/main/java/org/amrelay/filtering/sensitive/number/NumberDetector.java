// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive.number;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.amrelay.filtering.sensitive.number.NumberForm.Evidence;
import org.amrelay.filtering.sensitive.text.Detector;
import org.amrelay.filtering.sensitive.text.Finds;
import org.amrelay.filtering.sensitive.text.Finds.Find;
import org.amrelay.filtering.sensitive.text.KeyWordPlaces;
import org.amrelay.filtering.sensitive.text.Letters;
import org.amrelay.filtering.sensitive.text.Reading;
import org.amrelay.filtering.sensitive.text.Runs;

/**
 * Finds the numbers of a {@link NumberTable}.
 *
 * <p>From each run of letters and digits it goes on over at most nine following ones, so it takes linear time. It
 * looks for all types at once: which of two types a number is does not depend on what was asked for.
 */
public final class NumberDetector implements Detector {
    private static final int LONGEST = 34;
    private static final int MOST_GROUPS = 10;
    private static final int NEAR = 300;
    private static final int CLOSE = 50;
    private static final int OTHER_NEAR = 25;
    private static final int SHOWN = 4;

    private final Map<String, String> titles;
    private final List<List<NumberForm>> byLength = new ArrayList<>();
    private final Map<Long, List<NumberForm>> byPrint = new HashMap<>();

    /** Finds what is in the table. */
    public NumberDetector(NumberTable table) {
        titles = new LinkedHashMap<>(table.titles());
        for (int i = 0; i <= LONGEST; i++) {
            byLength.add(new ArrayList<>());
        }
        table.forms().forEach(form -> {
            byLength.get(form.mask().length()).add(form);
            form.prints()
                    .forEach(print -> byPrint.computeIfAbsent(print, key -> new ArrayList<>())
                            .add(form));
        });
    }

    @Override
    public Set<String> types() {
        return titles.keySet();
    }

    @Override
    public void find(Reading reading, Set<String> types, Finds finds) {
        Runs runs = reading.runs();
        for (int run = 0; run < runs.count(); run++) {
            if (!runs.isUnfit(run) && (runs.hasDigit(run) || mayStart(reading, run))) {
                from(reading, run, finds);
            }
        }
    }

    /** Letters start a number when digits follow soon, or are a bank's code. */
    private static boolean mayStart(Reading reading, int run) {
        Runs runs = reading.runs();
        if (runs.length(run) == 4 || runs.length(run) == 8 || runs.length(run) == 11) {
            return Character.isUpperCase(reading.text().charAt(runs.end(run) - 1));
        }
        for (int i = run; i < run + 2 && runs.length(run) <= 6; i++) {
            if (runs.gap(i) == Runs.APART || runs.isUnfit(i + 1)) {
                return false;
            } else if (runs.hasDigit(i + 1)) {
                return true;
            }
        }
        return false;
    }

    private void from(Reading reading, int first, Finds finds) {
        Runs runs = reading.runs();
        StringBuilder compact = new StringBuilder(LONGEST);
        long print = 0;
        int lines = 0;
        for (int last = first; last < runs.count() && last < first + MOST_GROUPS; last++) {
            boolean letters = last > first && runs.length(last) > 5 && !runs.hasDigit(last);
            if (runs.isUnfit(last) || letters || compact.length() + runs.length(last) > LONGEST || lines > 1) {
                return;
            }
            for (int i = runs.start(last); i < runs.end(last); i++) {
                compact.append(Letters.plain(reading.text().charAt(i)));
            }
            print = print << NumberForm.BITS | runs.length(last);
            List<NumberForm> forms = byPrint.getOrDefault(print, List.of());
            boolean account = last > first && compact.length() > 14 && mayBeAccount(compact);
            if (!forms.isEmpty() || account) {
                Candidate candidate = new Candidate(reading, first, last, compact.toString());
                candidate(candidate, account ? byLength.get(compact.length()) : forms, account, finds);
            }
            if (last == first) {
                withoutCountry(reading, first, compact, finds);
            }
            char gap = runs.gap(last);
            if (gap == Runs.APART) {
                return;
            }
            lines += gap == Runs.LINE ? 1 : 0;
        }
    }

    /** Accounts are printed in groups of any length. */
    private static boolean mayBeAccount(CharSequence compact) {
        return compact.charAt(0) > '9'
                && compact.charAt(1) > '9'
                && compact.charAt(2) <= '9'
                && compact.charAt(3) <= '9';
    }

    private static void candidate(Candidate candidate, List<NumberForm> forms, boolean account, Finds finds) {
        for (NumberForm form : forms) {
            if ((!account || form.anyGrouping())
                    && form.fits(candidate.compact())
                    && candidate.isNotOfOneDigit()
                    && form.check().test(candidate.compact())
                    && candidate.standsAlone()) {
                decide(candidate, form, finds);
            }
        }
    }

    /** {@code PT123456789}: the country's code before a tax number is evidence enough. */
    private void withoutCountry(Reading reading, int run, CharSequence compact, Finds finds) {
        if (compact.length() < 10 || compact.charAt(0) < 'A' || compact.charAt(1) < 'A') {
            return;
        }
        String country = ("" + compact.charAt(0) + compact.charAt(1)).toLowerCase(Locale.ROOT);
        String rest = compact.subSequence(2, compact.length()).toString();
        String prefix = country.equals("el") ? "gr-" : country + "-";
        for (NumberForm form : byLength.get(rest.length())) {
            if (form.type().startsWith(prefix)
                    && form.fits(rest)
                    && form.check().test(rest)) {
                Runs runs = reading.runs();
                finds.add(new Find(form.type(), runs.start(run) + 2, runs.end(run), 75, 0, SHOWN));
            }
        }
    }

    private static void decide(Candidate candidate, NumberForm form, Finds finds) {
        Reading reading = candidate.reading();
        int start = candidate.start();
        int distance = reading.distance(form.type(), start, candidate.end());
        boolean near = distance <= NEAR;
        boolean printed = candidate.groups() > 1;
        if (form.evidence() == Evidence.CLOSE && (distance > CLOSE || !candidate.looksLikeACode())) {
            return;
        }
        if (form.evidence() != Evidence.STRONG && otherwiseCalled(reading, start, distance)) {
            return;
        }
        int confidence = switch (form.evidence()) {
            case STRONG -> near ? 85 : 75;
            case PLAIN -> near ? 85 : 65;
            case FORMATTED -> near ? printed || distance <= CLOSE ? 85 : 75 : printed ? 65 : 0;
            case NEEDED -> near ? printed || distance <= CLOSE ? 85 : 75 : 0;
            case CLOSE -> 75;
        };
        if (confidence > 0) {
            finds.add(new Find(
                    form.type(), start, candidate.end(), confidence, near ? distance : KeyWordPlaces.NONE, SHOWN));
        }
    }

    private static boolean otherwiseCalled(Reading reading, int start, int distance) {
        int other = reading.before(NumberTable.OTHER, start);
        return other <= OTHER_NEAR && other < distance;
    }

    /** Some neighbouring runs as one number. */
    private record Candidate(Reading reading, int first, int last, String compact) {
        int groups() {
            return last - first + 1;
        }

        int start() {
            return reading.runs().start(first);
        }

        int end() {
            return reading.runs().end(last);
        }

        boolean isNotOfOneDigit() {
            return compact.chars().filter(c -> c <= '9').distinct().count() != 1;
        }

        /** A bank's code is in capitals, and a document's number is no word. */
        boolean looksLikeACode() {
            return reading.text().substring(start(), end()).chars().noneMatch(Character::isLowerCase);
        }

        /** It is no part of a longer number, an amount, an address or a path. */
        boolean standsAlone() {
            String text = reading.text();
            Runs runs = reading.runs();
            char before = start() == 0 ? ' ' : text.charAt(start() - 1);
            char after = end() == text.length() ? ' ' : text.charAt(end());
            if ("$€£¥%\\".indexOf(before) >= 0 || "%°€\\".indexOf(after) >= 0) {
                return false;
            }
            boolean colon =
                    before == ':' && first > 0 && runs.end(first - 1) == start() - 1 && runs.isDigits(first - 1);
            return !colon && !continues(first - 1, first, first - 1) && !continues(last + 1, last, last);
        }

        private boolean continues(int neighbour, int own, int gapAt) {
            Runs runs = reading.runs();
            if (neighbour < 0 || neighbour >= runs.count() || !runs.hasDigit(neighbour)) {
                return false;
            }
            char gap = runs.gap(gapAt);
            boolean tight = runs.start(gapAt + 1) - runs.end(gapAt) == 1;
            if (gap == '-' || gap == '.' || gap == '/') {
                return tight;
            }
            return gap == ' '
                    && groups() > 1
                    && runs.length(neighbour) == runs.length(own)
                    && runs.isDigits(neighbour)
                    && compact.length() > 9;
        }
    }
}
