// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.mime;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads dates as they stand in mail (RFC 5322 §3.3 and §4.3), and as programs write them that have not read it. Stateless.
 *
 * <p>Day, month, year and time are known by their looks rather than by their place; without a zone it is UTC.
 */
public final class MailDate {
    private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
    private static final Map<String, Integer> ZONES = Map.of(
            "est", -5, "edt", -4, "cst", -6, "cdt", -5, "mst", -7, "mdt", -6, "pst", -8, "pdt", -7, "cet", 1, "cest",
            2);
    private static final int LONGEST = 200;
    private static final DateTimeFormatter WRITTEN = DateTimeFormatter.ofPattern(
                    "EEE, d MMM yyyy HH:mm:ss '+0000'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private int day;
    private int month;
    private int year = -1;
    private int hour = -1;
    private int minute;
    private int second;
    private int offsetMinutes;

    private MailDate() {}

    /** The moment a field's body names; empty when it names none. */
    public static Optional<Instant> parse(String body) {
        String text = Folded.unfold(body);
        if (text.length() > LONGEST) {
            text = text.substring(0, LONGEST);
        }
        MailDate date = new MailDate();
        for (String token : tokens(text)) {
            date.take(token);
        }
        return date.instant();
    }

    /** As the body of a Date field, in UTC: {@code Wed, 25 Nov 2026 10:00:00 +0000}. */
    public static String format(Instant instant) {
        return WRITTEN.format(instant);
    }

    private static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        StringBuilder token = new StringBuilder();
        int comment = 0;
        for (char c : (text + " ").toLowerCase(Locale.ROOT).toCharArray()) {
            if (c == '(') {
                comment++;
            } else if (c == ')') {
                comment = Math.max(0, comment - 1);
            } else if (comment == 0 && c > ' ' && c != ',') {
                token.append(c);
                continue;
            }
            if (!token.isEmpty()) {
                tokens.add(token.toString());
                token.setLength(0);
            }
        }
        return tokens;
    }

    private void take(String token) {
        if (token.indexOf(':') > 0) {
            time(token);
        } else if (hour >= 0 && (token.charAt(0) == '+' || token.charAt(0) == '-') && token.length() > 1) {
            zone(token);
        } else if (Character.isDigit(token.charAt(0))) {
            number(token);
        } else {
            word(token);
        }
    }

    private void time(String token) {
        // 2026-11-25T07:00:00Z
        int t = token.indexOf('t');
        if (t > 0) {
            number(token.substring(0, t));
        }
        String clock = token.substring(t + 1);
        int zone = Math.max(clock.indexOf('+'), clock.indexOf('-'));
        if (zone > 0) {
            zone(clock.substring(zone).replace(":", ""));
            clock = clock.substring(0, zone);
        }
        String[] parts = clock.split(":", 4);
        hour = leading(parts[0]);
        minute = parts.length > 1 ? leading(parts[1]) : 0;
        second = parts.length > 2 ? Math.min(leading(parts[2]), 59) : 0;
    }

    private void zone(String token) {
        int value = leading(token.substring(1));
        int minutes = value > 99 ? value / 100 * 60 + value % 100 : value * 60;
        offsetMinutes = token.charAt(0) == '-' ? -minutes : minutes;
    }

    private void number(String token) {
        if (token.indexOf('-') > 0 || token.indexOf('/') > 0) {
            for (String piece : token.replace('/', '-').split("-", 4)) {
                if (!piece.isEmpty()) {
                    piece(piece);
                }
            }
            return;
        }
        piece(token);
    }

    private void piece(String token) {
        if (!Character.isDigit(token.charAt(0))) {
            word(token);
            return;
        }
        int value = leading(token);
        if (year < 0 && token.length() >= 4) {
            year = value;
        } else if (year >= 0 && month == 0 && value <= 12) {
            month = value;
        } else if (day == 0 && value <= 31) {
            day = value;
        } else if (year < 0 && value < 1000) {
            // Two and three digits (RFC 5322 §4.3)
            year = value < 50 ? 2000 + value : 1900 + value;
        }
    }

    private void word(String token) {
        int index = token.length() < 3 ? -1 : MONTHS.indexOf(token.substring(0, 3));
        if (index >= 0 && index % 3 == 0 && month == 0) {
            month = index / 3 + 1;
        } else if (token.equals("pm") && hour >= 0 && hour < 12) {
            hour += 12;
        } else if (ZONES.containsKey(token)) {
            offsetMinutes = ZONES.getOrDefault(token, 0) * 60;
        }
    }

    private static int leading(String text) {
        int value = 0;
        for (int i = 0; i < text.length() && i < 6 && Character.isDigit(text.charAt(i)); i++) {
            value = value * 10 + Character.digit(text.charAt(i), 10);
        }
        return value;
    }

    private Optional<Instant> instant() {
        if (day == 0 || month == 0 || year < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDateTime.of(year, month, day, Math.max(hour, 0), minute, second)
                    .minusMinutes(offsetMinutes)
                    .toInstant(ZoneOffset.UTC));
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }
}
