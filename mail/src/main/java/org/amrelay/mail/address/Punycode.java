// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.address;

import java.util.Optional;

/** Writes text in the letters, digits and hyphens of a host name, and reads it (RFC 3492). Stateless. */
final class Punycode {
    private static final int BASE = 36;
    private static final int LEAST_THRESHOLD = 1;
    private static final int MOST_THRESHOLD = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int FIRST_BIAS = 72;
    private static final int FIRST_BEYOND_ASCII = 0x80;

    private Punycode() {}

    /** RFC 3492 §6.3; of a label of at most some hundred characters, so nothing overflows. */
    static String encode(String label) {
        int[] points = label.codePoints().toArray();
        StringBuilder out = new StringBuilder();
        for (int point : points) {
            if (point < FIRST_BEYOND_ASCII) {
                out.append((char) point);
            }
        }
        int basic = out.length();
        int handled = basic;
        if (basic > 0) {
            out.append('-');
        }
        int next = FIRST_BEYOND_ASCII;
        long delta = 0;
        int bias = FIRST_BIAS;
        while (handled < points.length) {
            int least = leastFrom(points, next);
            delta += (long) (least - next) * (handled + 1);
            next = least;
            for (int point : points) {
                if (point < next) {
                    delta++;
                } else if (point == next) {
                    append(out, delta, bias);
                    bias = adapt(delta, handled + 1, handled == basic);
                    delta = 0;
                    handled++;
                }
            }
            delta++;
            next++;
        }
        return out.toString();
    }

    /** RFC 3492 §6.2; empty for text that is none. */
    static Optional<String> decode(String text) {
        int hyphen = text.lastIndexOf('-');
        StringBuilder out = new StringBuilder(text.substring(0, Math.max(0, hyphen)));
        int next = FIRST_BEYOND_ASCII;
        int bias = FIRST_BIAS;
        long i = 0;
        int in = hyphen + 1;
        int points = out.length();
        while (in < text.length()) {
            long before = i;
            long weight = 1;
            for (int k = BASE; ; k += BASE) {
                int digit = in < text.length() ? Character.digit(text.charAt(in++), BASE) : -1;
                int value = digit < 0 ? -1 : digit < 10 ? digit + 26 : digit - 10;
                i += value * weight;
                if (value < 0 || i > Integer.MAX_VALUE) {
                    return Optional.empty();
                }
                int threshold = Math.min(Math.max(k - bias, LEAST_THRESHOLD), MOST_THRESHOLD);
                if (value < threshold) {
                    break;
                }
                weight *= BASE - threshold;
            }
            points++;
            bias = adapt(i - before, points, before == 0);
            long point = next + i / points;
            i %= points;
            if (point > Character.MAX_CODE_POINT) {
                return Optional.empty();
            }
            next = (int) point;
            out.insert(out.offsetByCodePoints(0, (int) i), Character.toString(next));
            i++;
        }
        return Optional.of(out.toString());
    }

    private static int leastFrom(int[] points, int from) {
        int least = Integer.MAX_VALUE;
        for (int point : points) {
            if (point >= from && point < least) {
                least = point;
            }
        }
        return least;
    }

    private static void append(StringBuilder out, long delta, int bias) {
        long rest = delta;
        for (int k = BASE; ; k += BASE) {
            int threshold = Math.min(Math.max(k - bias, LEAST_THRESHOLD), MOST_THRESHOLD);
            if (rest < threshold) {
                out.append(digit((int) rest));
                return;
            }
            out.append(digit((int) (threshold + (rest - threshold) % (BASE - threshold))));
            rest = (rest - threshold) / (BASE - threshold);
        }
    }

    private static char digit(int value) {
        return (char) (value < 26 ? 'a' + value : '0' + value - 26);
    }

    private static int adapt(long delta, int points, boolean first) {
        long rest = first ? delta / DAMP : delta / 2;
        rest += rest / points;
        int k = 0;
        while (rest > (BASE - LEAST_THRESHOLD) * MOST_THRESHOLD / 2) {
            rest /= BASE - LEAST_THRESHOLD;
            k += BASE;
        }
        return (int) (k + (BASE - LEAST_THRESHOLD + 1) * rest / (rest + SKEW));
    }
}
