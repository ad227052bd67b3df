// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive.number;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * One form of a type of numbers.
 *
 * @param type the type's name
 * @param evidence what has to speak for it besides its form
 * @param mask a 9, A or X for each character
 * @param groupings how it is printed, as lengths of the groups; empty: in one piece only
 * @param anyGrouping it may be printed in any groups
 * @param check whether its check digits hold; asked for upper case without separators
 */
record NumberForm(
        String type,
        Evidence evidence,
        String mask,
        List<List<Integer>> groupings,
        boolean anyGrouping,
        Predicate<String> check) {
    /** So many bits has the length of a group. */
    static final int BITS = 6;

    /** What has to speak for a number. */
    enum Evidence {
        STRONG,
        PLAIN,
        FORMATTED,
        NEEDED,
        CLOSE
    }

    boolean fits(String compact) {
        for (int i = 0; i < mask.length(); i++) {
            char form = mask.charAt(i);
            boolean digit = compact.charAt(i) <= '9';
            if (form == '9' && !digit || form == 'A' && digit) {
                return false;
            }
        }
        return true;
    }

    /** How it may be printed: the lengths of the groups, each in six bits. */
    List<Long> prints() {
        List<Long> prints = new ArrayList<>(List.of((long) mask.length()));
        for (List<Integer> grouping : groupings) {
            if (grouping.stream().mapToInt(Integer::intValue).sum() == mask.length()) {
                prints.add(grouping.stream()
                        .mapToLong(Integer::longValue)
                        .reduce(0, (print, length) -> print << BITS | length));
            }
        }
        return prints;
    }
}
