// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive.custom;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.amrelay.filtering.sensitive.text.Detector;
import org.amrelay.filtering.sensitive.text.Finds;
import org.amrelay.filtering.sensitive.text.Finds.Find;
import org.amrelay.filtering.sensitive.text.KeyWordPlaces;
import org.amrelay.filtering.sensitive.text.Reading;

/** Finds the words and patterns of a site. */
public final class CustomDetector implements Detector {
    private static final int NEAR = 300;
    private static final int HIGH = 85;

    private final Map<String, WordList> dictionaries = new LinkedHashMap<>();
    private final Map<String, PatternType> patterns = new LinkedHashMap<>();
    private final Map<String, Pattern> compiled = new LinkedHashMap<>();
    private final Map<String, String> titles = new LinkedHashMap<>();
    private final int most;

    /**
     * Finds them.
     *
     * @param most so many finds of a pattern are looked for in one text
     */
    public CustomDetector(List<WordList> dictionaries, List<PatternType> patterns, int most) {
        this.most = most;
        dictionaries.forEach(each -> {
            this.dictionaries.put(each.name(), each);
            titles.put(each.name(), "words of the site");
        });
        patterns.forEach(each -> {
            this.patterns.put(each.name(), each);
            compiled.put(each.name(), each.compiled());
            titles.put(each.name(), "pattern of the site");
        });
    }

    /** What each type is called. */
    public Map<String, String> titles() {
        return titles;
    }

    /** The words that are to be looked up for it. */
    public Map<String, List<String>> keyWords() {
        Map<String, List<String>> words = new LinkedHashMap<>();
        dictionaries.values().forEach(each -> words.put(each.name(), each.words()));
        patterns.values().forEach(each -> words.put(each.name(), each.keywords()));
        return words;
    }

    @Override
    public Set<String> types() {
        return titles.keySet();
    }

    @Override
    public void find(Reading reading, Set<String> types, Finds finds) {
        dictionaries.values().stream()
                .filter(each -> types.contains(each.name()))
                .forEach(each -> reading.spans(each.name())
                        .forEach(span -> finds.add(new Find(each.name(), span[0], span[1], each.confidence(), 0, 0))));
        patterns.values().stream()
                .filter(each -> types.contains(each.name()))
                .forEach(each -> find(each, reading, finds));
    }

    private void find(PatternType type, Reading reading, Finds finds) {
        Pattern pattern = compiled.get(type.name());
        if (pattern == null) {
            return;
        }
        Matcher matcher = pattern.matcher(reading.text());
        for (int i = 0; i < most && matcher.find(); i++) {
            int distance = reading.distance(type.name(), matcher.start(), matcher.end());
            boolean near = distance <= NEAR;
            if (matcher.end() > matcher.start() && (near || !type.needsKeyword())) {
                int confidence = near ? Math.max(HIGH, type.confidence()) : type.confidence();
                finds.add(new Find(
                        type.name(),
                        matcher.start(),
                        matcher.end(),
                        confidence,
                        near ? distance : KeyWordPlaces.NONE,
                        4));
            }
        }
    }
}
