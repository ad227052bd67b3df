// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive.number;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What {@code numbers.txt} says: the forms of all numbers, their key words and what they are called. Immutable. */
public final class NumberTable {
    /** The topic of words that say that a number is something else. */
    public static final String OTHER = "-";

    private final List<NumberForm> forms = new ArrayList<>();
    private final Map<String, String> titles = new LinkedHashMap<>();
    private final Map<String, List<String>> keyWords = new LinkedHashMap<>();

    private NumberTable() {}

    /** Reads the table that comes along. */
    public static NumberTable read() {
        try (InputStream in = NumberTable.class.getResourceAsStream("numbers.txt")) {
            if (in == null) {
                throw new IllegalStateException("numbers.txt is not in the jar");
            }
            NumberTable table = new NumberTable();
            Map<String, Predicate<String>> checks = checks();
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> table.add(line, checks));
            return table;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Map<String, Predicate<String>> checks() {
        Map<String, Predicate<String>> checks = new HashMap<>();
        Stream.of(
                        FinancialChecks.all(),
                        AmericanChecks.all(),
                        WesternEuropeanChecks.all(),
                        NorthernAndEasternChecks.all(),
                        EasternChecks.all())
                .forEach(checks::putAll);
        return checks;
    }

    private void add(String line, Map<String, Predicate<String>> checks) {
        String[] columns =
                Arrays.stream(line.split("\\|", -1)).map(String::strip).toArray(String[]::new);
        String type = columns[0];
        if (!columns[6].isEmpty()) {
            keyWords.put(
                    type,
                    Arrays.stream(columns[6].split(",", -1)).map(String::strip).toList());
        }
        if (type.equals(OTHER)) {
            return;
        }
        Predicate<String> check = checks.get(columns[4]);
        if (check == null) {
            throw new IllegalStateException("numbers.txt: no check is called " + columns[4]);
        }
        titles.putIfAbsent(type, columns[5]);
        NumberForm.Evidence evidence = NumberForm.Evidence.valueOf(columns[1].toUpperCase(Locale.ROOT));
        boolean any = columns[3].equals("*");
        List<List<Integer>> groupings = any || columns[3].isEmpty() ? List.of() : groupings(columns[3]);
        for (String written : columns[2].split(",", -1)) {
            masks(written).forEach(mask -> forms.add(new NumberForm(type, evidence, mask, groupings, any, check)));
        }
    }

    private static List<List<Integer>> groupings(String written) {
        return Arrays.stream(written.split(",", -1))
                .map(one ->
                        Arrays.stream(one.split("-", -1)).map(Integer::valueOf).toList())
                .toList();
    }

    /** {@code 9{8}X} stands for one mask, {@code X{6-9}} for four. */
    private static List<String> masks(String written) {
        List<String> masks = List.of("");
        for (int i = 0; i < written.length(); i++) {
            String form = written.substring(i, i + 1);
            int least = 1;
            int most = 1;
            if (written.startsWith("{", i + 1)) {
                int end = written.indexOf('}', i);
                String[] bounds = written.substring(i + 2, end).split("-", -1);
                least = Integer.parseInt(bounds[0]);
                most = Integer.parseInt(bounds[bounds.length - 1]);
                i = end;
            }
            List<String> longer = new ArrayList<>();
            for (String mask : masks) {
                for (int times = least; times <= most; times++) {
                    longer.add(mask + form.repeat(times));
                }
            }
            masks = longer;
        }
        return masks;
    }

    List<NumberForm> forms() {
        return forms;
    }

    /** What each type is called. */
    public Map<String, String> titles() {
        return titles;
    }

    /** The key words of each type, and under {@link #OTHER} those that speak against all. */
    public Map<String, List<String>> keyWords() {
        return keyWords;
    }
}
