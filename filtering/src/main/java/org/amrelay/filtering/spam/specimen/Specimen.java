// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.spam.specimen;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.amrelay.mail.html.HtmlLimits;
import org.amrelay.mail.message.MessageHeader;
import org.amrelay.mail.message.MessageLink;
import org.amrelay.mail.message.MessagePart;
import org.amrelay.mail.message.MessageView;
import org.amrelay.mail.message.ViewLimits;
import org.amrelay.mail.mime.Mailbox;
import org.amrelay.mail.text.Folding;

/**
 * A message as the spam checks see it: what each of them would else compute for itself. Immutable.
 *
 * @param header of the message
 * @param parts all parts, at most {@value #PARTS}
 * @param from the author; empty when there is none
 * @param subject as people see it
 * @param text what a reader sees, at most {@value #TEXT} characters
 * @param figures what is counted in the text
 * @param folded subject and text in the form in which phrases are looked for
 * @param foldedSubject how many characters of it are the subject
 * @param hidden text that a reader does not see, likewise bounded
 * @param links at most {@value #LINKS}
 */
public record Specimen(
        KnownOrigin origin,
        MessageHeader header,
        List<MessagePart> parts,
        Optional<Mailbox> from,
        String subject,
        String text,
        TextFigures figures,
        String folded,
        int foldedSubject,
        String hidden,
        List<MessageLink> links,
        Markup markup) {
    /** Characters of text that are looked at. */
    public static final int TEXT = 65_536;

    /** Links that are looked at. */
    public static final int LINKS = 300;

    private static final int PARTS = 200;
    private static final ViewLimits LIMITS = new ViewLimits(
            500, 65_536, 262_144, 20, PARTS, 131_072, 262_144, 1_048_576, LINKS, 1_048_576, HtmlLimits.usual());

    public Specimen {
        parts = List.copyOf(parts);
        links = List.copyOf(links);
    }

    /** How much of a message is looked at, for those who make the view. */
    public static ViewLimits limits() {
        return LIMITS;
    }

    /** Reads what the checks need. */
    public static Specimen of(MessageView view, KnownOrigin origin) {
        MessageHeader header = view.header();
        String subject = cut(header.subject(), 1_000);
        String text = text(view);
        String foldedSubject = Folding.plain(subject);
        List<MessageLink> links = view.links();
        return new Specimen(
                origin,
                header,
                view.parts().subList(0, Math.min(PARTS, view.parts().size())),
                header.from().stream().findFirst(),
                subject,
                text,
                TextFigures.of(text),
                (foldedSubject + ' ' + Folding.plain(text)).strip(),
                foldedSubject.length(),
                cut(view.hiddenText(), TEXT),
                links.subList(0, Math.min(LINKS, links.size())),
                Markup.of(view.bodies()));
    }

    /** HTML stands for its plain alternative, which says the same or nothing. */
    private static String text(MessageView view) {
        List<MessagePart> bodies = view.bodies();
        String seen = bodies.stream()
                .filter(MessagePart::isHtml)
                .map(MessagePart::visibleText)
                .collect(Collectors.joining("\n"));
        String plain = bodies.stream()
                .filter(part -> !part.isHtml())
                .map(MessagePart::visibleText)
                .collect(Collectors.joining("\n"));
        return cut(seen.isBlank() ? plain : plain.isBlank() ? seen : longer(seen, plain), TEXT);
    }

    private static String longer(String seen, String plain) {
        return seen.length() * 2 >= plain.length() ? seen : plain;
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }

    /** The author's domain in lower case; empty when there is none. */
    public String fromDomain() {
        return from.map(Mailbox::domain).orElse("").toLowerCase(Locale.ROOT);
    }

    /** The name that a reader sees as the author's. */
    public String fromName() {
        return from.map(Mailbox::name).orElse("");
    }

    /** The files of the message. */
    public List<MessagePart> attachments() {
        return parts.stream().filter(MessagePart::isAttachment).toList();
    }
}
