// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.bounce.reason;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.amrelay.mail.reply.EnhancedCode;
import org.amrelay.mail.reply.Reply;

/**
 * Says why a server refused, from its codes and words.
 *
 * <p>In this order: words that leave no doubt, an exact enhanced code, words that are used loosely, the class of the code,
 * the reply code. Nothing that fits is {@code UNKNOWN}. Safe for several threads.
 */
public final class BounceClassifier {
    private static final String LOOSE = "?";
    private static final List<String> FRAMES = List.of("- Unknown address error", "- Other mail system problem");
    private static final int LONGEST_CODE = 5;

    private final PhraseList reasons = PhraseList.load(BounceClassifier.class, "reasons.txt");

    /** The reason of a reply in a session. */
    public BounceReason of(Reply reply) {
        String text = reply.code() + " " + reply.text();
        return reason(reply.enhanced(), OptionalInt.of(reply.code()), text, reply.isPermanent());
    }

    /**
     * The reason that a notice gives.
     *
     * @param status its Status field, or any code that stands for it
     * @param written the server's words, with what codes are in them
     */
    public BounceReason of(Optional<EnhancedCode> status, String written) {
        String words = withoutFrame(written);
        OptionalInt reply = Codes.reply(words);
        List<EnhancedCode> codes = new ArrayList<>();
        status.ifPresent(codes::add);
        codes.addAll(Codes.enhanced(words));
        Optional<EnhancedCode> best = Codes.best(codes);
        boolean permanent =
                best.map(code -> code.type() == 5).orElseGet(() -> reply.isEmpty() || reply.getAsInt() >= 500);
        return reason(best, reply, words, permanent);
    }

    private BounceReason reason(Optional<EnhancedCode> code, OptionalInt reply, String words, boolean permanent) {
        String plain = PhraseList.plain(withoutNames(words));
        Optional<BounceCategory> sure = words(plain, false)
                .map(category -> blameTheSender(category, plain))
                .or(() -> code.map(CodeMeaning::exact).filter(BounceClassifier::isKnown));
        BounceCategory category = sure.or(() -> words(plain, true))
                .or(() -> code.filter(each -> !isEmpty(each))
                        .map(CodeMeaning::likely)
                        .filter(BounceClassifier::isKnown))
                .or(() -> reply.isPresent() ? Optional.of(CodeMeaning.likely(reply.getAsInt())) : Optional.empty())
                .orElse(BounceCategory.UNKNOWN);
        return new BounceReason(category, permanent, code, sure.isPresent());
    }

    /** What is unknown in the answer to MAIL is the sender. */
    private BounceCategory blameTheSender(BounceCategory category, String plain) {
        return category.blamesTheAddress() && reasons.has("answer-to-mail", plain) ? BounceCategory.POLICY : category;
    }

    /**
     * The remote server's words without the name that some gateways give to every refusal, as in
     * {@code 5.1.0 - Unknown address error 550-'5.7.1 Access denied'}.
     */
    private static String withoutFrame(String words) {
        for (String frame : FRAMES) {
            int at = words.indexOf(frame);
            int quote = at < 0 ? -1 : words.indexOf("-'", at);
            if (quote >= 0 && quote <= at + frame.length() + LONGEST_CODE) {
                return words.substring(at + frame.length(), quote) + " " + words.substring(quote + 2);
            }
        }
        return words;
    }

    private static boolean isKnown(BounceCategory category) {
        return category != BounceCategory.UNKNOWN;
    }

    /** 5.0.0 */
    private static boolean isEmpty(EnhancedCode code) {
        return code.subject() == 0;
    }

    private Optional<BounceCategory> words(String plain, boolean loose) {
        return reasons.heading(plain, heading -> heading.endsWith(LOOSE) == loose && !heading.startsWith("answer"))
                .map(heading -> heading.replace(LOOSE, ""))
                .map(heading -> heading.indexOf('/') < 0 ? heading : heading.substring(0, heading.indexOf('/')))
                .flatMap(BounceCategory::ofWord);
    }

    /**
     * The same words without addresses and without the names of the hosts that said them.
     *
     * <p>A name is not a reason: {@code host mx.spamfilter.example said:} or {@code <blocked@example.org>}.
     */
    static String withoutNames(String words) {
        StringBuilder out = new StringBuilder(words.length());
        int at = 0;
        while (at < words.length()) {
            int end = at;
            while (end < words.length() && words.charAt(end) > ' ') {
                end++;
            }
            String word = words.substring(at, end);
            boolean address = word.indexOf('@') > 0 && word.indexOf("://") < 0;
            boolean host = follows(out, "host ") || follows(out, "from ") || follows(out, "talking to ");
            out.append(address ? punctuation(word) : host && word.indexOf('.') > 0 ? "-" : word);
            while (end < words.length() && words.charAt(end) <= ' ') {
                out.append(words.charAt(end));
                end++;
            }
            at = end;
        }
        return out.toString();
    }

    /** What stands around an address in the same word, as in {@code FROM:<a@b>:unknown}. */
    private static String punctuation(String word) {
        int start = Math.max(word.indexOf('<'), word.indexOf(':') < word.indexOf('@') ? word.indexOf(':') : -1);
        int end = word.lastIndexOf('@') + 1;
        while (end < word.length()
                && (Character.isLetterOrDigit(word.charAt(end)) || ".-_".indexOf(word.charAt(end)) >= 0)) {
            end++;
        }
        return word.substring(0, Math.min(Math.max(start, 0), word.indexOf('@'))) + "<>" + word.substring(end);
    }

    private static boolean follows(StringBuilder out, String before) {
        int from = out.length() - before.length();
        return from >= 0 && out.substring(from).toLowerCase(Locale.ROOT).equals(before);
    }
}
