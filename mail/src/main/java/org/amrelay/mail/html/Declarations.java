// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.html;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The declarations of a style attribute or rule (CSS Syntax §5.3.5), names and values in lower case. Immutable.
 *
 * @param values by property; the last one of a name counts
 */
record Declarations(Map<String, String> values) {
    private static final int LONGEST = 4096;
    private static final int MOST = 100;

    static Declarations parse(String style) {
        String text = (style.length() > LONGEST ? style.substring(0, LONGEST) : style).toLowerCase(Locale.ROOT);
        Map<String, String> values = new HashMap<>();
        int start = 0;
        while (start < text.length() && values.size() < MOST) {
            int end = text.indexOf(';', start);
            end = end < 0 ? text.length() : end;
            int colon = text.indexOf(':', start);
            if (colon > start && colon < end) {
                values.put(text.substring(start, colon).strip(), cleaned(text.substring(colon + 1, end)));
            }
            start = end + 1;
        }
        return new Declarations(values);
    }

    private static String cleaned(String written) {
        int important = written.indexOf("!important");
        return (important < 0 ? written : written.substring(0, important)).strip();
    }

    String value(String property) {
        return values.getOrDefault(property, "");
    }

    boolean has(String property, String value) {
        return value(property).equals(value);
    }

    /** The first number of a value; not a number when there is none. */
    double number(String property) {
        return leadingNumber(value(property));
    }

    static double leadingNumber(String text) {
        int i = 0;
        boolean negative = text.startsWith("-");
        i += negative || text.startsWith("+") ? 1 : 0;
        double value = 0;
        double place = 0;
        int digits = 0;
        for (; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' && place == 0) {
                place = 1;
            } else if (c >= '0' && c <= '9') {
                digits++;
                place /= 10;
                value = place == 0 ? value * 10 + (c - '0') : value + (c - '0') * place;
            } else {
                break;
            }
        }
        return digits == 0 ? Double.NaN : negative ? -value : value;
    }
}
