// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.quarantine;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.message.MessageContent;

/**
 * Writes the mail that tells a recipient what is kept back, with links to decide.
 *
 * <p>What strangers wrote (names, subjects) stands in it as text only. It is marked as written by a program (RFC 3834 §5), so
 * that no program answers it. Immutable.
 */
public final class DigestComposer {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final String BOUNDARY = "=_amr-digest";
    private static final Base64.Encoder LINES = Base64.getMimeEncoder();

    private final DigestSettings settings;
    private final LinkSigner links;
    private final ZoneId zone;

    public DigestComposer(DigestSettings settings, LinkSigner links, ZoneId zone) {
        this.settings = settings;
        this.links = links;
        this.zone = zone;
    }

    /** What stands in one line of a digest. */
    private record Entry(String author, String subject, String at, String kind, List<Link> links) {}

    private record Link(String word, String url) {}

    /**
     * Writes one.
     *
     * @param mails each with a copy for the recipient, at least one
     * @param name makes the Message-ID unique
     */
    public MessageContent compose(EmailAddress recipient, List<QuarantinedMail> mails, String name, Instant now) {
        List<Entry> entries =
                mails.stream().map(mail -> entry(mail, recipient, now)).toList();
        DigestTexts texts = settings.texts();
        String subject = texts.text("subject", "count", Integer.toString(entries.size()));
        StringBuilder mail = new StringBuilder();
        field(mail, "From", "postmaster@" + settings.host());
        field(mail, "To", recipient.needsUtf8() ? recipient.toString() : recipient.toAsciiDomain());
        field(mail, "Subject", encoded(subject));
        field(mail, "Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC)));
        field(mail, "Message-ID", "<" + name + "@" + settings.host() + ">");
        field(mail, "Auto-Submitted", "auto-generated");
        field(mail, "X-Auto-Response-Suppress", "All");
        field(mail, "Content-Language", texts.language());
        field(mail, "MIME-Version", "1.0");
        field(mail, "Content-Type", "multipart/alternative; boundary=\"" + BOUNDARY + "\"");
        mail.append("\r\n");
        part(mail, "plain", plain(entries, recipient));
        part(mail, "html", html(entries, recipient));
        mail.append("--").append(BOUNDARY).append("--\r\n");
        return MessageContent.of(mail.toString().getBytes(StandardCharsets.UTF_8));
    }

    private Entry entry(QuarantinedMail mail, EmailAddress recipient, Instant now) {
        Instant linksEnd = now.plus(settings.linkLife());
        Instant until = mail.expiresAt().isBefore(linksEnd) ? mail.expiresAt() : linksEnd;
        long copy = mail.recipients().stream()
                .filter(each -> each.address().equals(recipient))
                .mapToLong(QuarantinedRecipient::id)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(mail.id() + " has no copy for " + recipient));
        List<Link> offered = new ArrayList<>();
        for (LinkAction action : LinkAction.values()) {
            if (action == LinkAction.DELETE || mail.reason().releasable()) {
                String url =
                        settings.publicUrl() + "quarantine/" + action.word() + "/" + links.token(action, copy, until);
                offered.add(new Link(settings.texts().text(action.word()), url));
            }
        }
        String author = mail.author().isEmpty() ? mail.sender().toString() : mail.author();
        return new Entry(
                author,
                mail.subject(),
                TIME.format(mail.takenAt().atZone(zone)),
                mail.reason().kind(),
                offered);
    }

    private String plain(List<Entry> entries, EmailAddress recipient) {
        DigestTexts texts = settings.texts();
        StringBuilder text = new StringBuilder();
        text.append(texts.text("intro", "recipient", recipient.toString())).append("\n\n");
        for (Entry entry : entries) {
            text.append(texts.text("from")).append(": ").append(entry.author()).append('\n');
            text.append(texts.text("about"))
                    .append(": ")
                    .append(entry.subject())
                    .append('\n');
            text.append(texts.text("at")).append(": ").append(entry.at());
            text.append(" (").append(entry.kind()).append(")\n");
            entry.links()
                    .forEach(link -> text.append("  ")
                            .append(link.word())
                            .append(": ")
                            .append(link.url())
                            .append('\n'));
            text.append('\n');
        }
        return text.append(texts.text("outro", "host", settings.host()))
                .append('\n')
                .toString();
    }

    private String html(List<Entry> entries, EmailAddress recipient) {
        DigestTexts texts = settings.texts();
        StringBuilder html = new StringBuilder("<!DOCTYPE html><html lang=\"" + texts.language() + "\"><body>");
        html.append("<p>")
                .append(escaped(texts.text("intro", "recipient", recipient.toString())))
                .append("</p><table>");
        for (Entry entry : entries) {
            html.append("<tr><td><b>").append(escaped(entry.subject())).append("</b><br>");
            html.append(escaped(entry.author())).append("<br>").append(entry.at());
            html.append(" (").append(escaped(entry.kind())).append(")<br>");
            entry.links()
                    .forEach(link -> html.append("<a href=\"")
                            .append(escaped(link.url()))
                            .append("\">")
                            .append(escaped(link.word()))
                            .append("</a> &nbsp; "));
            html.append("<br><br></td></tr>");
        }
        html.append("</table><p>").append(escaped(texts.text("outro", "host", settings.host())));
        return html.append("</p></body></html>").toString();
    }

    /** Text as text in HTML, also inside of quoted attributes. */
    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static void part(StringBuilder mail, String subtype, String text) {
        mail.append("--").append(BOUNDARY).append("\r\n");
        field(mail, "Content-Type", "text/" + subtype + "; charset=utf-8");
        field(mail, "Content-Transfer-Encoding", "base64");
        mail.append("\r\n")
                .append(LINES.encodeToString(text.getBytes(StandardCharsets.UTF_8)))
                .append("\r\n");
    }

    private static void field(StringBuilder mail, String name, String value) {
        mail.append(name).append(": ").append(value).append("\r\n");
    }

    /** As encoded words where it is not ASCII (RFC 2047 §2). */
    private static String encoded(String text) {
        if (text.chars().allMatch(c -> c >= ' ' && c < 127)) {
            return text;
        }
        StringBuilder words = new StringBuilder();
        StringBuilder word = new StringBuilder();
        text.codePoints().forEach(c -> {
            word.appendCodePoint(c);
            if (word.length() >= 10) {
                addWord(words, word);
            }
        });
        addWord(words, word);
        return words.toString();
    }

    private static void addWord(StringBuilder words, StringBuilder word) {
        if (!word.isEmpty()) {
            words.append(words.isEmpty() ? "" : "\r\n ")
                    .append("=?utf-8?B?")
                    .append(Base64.getEncoder().encodeToString(word.toString().getBytes(StandardCharsets.UTF_8)))
                    .append("?=");
            word.setLength(0);
        }
    }
}
