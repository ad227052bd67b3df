// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive;

/** Whether what stands around a number lets it be one: no part of a longer row, no part of an address of the web. Stateless. */
final class Surroundings {
    private static final int LOOKED_BACK = 300;

    private Surroundings() {}

    static boolean allow(String text, Candidate candidate) {
        return !Candidates.isTiedTo(text, candidate.from()) && !isOfRow(text, candidate);
    }

    /**
     * Whether more digits stand before or behind a number that is written with blanks. What may follow a number of four groups
     * and more, as a month and a year do a card, has groups of another length.
     */
    private static boolean isOfRow(String text, Candidate candidate) {
        String shape = candidate.shape();
        if (shape.indexOf(' ') < 0) {
            return false;
        }
        String[] groups = shape.split("\\D");
        int first = Integer.parseInt(groups[0]);
        int last = Integer.parseInt(groups[groups.length - 1]);
        int before = groupBefore(text, candidate.from());
        int behind = groupBehind(text, candidate.to());
        boolean four = candidate.length() >= 14;
        return four ? before == first || behind == last : before > 0 || behind > 0;
    }

    private static int groupBehind(String text, int from) {
        if (from + 1 >= text.length() || text.charAt(from) != ' ') {
            return -1;
        }
        int end = from + 1;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        return end < text.length() && Candidates.isSign(text.charAt(end)) ? -1 : end - from - 1;
    }

    private static int groupBefore(String text, int from) {
        if (from < 2 || text.charAt(from - 1) != ' ') {
            return -1;
        }
        int begin = from - 1;
        while (begin > 0 && Character.isDigit(text.charAt(begin - 1))) {
            begin--;
        }
        return begin > 0 && Candidates.isSign(text.charAt(begin - 1)) ? -1 : from - 1 - begin;
    }

    /** Whether a scheme of an address stands before, without a blank between. */
    static boolean isInAddress(String text, int from) {
        int begin = from;
        while (begin > 0 && from - begin < LOOKED_BACK && text.charAt(begin - 1) > ' ') {
            begin--;
        }
        int scheme = text.indexOf("://", begin);
        return scheme >= 0 && scheme < from;
    }
}
