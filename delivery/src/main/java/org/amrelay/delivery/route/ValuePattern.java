// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.route;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What a value must be: a {@link Glob}, or {@code >}, {@code >=}, {@code <} or {@code <=} with a number.
 *
 * <p>A value that is no number matches no comparison. Immutable.
 */
public final class ValuePattern {
    private final String text;
    private final Optional<Glob> glob;
    private final boolean above;
    private final boolean orEqual;
    private final BigDecimal limit;

    private ValuePattern(String text, Optional<Glob> glob, boolean above, boolean orEqual, BigDecimal limit) {
        this.text = text;
        this.glob = glob;
        this.above = above;
        this.orEqual = orEqual;
        this.limit = limit;
    }

    /**
     * Reads the text.
     *
     * @throws IllegalArgumentException with a sentence when a comparison has no number
     */
    public static ValuePattern of(String text) {
        boolean compares = text.startsWith(">") || text.startsWith("<");
        if (!compares) {
            return new ValuePattern(text, Optional.of(Glob.of(text)), false, false, BigDecimal.ZERO);
        }
        boolean orEqual = text.startsWith("=", 1);
        String rest = text.substring(orEqual ? 2 : 1).strip();
        BigDecimal limit =
                number(rest).orElseThrow(() -> new IllegalArgumentException("has no number to compare with"));
        return new ValuePattern(text, Optional.empty(), text.startsWith(">"), orEqual, limit);
    }

    private static Optional<BigDecimal> number(String text) {
        boolean plain = !text.isEmpty()
                && text.length() <= 30
                && text.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+');
        try {
            return plain ? Optional.of(new BigDecimal(text)) : Optional.empty();
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
    }

    public boolean matches(String value) {
        if (glob.isPresent()) {
            return glob.get().matches(value);
        }
        Optional<Integer> order = number(value.strip()).map(number -> number.compareTo(limit));
        return order.filter(o -> above ? o > 0 : o < 0)
                .or(() -> order.filter(o -> orEqual && o == 0))
                .isPresent();
    }

    @Override
    public String toString() {
        return text;
    }
}
