// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.bounce;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.amrelay.delivery.bounce.AddressScanner.Found;
import org.amrelay.delivery.bounce.reason.Codes;
import org.amrelay.delivery.bounce.reason.PhraseList;

/**
 * Finds the recipients in the words of a notice that has no fields.
 *
 * <p>Best are addresses that begin a line, then those behind a word such as <em>recipient</em>, then those in a line with
 * a code; others are believed only when nothing else names a recipient.
 */
final class TextRecipients {
    private static final int LONGEST_PARAGRAPH = 1_000;
    private static final int MOST_LINES = 2_000;
    /** Addresses that are looked at; a notice about more names them in its report. */
    private static final int MOST_ADDRESSES = 500;
    /** The rank of those whom one may ask. */
    private static final int ANYBODY = 4;

    private static final int LONGEST_LINE = 1_000;
    private static final int LONGEST_CODES = 14;
    private static final String OPENING = " \t<\"'([*-\u2022\u00b7>:\u300c\uff1c";
    private static final String CLOSING = ">:,;)]\"' \t.\u3000\uff1a\uff1e\u300d(";

    private final PhraseList signs;

    TextRecipients(PhraseList signs) {
        this.signs = signs;
    }

    /**
     * The recipients, in the order of the text.
     *
     * @param notThese addresses of those who wrote and got the notice, in lower case
     */
    List<String> in(String said, Set<String> notThese) {
        return best(said, notThese, 3);
    }

    /** The same, with addresses for which nothing speaks but that they are there. */
    List<String> anyIn(String said, Set<String> notThese) {
        return best(said, notThese, 4);
    }

