// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.message;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.BooleanSupplier;
import org.amrelay.mail.html.HtmlContent;
import org.amrelay.mail.html.HtmlReader;
import org.amrelay.mail.html.MetaCharset;
import org.amrelay.mail.text.DecodedText;
import org.amrelay.mail.text.TextDecoder;

/** The text of one part, read when it is first asked for, without the files inside of it. Safe for several threads. */
final class PartText {
    private final PartDraft draft;
    private final ViewLimits limits;
    private final BooleanSupplier isHtml;
    private final Lazy<Read> read;
    private final Lazy<HtmlContent> html;
    private volatile int allowed;

    private record Read(DecodedText text, boolean isCut) {}

    PartText(PartDraft draft, ViewLimits limits, BooleanSupplier isHtml) {
        this.draft = draft;
        this.limits = limits;
        this.isHtml = isHtml;
        this.allowed = limits.textBytes();
        this.read = new Lazy<>(this::decode);
        this.html = new Lazy<>(() -> HtmlReader.read(decoded().text(), limits.html()));
    }

    void allow(int bytes) {
        allowed = bytes;
    }

    DecodedText decoded() {
        return read.get().text();
    }

    boolean isCut() {
        return read.get().isCut();
    }

    HtmlContent html() {
        return html.get();
    }

    private Read decode() {
        try (InputStream in = draft.encoding.decode(draft.body.open())) {
            byte[] bytes = draft.blocks.isEmpty() ? in.readNBytes(allowed) : withoutBlocks(in);
            boolean isCut = bytes.length >= allowed && in.read() >= 0;
            String charset = draft.type.charset();
            if (charset.isBlank() && isHtml.getAsBoolean()) {
                charset = MetaCharset.of(bytes);
            }
            return new Read(TextDecoder.decode(bytes, charset), isCut);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private byte[] withoutBlocks(InputStream in) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        long at = 0;
        for (InlineBlock block : draft.blocks) {
            int room = allowed - text.size();
            long before = block.from() - at;
            text.writeBytes(in.readNBytes((int) Math.min(before, room)));
            if (before > room) {
                return text.toByteArray();
            }
            in.skipNBytes(block.to() - block.from());
            at = block.to();
        }
        text.writeBytes(in.readNBytes(allowed - text.size()));
        return text.toByteArray();
    }
}
