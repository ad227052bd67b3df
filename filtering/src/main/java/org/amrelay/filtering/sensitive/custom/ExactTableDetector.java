// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive.custom;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.amrelay.filtering.sensitive.text.Detector;
import org.amrelay.filtering.sensitive.text.Finds;
import org.amrelay.filtering.sensitive.text.Finds.Find;
import org.amrelay.filtering.sensitive.text.KeyWordPlaces;
import org.amrelay.filtering.sensitive.text.Letters;
import org.amrelay.filtering.sensitive.text.Reading;

/** Finds values of a table, with more confidence when another value of the same row is within 300 characters. */
public final class ExactTableDetector implements Detector {
    private static final int MOST_WORDS = 6;
    private static final int LONGEST_WORD = 120;
    private static final int NEAR = 300;

    private final ExactTable table;

    /** Finds the values of this table. */
    public ExactTableDetector(ExactTable table) {
        this.table = table;
    }

    @Override
    public Set<String> types() {
        return Set.of(table.name());
    }

    @Override
    public void find(Reading reading, Set<String> types, Finds finds) {
        List<Hit> hits = new ArrayList<>();
        Deque<Word> last = new ArrayDeque<>();
        String text = reading.text();
        int start = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean inside = i < text.length() && Character.isLetterOrDigit(text.charAt(i));
            if (inside && start < 0) {
                start = i;
            } else if (!inside && start >= 0) {
                last.addLast(new Word(start, i, i - start > LONGEST_WORD ? "" : folded(text, start, i)));
                if (last.size() > MOST_WORDS) {
                    last.removeFirst();
                }
                ending(last, hits);
                start = -1;
            }
        }
        report(hits, finds);
    }

    private static String folded(String text, int start, int end) {
        StringBuilder folded = new StringBuilder();
        for (int i = start; i < end; i++) {
            folded.append(Letters.fold(text.charAt(i)));
        }
        return folded.toString();
    }

    /** Looks up each sequence of words that ends with the last one. */
    private void ending(Deque<Word> last, List<Hit> hits) {
        String joined = "";
        int words = 0;
        int end = last.getLast().end();
        for (var each = last.descendingIterator(); each.hasNext(); ) {
            Word word = each.next();
            joined = word.folded() + joined;
            words++;
            if (word.folded().isEmpty() || joined.length() > LONGEST_WORD) {
                return;
            }
            if (table.mayHave(words, joined.length())) {
                for (int row : table.rows(joined)) {
                    hits.add(new Hit(row < 0 ? -row - 1 : row, row >= 0, word.start(), end));
                }
            }
        }
    }

    private void report(List<Hit> hits, Finds finds) {
        Map<Integer, Integer> lastSupport = new HashMap<>();
        boolean[] supported = new boolean[hits.size()];
        for (int pass = 0; pass < 2; pass++) {
            lastSupport.clear();
            for (int i = 0; i < hits.size(); i++) {
                int at = pass == 0 ? i : hits.size() - 1 - i;
                Hit hit = hits.get(at);
                if (!hit.primary()) {
                    lastSupport.put(hit.row(), hit.start());
                } else {
                    Integer other = lastSupport.get(hit.row());
                    supported[at] |= other != null && Math.abs(other - hit.start()) <= NEAR;
                }
            }
        }
        for (int i = 0; i < hits.size(); i++) {
            Hit hit = hits.get(i);
            if (hit.primary() && (i == 0 || !isSame(hits.get(i - 1), hit) || supported[i] && !supported[i - 1])) {
                finds.add(new Find(
                        table.name(),
                        hit.start(),
                        hit.end(),
                        supported[i] ? 85 : 65,
                        supported[i] ? 0 : KeyWordPlaces.NONE,
                        4));
            }
        }
    }

    private static boolean isSame(Hit one, Hit other) {
        return one.primary() && one.start() == other.start() && one.end() == other.end();
    }

    private record Word(int start, int end, String folded) {}

    private record Hit(int row, boolean primary, int start, int end) {}
}