    private List<String> best(String said, Set<String> notThese, int most) {
        List<Map<String, String>> ranks = Stream.<Map<String, String>>generate(LinkedHashMap::new)
                .limit(4)
                .toList();
        Set<String> contacts = new HashSet<>();
        String before = "";
        int count = 0;
        int left = MOST_ADDRESSES;
        for (String line : (Iterable<String>) said.lines()::iterator) {
            if (count++ > MOST_LINES || left <= 0) {
                break;
            }
            left -= rank(
                    line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) : line,
                    before,
                    notThese,
                    ranks,
                    contacts);
            before = line;
        }
        return ranks.stream()
                .limit(most)
                .filter(rank -> !rank.isEmpty())
                .findFirst()
                .map(rank -> List.copyOf(rank.values()))
                .orElse(List.of());
    }

    /** @return how many addresses were looked at */
    private int rank(
            String line, String before, Set<String> notThese, List<Map<String, String>> ranks, Set<String> contacts) {
        if (line.indexOf('@') < 0) {
            return 0;
        }
        int looked = 0;
        for (Found found : AddressScanner.scan(line)) {
            looked++;
            String key = AddressScanner.key(found.address());
            if (notThese.contains(key)) {
                continue;
            }
            String ahead = PhraseList.plain(line.substring(0, found.start()));
            boolean bySender = ahead.length() > 0 && signs.has("sender-words", lastWords(ahead));
            if (bySender || key.startsWith("mailer-daemon@") || isMessageId(found.address(), ahead)) {
                continue;
            }
            boolean contact = signs.has("contact", ahead.isBlank() ? PhraseList.plain(before) : ahead);
            int rank = rankOf(line, found, ahead, before, contact);
            if (rank == ANYBODY) {
                contacts.add(key);
            } else if (!contacts.contains(key)) {
                ranks.get(rank).putIfAbsent(key, found.address());
            }
        }
        return looked;
    }

    private int rankOf(String line, Found found, String ahead, String before, boolean contact) {
        if ((beginsLine(line, found) || isBehindCode(line, found)) && !contact) {
            return 0;
        }
        if (found.start() > 0 && line.charAt(found.start() - 1) == '=') {
            return 0;
        }
        boolean named =
                signs.has("recipient", ahead) || ahead.isBlank() && signs.has("recipient", PhraseList.plain(before));
        if (named && !contact) {
            return 1;
        }
        boolean coded = Codes.reply(line).isPresent() || !Codes.enhanced(line).isEmpty();
        return coded ? 2 : contact ? ANYBODY : 3;
    }

    private static boolean beginsLine(String line, Found found) {
        for (int i = 0; i < found.start(); i++) {
            if (OPENING.indexOf(line.charAt(i)) < 0) {
                return false;
            }
        }
        return found.end() >= line.length() || CLOSING.indexOf(line.charAt(found.end())) >= 0;
    }

    /** {@code 550 <bob@example.org>... User unknown}, {@code 554 5.0.0 bob@example.org: ...} */
    private static boolean isBehindCode(String line, Found found) {
        String ahead = line.substring(0, found.start());
        boolean codes = ahead.length() >= 4
                && ahead.length() <= LONGEST_CODES
                && (ahead.charAt(0) == '4' || ahead.charAt(0) == '5')
                && ahead.chars().allMatch(c -> c >= '0' && c <= '9' || " .-<".indexOf(c) >= 0);
        return codes && line.startsWith("...", Math.min(line.length(), found.end() + 1));
    }

    private static String lastWords(String ahead) {
        return ahead.substring(Math.max(0, ahead.length() - 30));
    }

    private static boolean isMessageId(String address, String ahead) {
        long digits = address.chars()
                .limit(address.indexOf('@'))
                .filter(Character::isDigit)
                .count();
        return digits > 16 || ahead.endsWith("id <") || ahead.endsWith("id ") || ahead.endsWith("id:");
    }

    /** The lines from the one with an address to the next empty one, at most 1,000 characters; empty text without it. */
    static String paragraph(String said, String address) {
        return lines(said, address, 1);
    }

    /** The same past empty lines, to the next line that begins with an address. */
    static String section(String said, String address) {
        return lines(said, address, Integer.MAX_VALUE);
    }

    private static String lines(String said, String address, int mostBlank) {
        int at = address.isEmpty() ? -1 : place(said, address);
        if (at < 0) {
            return "";
        }
        int end = said.lastIndexOf('\n', at) + 1;
        int limit = Math.min(said.length(), end + LONGEST_PARAGRAPH);
        int blank = 0;
        List<String> lines = new ArrayList<>();
        while (end < limit) {
            int stop = said.indexOf('\n', end);
            String line = said.substring(end, stop < 0 ? said.length() : stop).strip();
            blank += line.isEmpty() ? 1 : 0;
            if (blank >= mostBlank && lines.size() > 1 || !lines.isEmpty() && beginsWithAnother(line, address)) {
                break;
            }
            if (!line.isEmpty()) {
                lines.add(line);
            }
            end = stop < 0 ? said.length() : stop + 1;
        }
        String all = String.join(" ", lines);
        return all.length() > LONGEST_PARAGRAPH ? all.substring(0, LONGEST_PARAGRAPH) : all;
    }

    private static boolean beginsWithAnother(String line, String address) {
        return line.indexOf('@') > 0
                && !line.contains(address)
                && AddressScanner.scan(line).stream().anyMatch(found -> beginsLine(line, found));
    }

    /** Where the address stands, rather not in a line that repeats the To field. */
    private static int place(String said, String address) {
        int first = indexOfIgnoringCase(said, address);
        if (first < 0) {
            return first;
        }
        String line = said.substring(said.lastIndexOf('\n', first) + 1, first).strip();
        int next = said.indexOf(address, first + address.length());
        return line.regionMatches(true, 0, "to:", 0, 3) && next > 0 ? next : first;
    }

    private static int indexOfIgnoringCase(String text, String wanted) {
        int exact = text.indexOf(wanted);
        if (exact >= 0) {
            return exact;
        }
        String lower = text.toLowerCase(Locale.ROOT);
        // Lower case may change lengths; then the position would be that of another place
        return lower.length() == text.length() ? lower.indexOf(AddressScanner.key(wanted)) : -1;
    }
}
