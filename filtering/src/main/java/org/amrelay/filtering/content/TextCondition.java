// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.content;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.amrelay.mail.address.EmailAddress;

/**
 * Words and patterns in text. Immutable.
 *
 * @param words in small letters
 */
record TextCondition(Set<TextPlace> places, List<String> words, List<Pattern> patterns, int count)
        implements RuleCondition {
    /** So much evidence is enough. */
    private static final int MOST = 5;

    @Override
    public List<ContentFinding> findings(RuledMessage subject, EmailAddress recipient) {
        return subject.once(this, () -> look(subject));
    }

    private List<ContentFinding> look(RuledMessage subject) {
        Tally tally = new Tally(count);
        for (TextPlace place : TextPlace.values()) {
            if (places.contains(place)) {
                for (TextPassage passage : subject.passages(place)) {
                    words.forEach(word -> seek(word, passage, tally));
                    patterns.forEach(pattern -> seek(pattern, passage, tally));
                }
            }
        }
        return tally.isEnough() ? List.copyOf(tally.found) : NO;
    }

    /** What was found so far. */
    private static final class Tally {
        private final int wanted;
        private final List<ContentFinding> found = new ArrayList<>();
        private int times;

        Tally(int wanted) {
            this.wanted = wanted;
        }

        boolean isEnough() {
            return times >= wanted;
        }

        void add(TextPassage passage, int offset, String evidence) {
            times++;
            if (found.size() < MOST) {
                found.add(new ContentFinding(passage.part(), offset, evidence));
            }
        }
    }

    private static void seek(String word, TextPassage passage, Tally tally) {
        String text = passage.folded();
        for (int at = text.indexOf(word); at >= 0 && !tally.isEnough(); at = text.indexOf(word, at + 1)) {
            if (isWhole(text, at, at + word.length())) {
                tally.add(passage, at, EvidenceMask.word(word));
            }
        }
    }

    private static boolean isWhole(String text, int from, int to) {
        return (from == 0 || !Character.isLetterOrDigit(text.charAt(from - 1)))
                && (to == text.length() || !Character.isLetterOrDigit(text.charAt(to)));
    }

    private static void seek(Pattern pattern, TextPassage passage, Tally tally) {
        if (tally.isEnough()) {
            return;
        }
        Matcher matcher = pattern.matcher(passage.text());
        while (!tally.isEnough() && matcher.find()) {
            tally.add(passage, matcher.start(), EvidenceMask.shape(matcher.group()));
        }
    }

    @Override
    public int cost() {
        return Cost.TEXT;
    }
}
