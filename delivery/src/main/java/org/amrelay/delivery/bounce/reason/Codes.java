// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.bounce.reason;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.amrelay.mail.reply.EnhancedCode;

/**
 * The codes in a server's words: {@code 5.1.1}, {@code #5.1.1}, {@code 550}.
 *
 * <p>Never takes a piece of an IP address, a version or a longer number for one.
 */
public final class Codes {
    private static final int MOST = 20;
    private static final int LONGEST_TEXT = 16 * 1024;

    private Codes() {}

    /** All enhanced codes, in their order, at most 20. */
    public static List<EnhancedCode> enhanced(String text) {
        List<EnhancedCode> found = new ArrayList<>();
        int length = Math.min(text.length(), LONGEST_TEXT);
        for (int i = 0; i + 4 < length && found.size() < MOST; i++) {
            char c = text.charAt(i);
            boolean starts = (c == '2' || c == '4' || c == '5') && text.charAt(i + 1) == '.' && isFree(text, i - 1);
            if (starts) {
                int end = i;
                while (end < length && (isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
                    end++;
                }
                String code = text.charAt(end - 1) == '.' ? text.substring(i, end - 1) : text.substring(i, end);
                boolean ends = end >= length || !Character.isLetter(text.charAt(end)) && text.charAt(end) != '-';
                if (ends) {
                    EnhancedCode.atStartOf(code).ifPresent(found::add);
                }
                i = end;
            }
        }
        return found;
    }

    /** The most telling of them: one that says more than its class, else the first. */
    public static Optional<EnhancedCode> best(List<EnhancedCode> codes) {
        return codes.stream()
                .filter(code -> code.type() != 2 && !isVague(code) && !isExpiry(code))
                .findFirst()
                .or(() -> codes.stream().filter(Codes::isExpiry).findFirst())
                .or(() -> codes.stream().filter(code -> code.type() != 2).findFirst());
    }

    /** Whether a code says no more than its class (RFC 3463 §3.1). */
    public static boolean isVague(EnhancedCode code) {
        return code.subject() == 0 || code.subject() == 9 || code.detail() == 0;
    }

    /** Time ran out (RFC 3463 §3.5), which says nothing of why. */
    public static boolean isExpiry(EnhancedCode code) {
        return code.subject() == 4 && code.detail() == 7;
    }

    /** The first reply code of class 4 or 5 (RFC 5321 §4.2). */
    public static OptionalInt reply(String text) {
        int length = Math.min(text.length(), LONGEST_TEXT);
        for (int i = 0; i + 2 < length; i++) {
            char c = text.charAt(i);
            if ((c == '4' || c == '5') && isFree(text, i - 1) && isReply(text, i)) {
                boolean ends = i + 3 >= length || " -:;,)>\n\t".indexOf(text.charAt(i + 3)) >= 0;
                if (ends) {
                    return OptionalInt.of(100 * (c - '0') + 10 * (text.charAt(i + 1) - '0') + text.charAt(i + 2) - '0');
                }
            }
        }
        return OptionalInt.empty();
    }

    private static boolean isReply(String text, int at) {
        char second = text.charAt(at + 1);
        return second >= '0' && second <= '7' && isDigit(text.charAt(at + 2));
    }

    private static boolean isFree(String text, int before) {
        if (before < 0) {
            return true;
        }
        char c = text.charAt(before);
        return !Character.isLetterOrDigit(c) && c != '.' && c != '-' && c != '/' && c != '@' && c != '[';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
