// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.amrelay.filtering.sensitive.custom.CustomDetector;
import org.amrelay.filtering.sensitive.custom.ExactTable;
import org.amrelay.filtering.sensitive.custom.ExactTableDetector;
import org.amrelay.filtering.sensitive.custom.Fingerprint;
import org.amrelay.filtering.sensitive.custom.FingerprintDetector;
import org.amrelay.filtering.sensitive.custom.MailAddressDetector;
import org.amrelay.filtering.sensitive.number.BirthDateDetector;
import org.amrelay.filtering.sensitive.number.MachineReadableDetector;
import org.amrelay.filtering.sensitive.number.NumberDetector;
import org.amrelay.filtering.sensitive.number.NumberTable;
import org.amrelay.filtering.sensitive.number.PhoneDetector;
import org.amrelay.filtering.sensitive.secret.PasswordDetector;
import org.amrelay.filtering.sensitive.secret.SecretDetector;
import org.amrelay.filtering.sensitive.secret.WalletDetector;
import org.amrelay.filtering.sensitive.text.Detector;
import org.amrelay.filtering.sensitive.text.Finds;
import org.amrelay.filtering.sensitive.text.Finds.Find;
import org.amrelay.filtering.sensitive.text.KeyWords;
import org.amrelay.filtering.sensitive.text.Letters;
import org.amrelay.filtering.sensitive.text.Reading;

/**
 * Finds all types that come along and those of a site.
 *
 * <p>Where two types could be meant by the same characters, the one with more confidence counts, then the longer, then the
 * one whose key word is nearer. Building one takes some milliseconds. Immutable, safe for several threads.
 */
public final class SensitiveTypes implements SensitiveFinder {
    private static final Set<String> ANYWHERE = Set.of("email-list");

    private final List<Detector> detectors = new ArrayList<>();
    private final Map<String, String> titles = new TreeMap<>();
    private final Set<String> overlapping = new HashSet<>(ANYWHERE);
    private final KeyWords keyWords;
    private final Set<String> ignored = new HashSet<>();
    private final int most;

    /** Finds the types that come along and those of the settings. */
    public SensitiveTypes(SensitiveSettings settings) {
        this(settings, List.of(), List.of());
    }

    /**
     * Finds rows of tables and parts of documents besides.
     *
     * @throws IllegalArgumentException when two types have the same name
     */
    public SensitiveTypes(SensitiveSettings settings, List<ExactTable> tables, List<Fingerprint> documents) {
        NumberTable numbers = NumberTable.read();
        SecretDetector secrets = new SecretDetector();
        CustomDetector custom = new CustomDetector(settings.dictionaries(), settings.patterns(), settings.mostFinds());
        most = settings.mostFinds();
        settings.ignore().forEach(value -> ignored.add(plain(value)));
        add(new NumberDetector(numbers), numbers.titles());
        add(new PhoneDetector(settings.phoneRegions()), Map.of(PhoneDetector.TYPE, "phone number"));
        add(
                new MachineReadableDetector(),
                Map.of(MachineReadableDetector.TYPE, "machine readable line of a passport or card"));
        add(new BirthDateDetector(), Map.of(BirthDateDetector.TYPE, "date of birth"));
        add(secrets, secrets.titles());
        add(new PasswordDetector(), PasswordDetector.TITLES);
        add(new WalletDetector(), WalletDetector.TITLES);
        add(new MailAddressDetector(settings.addressesInAList()), MailAddressDetector.TITLES);
        addOwn(custom, custom.titles());
        tables.forEach(table -> addOwn(new ExactTableDetector(table), Map.of(table.name(), "rows of a table")));
        documents.forEach(
                document -> addOwn(new FingerprintDetector(document), Map.of(document.name(), "part of a document")));
        Map<String, List<String>> words = new HashMap<>(numbers.keyWords());
        words.putAll(PhoneDetector.KEY_WORDS);
        words.putAll(BirthDateDetector.KEY_WORDS);
        words.putAll(PasswordDetector.KEY_WORDS);
        words.putAll(WalletDetector.KEY_WORDS);
        words.putAll(custom.keyWords());
        keyWords = new KeyWords(words);
    }

    private void add(Detector detector, Map<String, String> named) {
        detectors.add(detector);
        named.forEach((type, title) -> {
            if (titles.put(type, title) != null) {
                throw new IllegalArgumentException("two sensitive types are called " + type);
            }
        });
    }

    private void addOwn(Detector detector, Map<String, String> named) {
        add(detector, named);
        overlapping.addAll(named.keySet());
    }

    @Override
    public Set<String> types() {
        return Collections.unmodifiableSet(titles.keySet());
    }

    /** The types with what they are called. */
    public Map<String, String> titles() {
        return Collections.unmodifiableMap(titles);
    }

    @Override
    public List<SensitiveMatch> find(String text, Set<String> types) {
        Reading reading = new Reading(text, keyWords);
        Finds finds = new Finds(most);
        for (Detector detector : detectors) {
            if (!Collections.disjoint(detector.types(), types)) {
                detector.find(reading, types, finds);
            }
        }
        return best(finds.all()).stream()
                .filter(find -> types.contains(find.type()))
                .filter(find -> ignored.isEmpty() || !ignored.contains(plain(text.substring(find.start(), find.end()))))
                .map(find -> match(text, find))
                .toList();
    }

    private List<Find> best(List<Find> finds) {
        List<Find> ranked = new ArrayList<>(finds);
        ranked.sort(Comparator.comparingInt(Find::confidence)
                .thenComparingInt(find -> find.end() - find.start())
                .reversed()
                .thenComparingInt(Find::distance)
                .thenComparing(Find::start));
        NavigableMap<Integer, Find> taken = new TreeMap<>();
        List<Find> best = new ArrayList<>();
        for (Find find : ranked) {
            if (overlapping.contains(find.type())) {
                best.add(find);
                continue;
            }
            Map.Entry<Integer, Find> before = taken.lowerEntry(find.end());
            if (before == null || before.getValue().end() <= find.start()) {
                taken.put(find.start(), find);
                best.add(find);
            }
        }
        best.sort(Comparator.comparingInt(Find::start).thenComparing(Find::type));
        return best;
    }

    private static SensitiveMatch match(String text, Find find) {
        String value = text.substring(find.start(), find.end());
        return new SensitiveMatch(
                find.type(), find.start(), value.length(), find.confidence(), Masking.mask(value, find.showing()));
    }

    private static String plain(String value) {
        StringBuilder plain = new StringBuilder();
        value.chars().filter(c -> Letters.isWord((char) c)).forEach(c -> plain.append(Letters.fold((char) c)));
        return plain.toString();
    }
}
