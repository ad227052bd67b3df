// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.limit;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.amrelay.mail.settings.DataSize;

/**
 * One limit, written {@code 500 messages per account in 1h} or {@code 20MB bytes per address in 1d fixed}.
 *
 * @param name the operator's
 * @param most what still is allowed: a count, bytes, or per cent
 */
public record LimitRule(String name, LimitScope scope, LimitMeasure measure, long most, LimitWindow window) {
    /** A distinct count remembers each recipient, so it has a bound. */
    static final int MOST_DISTINCT = 10_000;

    private static final Map<Character, Duration> UNITS = Map.of(
            's', Duration.ofSeconds(1), 'm', Duration.ofMinutes(1), 'h', Duration.ofHours(1), 'd', Duration.ofDays(1));

    /** What holds when nothing else is configured: far above what people send, far below what a stolen account would. */
    public static final List<LimitRule> USUAL = List.of(
            parse("messages", "1000 messages per account in 1h"),
            parse("recipients", "10000 recipients per account in 1d"));

    private static final String FORM =
            "is not like '500 messages per account in 1h' or '80% new-recipients per account in 1d fixed'";

    public LimitRule {
        if (most < 1) {
            throw new IllegalArgumentException("allows nothing at all");
        }
        if (measure == LimitMeasure.DISTINCT_RECIPIENTS && most > MOST_DISTINCT) {
            throw new IllegalArgumentException("counts more than " + MOST_DISTINCT + " different recipients");
        }
        if (measure == LimitMeasure.NEW_RECIPIENTS && most > 99) {
            throw new IllegalArgumentException("is not from 1% to 99%");
        }
    }

    /**
     * Reads a rule.
     *
     * @throws IllegalArgumentException with a sentence that goes on after the text
     */
    public static LimitRule parse(String name, String text) {
        String[] words = text.strip().split(" +", -1);
        boolean fixed = words.length == 7 && words[6].equals("fixed");
        boolean shape = (words.length == 6 || fixed) && words[2].equals("per") && words[4].equals("in");
        if (!shape) {
            throw new IllegalArgumentException(FORM);
        }
        LimitMeasure measure = Arrays.stream(LimitMeasure.values())
                .filter(each -> each.word().equals(words[1]))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("counts '" + words[1]
                        + "', which is not messages, recipients, bytes, distinct-recipients or new-recipients"));
        LimitScope scope = Arrays.stream(LimitScope.values())
                .filter(each -> each.word().equals(words[3]))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "is per '" + words[3] + "', which is not account, address, network or domain"));
        return new LimitRule(name, scope, measure, amount(words[0], measure), new LimitWindow(time(words[5]), !fixed));
    }

    private static long amount(String text, LimitMeasure measure) {
        if (measure == LimitMeasure.BYTES) {
            return DataSize.of(text).bytes();
        }
        boolean percent = measure == LimitMeasure.NEW_RECIPIENTS;
        if (percent != text.endsWith("%")) {
            throw new IllegalArgumentException(FORM);
        }
        return number(percent ? text.substring(0, text.length() - 1) : text);
    }

    private static Duration time(String text) {
        Duration unit = text.isEmpty() ? null : UNITS.get(text.charAt(text.length() - 1));
        if (unit == null) {
            throw new IllegalArgumentException("has no time such as 90s, 10m, 1h or 7d");
        }
        return unit.multipliedBy(number(text.substring(0, text.length() - 1)));
    }

    private static long number(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits) {
            throw new IllegalArgumentException(FORM);
        }
        return Long.parseLong(text);
    }

    /** {@code 500 messages per account in 3600s}, for messages to people. */
    String limit() {
        String amount = measure == LimitMeasure.NEW_RECIPIENTS ? most + "%" : Long.toString(most);
        return amount + ' ' + measure.word() + " per " + scope.word() + " in " + shown(window.length());
    }

    private static String shown(Duration time) {
        long seconds = time.toSeconds();
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
