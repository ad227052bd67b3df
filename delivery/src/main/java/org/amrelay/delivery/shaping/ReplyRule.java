// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.shaping;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.amrelay.mail.reply.Reply;

/**
 * A kind of reply that says how the relay is seen, and what to do about it.
 *
 * <p>Immutable. Matching looks for plain words, so its time is bounded by the length of the reply.
 *
 * @param name for people
 * @param sites only replies of these sites; empty: of all
 * @param codes any of these reply codes, or of {@code 4} and {@code 5} for a whole class; empty: any
 * @param enhanced any of these enhanced codes; empty: any
 * @param says any of these words in the text, in any case; empty: any
 * @param slow what to multiply rate and concurrency with; 1 changes nothing
 * @param pause how long to leave the site alone; zero: not at all
 * @param holdAccount how long to keep back the mail of the account whose mail was answered, for this site; zero: not
 * @param keepMail whether a refusal is not the mail's fault, so that the mail stays in the queue
 */
public record ReplyRule(
        String name,
        List<String> sites,
        List<Integer> codes,
        List<String> enhanced,
        List<String> says,
        double slow,
        Duration pause,
        Duration holdAccount,
        boolean keepMail) {
    private static final int LONGEST_TEXT = 4096;

    public ReplyRule {
        sites = List.copyOf(sites);
        codes = List.copyOf(codes);
        enhanced = List.copyOf(enhanced);
        says = says.stream().map(text -> text.toLowerCase(Locale.ROOT)).toList();
        if (!(slow > 0 && slow <= 1)) {
            throw new IllegalArgumentException("slow is above 0 and at most 1, not " + slow);
        }
        if (codes.isEmpty() && enhanced.isEmpty() && says.isEmpty()) {
            throw new IllegalArgumentException("a rule that fits every reply would stop all mail");
        }
    }

    /** The words by which people know that reply, such as {@code 421-4.7.28}, when the rule fits. */
    Optional<String> match(String site, Reply reply) {
        boolean fits = !reply.isPositive()
                && (sites.isEmpty() || sites.contains(site))
                && (codes.isEmpty() || codes.contains(reply.code()) || codes.contains(reply.code() / 100))
                && (enhanced.isEmpty()
                        || reply.enhanced()
                                .map(Object::toString)
                                .filter(enhanced::contains)
                                .isPresent());
        if (!fits) {
            return Optional.empty();
        }
        String label = reply.code() + reply.enhanced().map(code -> "-" + code).orElse("");
        if (says.isEmpty()) {
            return Optional.of(label);
        }
        String text = reply.text().substring(0, Math.min(reply.text().length(), LONGEST_TEXT));
        String lower = text.toLowerCase(Locale.ROOT);
        return says.stream().filter(lower::contains).findFirst().map(word -> {
            int at = lower.indexOf(word);
            boolean sameLength = lower.length() == text.length();
            return label + " " + wholeWord(sameLength ? text : lower, at, word.length());
        });
    }

    /** The word around what was found, as {@code RP-001} for {@code rp-00}. */
    private static String wholeWord(String text, int at, int length) {
        int end = at + length;
        while (end < text.length() && end - at < 60 && Character.isLetterOrDigit(text.charAt(end))) {
            end++;
        }
        return text.substring(at, end);
    }
}
