// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive.text;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Where key words stand in one text. */
public final class KeyWordPlaces {
    /** Farther away than any key word that counts. */
    public static final int NONE = Integer.MAX_VALUE / 4;

    private final List<KeyWords.Places> places;

    KeyWordPlaces(List<KeyWords.Places> places) {
        this.places = places;
    }

    /** How far away the nearest word of the topic is; one that follows counts as if it were twice as far. */
    public int distance(int topic, int start, int end) {
        if (topic < 0) {
            return NONE;
        }
        KeyWords.Places of = places.get(topic);
        return Math.min(of.before(start), 2 * of.after(end));
    }

    /** How far away the nearest word of the topic is that stands before the place. */
    public int before(int topic, int place) {
        return topic < 0 ? NONE : places.get(topic).before(place);
    }

    /** Where the words of the topic end, in order. */
    public IntStream ends(int topic) {
        return topic < 0 ? IntStream.empty() : places.get(topic).allEnds();
    }

    /** Where the words of the topic start and end, in order. */
    Stream<int[]> spans(int topic) {
        return topic < 0 ? Stream.empty() : places.get(topic).allSpans();
    }
}
