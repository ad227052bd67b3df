// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.message;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A message as people and programs see it: its header decoded, its parts, their text and links. One parse for all who ask.
 *
 * <p>Nothing is read before it is asked for, and nothing twice. No message whatever makes it fail: what is broken or was left
 * out for a limit is a {@link Flaw}. A method that reads throws {@link UncheckedIOException} when the bytes cannot be read,
 * which is trouble of ours. Immutable, safe for several threads; it lives as long as the content.
 */
public final class MessageView {
    private final MessageContent content;
    private final ViewLimits limits;
    private final Lazy<List<MessagePart>> parts;
    private final Lazy<ViewLinks> links;
    private final Lazy<String> text;
    private final Lazy<List<Flaw>> flaws;

    private MessageView(MessageContent content, ViewLimits limits) {
        this.content = content;
        this.limits = limits;
        this.parts = new Lazy<>(this::parse);
        this.links = new Lazy<>(() -> ViewLinks.of(parts(), limits.links()));
        this.text =
                new Lazy<>(() -> bodies().stream().map(MessagePart::visibleText).collect(Collectors.joining("\n")));
        this.flaws = new Lazy<>(this::findFlaws);
    }

    /** The view of a message within limits; reads nothing yet. */
    public static MessageView of(MessageContent content, ViewLimits limits) {
        return new MessageView(content, limits);
    }

    /** The view within the usual limits. */
    public static MessageView of(MessageContent content) {
        return of(content, ViewLimits.usual());
    }

    /** The view of bytes in memory, which must not change any more. */
    public static MessageView of(byte[] bytes) {
        return of(MessageContent.of(bytes));
    }

    private List<MessagePart> parse() {
        try {
            PartBudget budget = new PartBudget(limits);
            PartDraft root = new PartDraft("1", 0);
            new StructureScanner(ViewSource.of(content, limits), budget).scanMessage(root);
            new PartExpansion(budget).expand(root);
            List<MessagePart> all = new ArrayList<>();
            collect(new MessagePart(root, limits), all);
            allowTexts(all);
            return List.copyOf(all);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void collect(MessagePart part, List<MessagePart> all) {
        all.add(part);
        part.children().forEach(child -> collect(child, all));
    }

    /** Shares the room for text in the order of the message, so that it does not matter what is asked for first. */
    private void allowTexts(List<MessagePart> all) {
        long left = limits.allTextBytes();
        for (MessagePart part : all) {
            long wanted = Math.min(part.encodedSize(), limits.textBytes());
            part.allowText((int) Math.min(wanted, left));
            if (part.type().isText()) {
                left -= Math.min(wanted, left);
            }
        }
    }

    /** The bytes that are viewed. */
    public MessageContent content() {
        return content;
    }

    /** The header of the message. */
    public MessageHeader header() {
        return root().header();
    }

    /** The message itself as a part, {@code 1}. */
    public MessagePart root() {
        return parts().get(0);
    }

    /** All parts in the order of the message, containers before what is in them. */
    public List<MessagePart> parts() {
        return parts.get();
    }

    /** The part of a path. */
    public Optional<MessagePart> part(String path) {
        return parts().stream().filter(part -> part.path().equals(path)).findFirst();
    }

    /** The parts that a reader sees as text of the message, alternatives and messages inside included. */
    public List<MessagePart> bodies() {
        return parts().stream()
                .filter(part -> part.isText() && !part.isAttachment())
                .toList();
    }

    /** The parts that a reader sees as files. */
    public List<MessagePart> attachments() {
        return parts().stream().filter(MessagePart::isAttachment).toList();
    }

    /** The text that a reader sees, of all bodies. */
    public String text() {
        return text.get();
    }

    /** The text of all bodies that a reader does not see. */
    public String hiddenText() {
        return bodies().stream()
                .filter(MessagePart::isHtml)
                .map(part -> part.html().hidden())
                .collect(Collectors.joining("\n"));
    }

    /** All links of all bodies, and of HTML files, up to the limit. */
    public List<MessageLink> links() {
        return links.get().links();
    }

    /** All that is broken or was left out, part by part; reads everything. */
    public List<Flaw> flaws() {
        return flaws.get();
    }

    private List<Flaw> findFlaws() {
        List<Flaw> found = new ArrayList<>();
        for (MessagePart part : parts()) {
            part.flaws().stream().sorted().forEach(kind -> found.add(new Flaw(kind, part.path())));
        }
        found.addAll(links.get().flaws());
        return List.copyOf(found);
    }
}
