// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.amrelay.mail.html.HtmlContent;
import org.amrelay.mail.mime.MediaType;
import org.amrelay.mail.mime.MimeFlaw;
import org.amrelay.mail.mime.PartDisposition;
import org.amrelay.mail.mime.TransferEncoding;
import org.amrelay.mail.text.DecodedText;

/**
 * One part of a message: a multipart, a message inside, a text, a file.
 *
 * <p>What is behind a method is computed when it is first called, and once. A method that reads the part throws
 * {@link UncheckedIOException} when the message cannot be read, which is trouble of ours and never the message's. Immutable,
 * safe for several threads.
 */
public final class MessagePart {
    private final PartDraft draft;
    private final ViewLimits limits;
    private final List<MessagePart> children;
    private final MessageHeader header;
    private final PartDisposition disposition;
    private final List<String> names;
    private final Lazy<PartFacts> facts;
    private final Lazy<String> trueType;
    private final PartText text;

    MessagePart(PartDraft draft, ViewLimits limits) {
        this.draft = draft;
        this.limits = limits;
        List<MessagePart> inside = new ArrayList<>(draft.children.size());
        draft.children.forEach(child -> inside.add(new MessagePart(child, limits)));
        this.children = List.copyOf(inside);
        this.header = new MessageHeader(draft.fields);
        this.disposition = PartExpansion.disposition(draft);
        this.names = PartNames.of(draft);
        this.facts = new Lazy<>(() -> read(() -> PartFacts.of(draft.body, draft.encoding, limits.decodedBytes())));
        this.trueType = new Lazy<>(() -> read(() -> PartFacts.trueType(draft.body, draft.encoding)));
        this.text = new PartText(draft, limits, this::isHtml);
    }

    private interface Read<T> {
        T read() throws IOException;
    }

    private static <T> T read(Read<T> reading) {
        try {
            return reading.read();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Its place: {@code 1} is the message, {@code 1.2} its second part, and so on; a message inside has its own {@code .1}. */
    public String path() {
        return draft.path;
    }

    /** Where it stands in the message; empty for what is encoded in another part. */
    public Optional<PartPlace> place() {
        return draft.headerStart < 0 ? Optional.empty() : Optional.of(new PartPlace(draft.headerStart, draft.bodyEnd));
    }

    /** How deep it is nested; the message itself is 0. */
    public int depth() {
        return draft.depth;
    }

    /** Its parts; the one part of a message inside is that message. Files inside of a text are parts of the text. */
    public List<MessagePart> children() {
        return children;
    }

    public boolean isLeaf() {
        return children.isEmpty();
    }

    /** Its header fields; of the message itself those of the message. */
    public MessageHeader header() {
        return header;
    }

    /** What it says that it is. */
    public MediaType type() {
        return draft.type;
    }

    /** What it is by its first bytes, such as {@code application/pdf}; a multipart is what it says. */
    public String trueType() {
        return isContainer() ? draft.type.essence() : trueType.get();
    }

    /** Whether it is there for its parts: a multipart, or a message inside. */
    public boolean isContainer() {
        return !children.isEmpty() && draft.blocks.isEmpty();
    }

    /** All names it gives itself that differ, decoded; mail programs show the first one, or another one. */
    public List<String> names() {
        return names;
    }

    /** The name that most mail programs show. */
    public Optional<String> name() {
        return names.stream().findFirst();
    }

    public PartDisposition disposition() {
        return disposition;
    }

    public TransferEncoding encoding() {
        return draft.encoding;
    }

    /** Without brackets; empty when it has none. */
    public String contentId() {
        String id = header.text("content-id").strip();
        return id.startsWith("<") && id.endsWith(">") ? id.substring(1, id.length() - 1) : id;
    }

    /** The size of its body as it stands in the message. */
    public long encodedSize() {
        return draft.body.size();
    }

    /** The size of its body, decoded; 0 for a container. */
    public long size() {
        return isContainer() ? 0 : facts.get().size();
    }

    /** The SHA-256 of its decoded body in small hexadecimal digits; empty text for a container, whose parts have theirs. */
    public String sha256() {
        return isContainer() ? "" : facts.get().sha256();
    }

    /** Its body, decoded as it is read; the caller closes it, and reads no more than it wants. */
    public InputStream open() throws IOException {
        return draft.encoding.decode(draft.body.open());
    }

    /** Whether a reader sees it as a file rather than as text of the message; a text that is the whole message is none. */
    public boolean isAttachment() {
        if (isContainer() || draft.depth == 0 && isReadable()) {
            return false;
        }
        return disposition.isAttachment()
                || !isReadable()
                || !names.isEmpty() && disposition.value().isEmpty();
    }

    private boolean isReadable() {
        return draft.type.isText() || draft.type.isMultipart() || draft.type.isMessage();
    }

    /** Whether it is HTML: it says so, or says that it is no text and is HTML nevertheless. */
    public boolean isHtml() {
        if (isContainer()) {
            return false;
        }
        return draft.type.is("text/html")
                || draft.type.is("application/xhtml+xml")
                || !draft.type.is("text/plain") && trueType().equals("text/html");
    }

    /** Whether it has text to be read: it says so, or is text by its bytes. */
    public boolean isText() {
        return !isContainer() && (isReadable() || isHtml() || trueType().startsWith("text/"));
    }

    /** The text of a text, HTML as its source; empty of other parts. Cut at the limit. */
    public String text() {
        return decodedText().text();
    }

    /** The text, and how it was got. */
    public DecodedText decodedText() {
        return isText() ? text.decoded() : DecodedText.plain("");
    }

    /** What is in an HTML part; nothing in others. */
    public HtmlContent html() {
        return isHtml() ? text.html() : HtmlContent.NONE;
    }

    /** The text that a reader sees: of HTML the visible text. */
    public String visibleText() {
        return isHtml() ? html().visible() : text();
    }

    /** What is broken in its structure and header, without reading it. */
    public Set<MimeFlaw> structureFlaws() {
        return Set.copyOf(draft.flaws);
    }

    /** All that is broken in it or was left out; reads it. */
    public Set<MimeFlaw> flaws() {
        return PartFlaws.of(this, draft, isContainer() ? Optional.empty() : Optional.of(facts.get()), text);
    }

    /** How many bytes of text it may hold; set once, before anybody sees the part. */
    void allowText(int bytes) {
        text.allow(bytes);
    }

    @Override
    public String toString() {
        return draft.path + ' ' + draft.type;
    }
}
