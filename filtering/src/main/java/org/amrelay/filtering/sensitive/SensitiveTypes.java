// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The types that the program knows. Immutable, safe for several threads; linear in the text.
 *
 * <p>A number is found by its form and check digits. Many forms are too common to be told alone: those count only with a word
 * near them, at most {@value #BEFORE} characters before or {@value #BEHIND} behind. Of finds that overlap the surest stays.
 */
public final class SensitiveTypes implements SensitiveFinder {
    private static final int BEFORE = 300;
    private static final int BEHIND = 100;
    private static final int MOST = 5_000;
    private static final int LONGEST_NUMBER = 34;
    private static final Set<String> NAMES = names();

    private final List<List<Indexed>> byLength = new ArrayList<>();
    private final WordIndex words = new WordIndex();

    private record Indexed(NumberType type, int number) {}

    public SensitiveTypes() {
        for (int length = 0; length <= LONGEST_NUMBER; length++) {
            byLength.add(new ArrayList<>());
        }
        numbers().forEach(type -> {
            Indexed indexed = new Indexed(type, words.add(type.words()));
            for (int length = type.min(); length <= type.max(); length++) {
                byLength.get(length).add(indexed);
            }
        });
    }

    private static Stream<NumberType> numbers() {
        return Stream.of(
                        PaymentNumbers.ALL,
                        WestEuropeanNumbers.ALL,
                        NorthAndEastEuropeanNumbers.ALL,
                        AmericanNumbers.ALL,
                        AsianAndOceanianNumbers.ALL,
                        HealthNumbers.ALL,
                        TravelDocuments.ALL,
                        Contacts.ALL)
                .flatMap(Collection::stream);
    }

    private static Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        numbers().map(NumberType::name).forEach(names::add);
        names.add(TravelDocuments.MACHINE_READABLE);
        names.add(Contacts.PHONE);
        names.addAll(SecretForms.names());
        names.addAll(SpokenSecrets.names());
        names.addAll(Wallets.names());
        return Set.copyOf(names);
    }

    @Override
    public Set<String> types() {
        return NAMES;
    }

    @Override
    public List<SensitiveMatch> find(String text, Set<String> types) {
        List<SensitiveMatch> found = new ArrayList<>();
        findNumbers(text, types, found);
        if (types.contains(TravelDocuments.MACHINE_READABLE)) {
            TravelDocuments.findLines(text, found);
        }
        if (types.contains(Contacts.PHONE)) {
            Contacts.phones(text, found);
        }
        SecretForms.find(text, types, found);
        SpokenSecrets.find(text, types, found);
        if (Wallets.names().stream().anyMatch(types::contains)) {
            Wallets.find(text, types, found);
        }
        return surest(found);
    }

    private void findNumbers(String text, Set<String> types, List<SensitiveMatch> found) {
        WordIndex.Places[] places = new WordIndex.Places[1];
        Candidates.in(text, candidate -> {
            List<Indexed> possible = byLength.get(candidate.length());
            if (possible.isEmpty() || found.size() >= MOST || !Surroundings.allow(text, candidate)) {
                return;
            }
            boolean digits = candidate.compact().chars().allMatch(c -> c <= '9');
            boolean uniform = candidate.isUniform();
            for (Indexed each : possible) {
                NumberType type = each.type;
                if ((digits || type.letters())
                        && (uniform || type.mixed())
                        && types.contains(type.name())
                        && type.check().test(candidate)
                        && !Surroundings.isInAddress(text, candidate.from())) {
                    places[0] = places[0] == null ? words.find(text) : places[0];
                    boolean evident =
                            places[0].isBetween(each.number, candidate.from() - BEFORE, candidate.to() + BEHIND);
                    add(text, candidate, type, evident, found);
                }
            }
        });
    }

    private static void add(
            String text, Candidate candidate, NumberType type, boolean evident, List<SensitiveMatch> found) {
        int confidence = type.confidence(candidate, evident);
        if (confidence > 0) {
            String value = text.substring(candidate.from(), candidate.to());
            found.add(
                    new SensitiveMatch(type.name(), candidate.from(), value.length(), confidence, Masking.mask(value)));
        }
    }

    /** Of finds that overlap the surest, of those the longest; several types of the same place stay when they are as sure. */
    private static List<SensitiveMatch> surest(List<SensitiveMatch> found) {
        if (found.size() < 2) {
            return List.copyOf(found);
        }
        List<SensitiveMatch> order = new ArrayList<>(found);
        order.sort(Comparator.comparingInt(SensitiveMatch::confidence)
                .reversed()
                .thenComparing(Comparator.comparingInt(SensitiveMatch::length).reversed())
                .thenComparingInt(SensitiveMatch::offset));
        Places taken = new Places();
        return order.stream()
                .filter(taken::takes)
                .sorted(Comparator.comparingInt(SensitiveMatch::offset).thenComparing(SensitiveMatch::type))
                .toList();
    }

    /** The places of a text that are taken by a find. */
    private static final class Places {
        private final java.util.TreeMap<Integer, SensitiveMatch> byOffset = new java.util.TreeMap<>();

        boolean takes(SensitiveMatch match) {
            var before = byOffset.floorEntry(match.offset() + match.length() - 1);
            if (before == null || before.getKey() + before.getValue().length() <= match.offset()) {
                byOffset.put(match.offset(), match);
                return true;
            }
            SensitiveMatch other = before.getValue();
            return other.offset() == match.offset()
                    && other.length() == match.length()
                    && other.confidence() == match.confidence();
        }
    }
}
