// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.sensitive.number;

import java.util.Set;
import org.amrelay.filtering.sensitive.text.Detector;
import org.amrelay.filtering.sensitive.text.Finds;
import org.amrelay.filtering.sensitive.text.Finds.Find;
import org.amrelay.filtering.sensitive.text.Reading;

/** Finds the machine readable lines of passports, visas and identity cards by their check digits (ICAO 9303). */
public final class MachineReadableDetector implements Detector {
    /** The type's name. */
    public static final String TYPE = "passport-mrz";

    private static final int PASSPORT = 44;
    private static final int CARD_OF_TWO_LINES = 36;
    private static final int CARD_OF_THREE_LINES = 30;
    private static final int[] WEIGHTS = {7, 3, 1};

    @Override
    public Set<String> types() {
        return Set.of(TYPE);
    }

    @Override
    public void find(Reading reading, Set<String> types, Finds finds) {
        String text = reading.text();
        int start = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean inside = i < text.length() && isPart(text.charAt(i));
            if (inside && start < 0) {
                start = i;
            } else if (!inside && start >= 0) {
                if (i - start <= PASSPORT && isLine(text.substring(start, i))) {
                    finds.add(new Find(TYPE, start, i, 85, 0, 0));
                }
                start = -1;
            }
        }
    }

    private static boolean isPart(char c) {
        return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c == '<';
    }

    private static boolean isLine(String line) {
        if (line.length() == PASSPORT || line.length() == CARD_OF_TWO_LINES) {
            return holds(line, 0, 9)
                    && holds(line, 13, 19)
                    && holds(line, 21, 27)
                    && "MFX<".indexOf(line.charAt(20)) >= 0;
        }
        return line.length() == CARD_OF_THREE_LINES
                && "IAC".indexOf(line.charAt(0)) >= 0
                && holds(line, 5, 14)
                && line.charAt(14) <= '9';
    }

    private static boolean holds(String line, int from, int to) {
        int sum = 0;
        for (int i = from; i < to; i++) {
            int value = line.charAt(i) == '<' ? 0 : Character.digit(line.charAt(i), 36);
            sum += value * WEIGHTS[(i - from) % 3];
        }
        return line.charAt(to) == '0' + sum % 10;
    }
}
