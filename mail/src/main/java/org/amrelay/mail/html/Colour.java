// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.html;

import java.util.Map;
import java.util.OptionalInt;

/** Colours as numbers 0xRRGGBB, read from style sheets and attributes (CSS Color §5, HTML §2.3.6). Stateless. */
final class Colour {
    static final int WHITE = 0xffffff;
    static final int BLACK = 0;

    /** Differences of one colour that nobody sees; all three together. */
    private static final int INVISIBLE_DIFFERENCE = 30;

    private static final Map<String, Integer> NAMES = Map.ofEntries(
            Map.entry("white", 0xffffff),
            Map.entry("black", 0),
            Map.entry("red", 0xff0000),
            Map.entry("blue", 0xff),
            Map.entry("green", 0x8000),
            Map.entry("lime", 0xff00),
            Map.entry("yellow", 0xffff00),
            Map.entry("gray", 0x808080),
            Map.entry("grey", 0x808080),
            Map.entry("silver", 0xc0c0c0),
            Map.entry("maroon", 0x800000),
            Map.entry("navy", 0x80),
            Map.entry("purple", 0x800080),
            Map.entry("teal", 0x8080),
            Map.entry("olive", 0x808000),
            Map.entry("aqua", 0xffff),
            Map.entry("cyan", 0xffff),
            Map.entry("fuchsia", 0xff00ff),
            Map.entry("magenta", 0xff00ff),
            Map.entry("orange", 0xffa500),
            Map.entry("snow", 0xfffafa),
            Map.entry("ivory", 0xfffff0),
            Map.entry("whitesmoke", 0xf5f5f5),
            Map.entry("ghostwhite", 0xf8f8ff),
            Map.entry("floralwhite", 0xfffaf0),
            Map.entry("azure", 0xf0ffff),
            Map.entry("mintcream", 0xf5fffa),
            Map.entry("lightgrey", 0xd3d3d3),
            Map.entry("lightgray", 0xd3d3d3),
            Map.entry("gainsboro", 0xdcdcdc),
            Map.entry("darkgray", 0xa9a9a9));

    private Colour() {}

    /** Empty for what is no colour; the first one of a value that names more, such as {@code background}. */
    static OptionalInt parse(String value) {
        for (String word : value.strip().split(" ", 8)) {
            OptionalInt colour = word.startsWith("rgb") ? ofNumbers(value.substring(value.indexOf("rgb"))) : one(word);
            if (colour.isPresent()) {
                return colour;
            }
        }
        return OptionalInt.empty();
    }

    private static OptionalInt one(String word) {
        Integer named = NAMES.get(word);
        if (named != null) {
            return OptionalInt.of(named);
        }
        String digits = word.startsWith("#") ? word.substring(1) : word;
        if (digits.length() != 6 && !(word.startsWith("#") && (digits.length() == 3 || digits.length() == 8))) {
            return OptionalInt.empty();
        }
        int value = 0;
        for (int i = 0; i < Math.min(digits.length(), 6); i++) {
            int digit = Character.digit(digits.charAt(i), 16);
            if (digit < 0) {
                return OptionalInt.empty();
            }
            value = value << 4 | digit;
            value = digits.length() == 3 ? value << 4 | digit : value;
        }
        return OptionalInt.of(value);
    }

    private static OptionalInt ofNumbers(String value) {
        int open = value.indexOf('(');
        int close = value.indexOf(')');
        if (open < 0 || close < open) {
            return OptionalInt.empty();
        }
        int colour = 0;
        int count = 0;
        for (String number :
                value.substring(open + 1, close).replace(',', ' ').strip().split(" ", 12)) {
            if (number.isEmpty()) {
                continue;
            }
            double part = Declarations.leadingNumber(number);
            if (Double.isNaN(part) || count == 3) {
                break;
            }
            part = number.endsWith("%") ? part * 2.55 : part;
            colour = colour << 8 | (int) Math.max(0, Math.min(255, part));
            count++;
        }
        return count == 3 ? OptionalInt.of(colour) : OptionalInt.empty();
    }

    /** Whether text in one colour cannot be seen on the other. */
    static boolean same(int one, int other) {
        int difference = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            difference += Math.abs((one >> shift & 0xff) - (other >> shift & 0xff));
        }
        return difference < INVISIBLE_DIFFERENCE;
    }
}
