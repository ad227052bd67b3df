// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.bounce;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.amrelay.delivery.bounce.reason.Codes;
import org.amrelay.delivery.bounce.reason.PhraseList;
import org.amrelay.delivery.bounce.report.LooseHeader;
import org.amrelay.delivery.bounce.report.ReportMessage;
import org.amrelay.delivery.bounce.report.ReportPart.Kind;

/**
 * Weighs by what a message without status fields shows what it is.
 *
 * <p>No single sign is enough: people answer bounces, and programs answer with the null sender. Pure.
 */
final class NoticeSigns {
    private static final int ENOUGH = 5;
    private static final int READ = 6_000;

    private final PhraseList signs;
    private final LooseHeader header;
    private final String subject;
    private final String said;
    private final boolean returnsMail;

    NoticeSigns(PhraseList signs, ReportMessage message, SaidText text) {
        this.signs = signs;
        this.header = message.header();
        this.returnsMail = !message.of(Kind.ORIGINAL).isEmpty();
        this.subject = PhraseList.plain(header.readable("subject"));
        String words = text.withoutCitations();
        this.said = PhraseList.plain(words.substring(0, Math.min(words.length(), READ)));
    }

    boolean isNotice() {
        if (isAutoReply() && !hasFailureSubject() && !isFromDaemon()) {
            return false;
        }
        boolean answers = header.has("in-reply-to") || header.has("references");
        boolean answer = answers
                && List.of("re:", "aw:", "fw:", "fwd:", "wg:", "sv:", "rv:").stream()
                        .anyMatch(subject::startsWith);
        if (answer && !isFromDaemon() && !header.has("x-failed-recipients")) {
            return false;
        }
        return isWrittenByAProgram() && weight() >= ENOUGH;
    }

    /** People speak of failed deliveries too. */
    private boolean isWrittenByAProgram() {
        return hasNullSender()
                || isFromDaemon()
                || signs.has("sender-perhaps", from())
                || header.has("x-failed-recipients")
                || header.has("auto-submitted")
                || header.has("x-auto-response-suppress")
                || header.has("x-mlserver")
                || returnsMail && hasFailureSubject()
                || contentType().contains("report")
                || Codes.reply(said).isPresent()
                || !Codes.enhanced(said).isEmpty();
    }

    private int weight() {
        int weight = hasNullSender() ? 3 : 0;
        weight += isFromDaemon() ? 3 : signs.has("sender-perhaps", from()) ? 1 : 0;
        weight += hasFailureSubject() || signs.has("subject-success", subject) ? 3 : 0;
        weight += signs.has("failure", said) || signs.has("delay", said) ? 2 : 0;
        weight += Codes.reply(said).isPresent() || !Codes.enhanced(said).isEmpty() ? 1 : 0;
        weight += header.has("x-failed-recipients") ? 5 : 0;
        weight += contentType().contains("multipart/report") || contentType().contains("delivery-status") ? 3 : 0;
        return weight;
    }

    boolean hasNullSender() {
        return header.first("from").filter(from -> from.contains("<>")).isPresent()
                || header.first("return-path")
                        .map(path -> path.replace(" ", ""))
                        .filter(path -> path.equals("<>")
                                || path.isEmpty()
                                || path.toLowerCase(Locale.ROOT).contains("mailer-daemon"))
                        .isPresent();
    }

    /** A program threw the message away and says so as if its owner had seen it (RFC 8098 §3.2.6.2). */
    boolean isRejection(String disposition) {
        String plain = PhraseList.plain(disposition);
        return plain.contains("automatic-action")
                && plain.contains("deleted")
                && signs.has("rejected", subject + " " + said);
    }

    boolean isFromDaemon() {
        return signs.has("sender", from()) || signs.has("sender", PhraseList.plain(header.readable("sender")));
    }

    private String from() {
        return PhraseList.plain(header.readable("from"));
    }

    private boolean hasFailureSubject() {
        return signs.has("subject-failure", subject);
    }

    private String contentType() {
        return header.first("content-type").orElse("").toLowerCase(Locale.ROOT);
    }

    boolean isDelay() {
        boolean says = signs.has("delay", said) || signs.has("delay", subject);
        boolean over = signs.has("final", said) && !signs.has("delay-sure", said);
        return says && !over && !subject.contains("fail");
    }

    boolean isSuccess() {
        boolean failed = signs.has("failure", said) || hasFailureSubject() && !signs.has("subject-success", subject);
        return !failed && (signs.has("success", said) || signs.has("subject-success", subject));
    }

    boolean isAutoReply() {
        return signs.has("auto-reply", subject) || hasAutomaticHeader();
    }

    private boolean hasAutomaticHeader() {
        String submitted = header.first("auto-submitted").orElse("").toLowerCase(Locale.ROOT);
        String precedence = header.first("precedence").orElse("").toLowerCase(Locale.ROOT);
        return submitted.startsWith("auto-replied")
                || precedence.contains("auto_reply")
                || header.has("x-autoreply")
                || header.has("x-autorespond")
                || header.has("x-autoresponse")
                || header.has("x-autoreply-from")
                || header.has("x-mail-autoreply")
                || header.first("x-mailer")
                        .map(mailer -> mailer.toLowerCase(Locale.ROOT))
                        .filter(mailer -> mailer.contains("vacation") || mailer.contains("autorespon"))
                        .isPresent();
    }

    /** Whether the words leave no doubt that somebody must prove something first, whatever the fields say. */
    boolean isSureChallenge() {
        return (hasNullSender() || hasAutomaticHeader() || isFromDaemon() || signs.has("sender-perhaps", from()))
                && signs.has("challenge-sure", said);
    }

    boolean isChallenge() {
        boolean automatic = hasNullSender()
                || hasAutomaticHeader()
                || Optional.of(from())
                        .filter(name -> signs.has("sender-perhaps", name))
                        .isPresent();
        return signs.has("challenge", subject) || automatic && signs.has("challenge", said);
    }
}
