// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive.text;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One text while it is read; its views are made when they are first asked for. Belongs to one thread. */
public final class Reading {
    private final String text;
    private final KeyWords keyWords;
    private @Nullable KeyWordPlaces places;
    private @Nullable Runs runs;

    /**
     * Starts to read.
     *
     * @param keyWords of all detectors
     */
    public Reading(String text, KeyWords keyWords) {
        this.text = text;
        this.keyWords = keyWords;
    }

    /** The text itself. */
    public String text() {
        return text;
    }

    /** Its key words; the topics are numbered as in the key words that the reading was made with. */
    public KeyWordPlaces places() {
        if (places == null) {
            places = keyWords.find(text);
        }
        return places;
    }

    /** Its runs of letters and digits. */
    public Runs runs() {
        if (runs == null) {
            runs = Runs.of(text);
        }
        return runs;
    }

    /** The distance of the nearest word of a topic. */
    public int distance(String topic, int start, int end) {
        return places().distance(keyWords.index(topic), start, end);
    }

    /** The distance of the nearest word of a topic before a place. */
    public int before(String topic, int place) {
        return places().before(keyWords.index(topic), place);
    }

    /** Where the words of a topic end, in order. */
    public IntStream ends(String topic) {
        return places().ends(keyWords.index(topic));
    }

    /** Where the words of a topic start and end, in order. */
    public Stream<int[]> spans(String topic) {
        return places().spans(keyWords.index(topic));
    }
}
