// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.bounce;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Finds addresses in text that people or programs wrote; also those with letters beyond ASCII (RFC 6531). */
final class AddressScanner {
    private static final String LOCAL_EXTRA = ".!#$%&'*+/=?^_`{|}~-";
    private static final int LONGEST_LOCAL = 128;
    private static final int LONGEST_DOMAIN = 255;
    private static final int MOST = 500;
    private static final List<String> LABELS =
            List.of("rfc822=", "mailto=", "to=", "email=", "user=", "rcpt=", "recipient=", "smtp=");

    /**
     * An address and where it stands.
     *
     * @param start of the local part
     * @param end behind the domain
     */
    record Found(String address, int start, int end) {}

    private AddressScanner() {}

    static List<Found> scan(String text) {
        List<Found> found = new ArrayList<>();
        int from = 0;
        int tries = 0;
        for (int at = text.indexOf('@'); at >= 0 && tries < MOST; at = text.indexOf('@', at + 1)) {
            tries++;
            int start = localStart(text, at, from);
            int end = domainEnd(text, at);
            if (start < at && end > at + 1 && hasLetterOrDigit(text, at + 1, end)) {
                found.add(new Found(text.substring(start, end), start, end));
                from = end;
            }
        }
        return found;
    }

    /** The addresses alone, without repetition. */
    static List<String> addresses(String text) {
        return scan(text).stream().map(Found::address).distinct().toList();
    }

    private static int localStart(String text, int at, int from) {
        int least = Math.max(from, at - LONGEST_LOCAL);
        int start = at;
        if (at > least && text.charAt(at - 1) == '"') {
            int quote = at - 2;
            while (quote >= least && text.charAt(quote) != '"' && text.charAt(quote) != '\n') {
                quote--;
            }
            return quote >= least && text.charAt(quote) == '"' ? quote : at;
        }
        while (start > least && isLocal(text.charAt(start - 1))) {
            start--;
        }
        for (String label : LABELS) {
            if (text.regionMatches(true, start, label, 0, label.length()) && start + label.length() < at) {
                start += label.length();
            }
        }
        while (start < at && ".'*=`".indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        return start;
    }

    private static boolean isLocal(char c) {
        return c < 128 ? Character.isLetterOrDigit(c) || LOCAL_EXTRA.indexOf(c) >= 0 : Character.isLetterOrDigit(c);
    }

    private static int domainEnd(String text, int at) {
        int end = at + 1;
        int most = Math.min(text.length(), end + LONGEST_DOMAIN);
        if (end < most && text.charAt(end) == '[') {
            int close = end;
            while (close < most && text.charAt(close) != ']') {
                close++;
            }
            return close < most ? close + 1 : end;
        }
        while (end < most && isDomain(text.charAt(end))) {
            end++;
        }
        while (end > at + 1 && !Character.isLetterOrDigit(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    private static boolean isDomain(char c) {
        return Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_';
    }

    private static boolean hasLetterOrDigit(String text, int from, int to) {
        return text.charAt(from) == '[' || Character.isLetterOrDigit(text.charAt(from)) && text.charAt(to - 1) != '.';
    }

    /** For comparisons of what programs wrote. */
    static String key(String address) {
        return address.toLowerCase(Locale.ROOT);
    }
}
