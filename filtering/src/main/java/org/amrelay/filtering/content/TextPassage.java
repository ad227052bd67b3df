// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.content;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.amrelay.filtering.sensitive.SensitiveFinder;
import org.amrelay.filtering.sensitive.SensitiveMatch;

/** A text of a message with the place where it stands. For one thread. */
final class TextPassage {
    private final TextPlace place;
    private final String part;
    private final String text;
    private Optional<String> folded = Optional.empty();
    private Optional<List<SensitiveMatch>> sensitive = Optional.empty();

    TextPassage(TextPlace place, String part, String text) {
        this.place = place;
        this.part = part;
        this.text = text;
    }

    TextPlace place() {
        return place;
    }

    String part() {
        return part;
    }

    String text() {
        return text;
    }

    /** In small letters, each at the place of the letter that it stands for. */
    String folded() {
        if (folded.isEmpty()) {
            char[] chars = text.toCharArray();
            for (int i = 0; i < chars.length; i++) {
                chars[i] = Character.toLowerCase(chars[i]);
            }
            folded = Optional.of(new String(chars));
        }
        return folded.get();
    }

    List<SensitiveMatch> sensitive(SensitiveFinder finder, Set<String> types) {
        if (sensitive.isEmpty()) {
            sensitive = Optional.of(finder.find(text, types));
        }
        return sensitive.get();
    }
}
