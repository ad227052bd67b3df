// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive.text;

import java.util.Arrays;

/**
 * The runs of letters and digits of a text, and what stands between two of them.
 *
 * <p>Runs that no number can be part of are marked: too long, with other letters, in a link, or part of a UUID.
 */
public final class Runs {
    /** What stands between two runs that are no parts of one number. */
    public static final char APART = 0;

    /** A space that is or has a line break; others are a space, a hyphen, a dot, a slash or an opening bracket. */
    public static final char LINE = '\n';

    private static final int LONGEST = 34;
    private static final int[] UUID = {8, 4, 4, 4, 12};

    private final String text;
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private boolean[] unfit = new boolean[64];
    private int count;

    private Runs(String text) {
        this.text = text;
    }

    static Runs of(String text) {
        Runs runs = new Runs(text);
        runs.read();
        runs.markUuids();
        return runs;
    }

    private void read() {
        int linkEnds = 0;
        for (int i = 0; i < text.length(); i++) {
            if (!Letters.isWord(text.charAt(i))) {
                continue;
            }
            int start = i;
            boolean plain = true;
            while (i < text.length() && Letters.isWord(text.charAt(i))) {
                plain &= Letters.plain(text.charAt(i++)) != 0;
            }
            if (start >= linkEnds && startsLink(start, i)) {
                linkEnds = linkEnd(i);
            }
            add(start, i, !plain || i - start > LONGEST || start < linkEnds || isJoined(start, i));
            i--;
        }
    }

    private void add(int start, int end, boolean marked) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, count * 2);
            ends = Arrays.copyOf(ends, count * 2);
            unfit = Arrays.copyOf(unfit, count * 2);
        }
        starts[count] = start;
        ends[count] = end;
        unfit[count++] = marked;
    }

    private boolean startsLink(int start, int end) {
        return text.startsWith("://", end)
                || end - start == 3 && text.regionMatches(true, start, "www", 0, 3) && text.startsWith(".", end);
    }

    private int linkEnd(int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) > ' ' && "\"<>\u00A0".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    /** Parts of mail addresses and of names with underscores are no numbers. */
    private boolean isJoined(int start, int end) {
        return start > 0 && "_@".indexOf(text.charAt(start - 1)) >= 0
                || end < text.length() && "_@".indexOf(text.charAt(end)) >= 0;
    }

    private void markUuids() {
        for (int i = 0; i + UUID.length <= count; i++) {
            int fitting = 0;
            while (fitting < UUID.length
                    && length(i + fitting) == UUID[fitting]
                    && (fitting == 0 || text.startsWith("-", ends[i + fitting - 1]) && gap(i + fitting - 1) == '-')) {
                fitting++;
            }
            if (fitting == UUID.length) {
                Arrays.fill(unfit, i, i + UUID.length, true);
            }
        }
    }

    /** How many there are. */
    public int count() {
        return count;
    }

    /** The first char of a run. */
    public int start(int run) {
        return starts[run];
    }

    /** Behind the last char of a run. */
    public int end(int run) {
        return ends[run];
    }

    /** The length of a run. */
    public int length(int run) {
        return ends[run] - starts[run];
    }

    /** Whether no number has a part there. */
    public boolean isUnfit(int run) {
        return unfit[run];
    }

    /** Whether there is a digit in it. */
    public boolean hasDigit(int run) {
        for (int i = starts[run]; i < ends[run] && i < starts[run] + LONGEST; i++) {
            char c = Letters.plain(text.charAt(i));
            if (c >= '0' && c <= '9') {
                return true;
            }
        }
        return false;
    }

    /** Whether all of it are digits. */
    public boolean isDigits(int run) {
        for (int i = starts[run]; i < ends[run]; i++) {
            char c = Letters.plain(text.charAt(i));
            if (c < '0' || c > '9') {
                return false;
            }
        }
        return true;
    }

    /** What stands between a run and the next one. */
    public char gap(int run) {
        if (run < 0 || run + 1 >= count) {
            return APART;
        }
        char kind = APART;
        for (int i = ends[run]; i < starts[run + 1]; i++) {
            char c = text.charAt(i);
            char one = kind(c);
            if (one == APART
                    || i - ends[run] >= 4
                    || kind != APART && kind != ' ' && kind != LINE && one != ' ' && one != LINE) {
                return APART;
            }
            kind = kind == APART || kind == ' ' || kind == LINE && one != ' ' ? one : kind;
        }
        return kind;
    }

    private static char kind(char c) {
        if (c == '\n' || c == '\r') {
            return LINE;
        } else if (Letters.isDash(c) || c == '+') {
            return '-';
        } else if (c == '.' || c == '/' || c == '(') {
            return c;
        }
        return c != '_' && Letters.fold(c) == ' ' ? ' ' : APART;
    }
}
