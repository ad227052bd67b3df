// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.message;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.amrelay.mail.mime.MediaType;
import org.amrelay.mail.mime.MimeFlaw;
import org.amrelay.mail.mime.PartDisposition;
import org.amrelay.mail.mime.TransferEncoding;
import org.amrelay.mail.mime.TrueType;

/**
 * Looks into the parts that the structure of the message does not open: encoded messages and multiparts, messages that are
 * declared as something else, files inside of texts. For one thread and one message.
 */
final class PartExpansion {
    private final PartBudget budget;
    private final ViewLimits limits;

    PartExpansion(PartBudget budget) {
        this.budget = budget;
        this.limits = budget.limits();
    }

    void expand(PartDraft draft) throws IOException {
        if (!draft.isLeaf()) {
            for (PartDraft child : List.copyOf(draft.children)) {
                expand(child);
            }
        } else if (draft.depth < limits.depth()) {
            leaf(draft);
        } else if (draft.type.isMultipart() || draft.type.isMessage()) {
            draft.flaws.add(MimeFlaw.TOO_DEEP);
        }
    }

    private void leaf(PartDraft draft) throws IOException {
        if (draft.type.isMultipart() && !draft.boundaryFound) {
            encodedMultipart(draft);
        } else if (draft.type.isMessage()) {
            if (draft.encoding.encodes()) {
                message(draft);
            }
        } else if (mayHideMessage(draft) && startsLikeMessage(draft)) {
            draft.flaws.add(MimeFlaw.HIDDEN_MESSAGE);
            message(draft);
        } else if (draft.type.is("text/plain")) {
            blocks(draft);
        }
    }

    private void encodedMultipart(PartDraft draft) throws IOException {
        if (draft.encoding.encodes() && draft.boundary.isPresent()) {
            ViewSource decoded = decoded(draft);
            new StructureScanner(decoded, budget).scanBody(draft);
            expandChildren(draft);
        }
        if (draft.children.isEmpty()) {
            draft.flaws.add(MimeFlaw.BOUNDARY_MISSING);
        }
    }

    private void message(PartDraft draft) throws IOException {
        if (budget.take(draft)) {
            new StructureScanner(decoded(draft), budget).scanMessage(draft.addChild());
            expandChildren(draft);
        }
    }

    private void expandChildren(PartDraft draft) throws IOException {
        for (PartDraft child : List.copyOf(draft.children)) {
            expand(child);
        }
    }

    private ViewSource decoded(PartDraft draft) throws IOException {
        try (InputStream in = draft.encoding.decode(draft.body.open())) {
            return ViewSource.of(in, limits);
        }
    }

    /** Text that a person forwards starts like a message, too; a file or an unknown type does not by chance. */
    private static boolean mayHideMessage(PartDraft draft) {
        MediaType type = draft.type;
        if (type.type().equals("message") || type.subtype().equals("rfc822-headers")) {
            return false;
        }
        return !type.isText()
                || PartNames.of(draft).stream()
                        .anyMatch(name -> name.toLowerCase(Locale.ROOT).endsWith(".eml"));
    }

    private static boolean startsLikeMessage(PartDraft draft) throws IOException {
        byte[] head = new byte[TrueType.LOOKED_AT];
        try (InputStream in = draft.encoding.decode(draft.body.open())) {
            int length = in.readNBytes(head, 0, head.length);
            return TrueType.of(head, length).equals("message/rfc822");
        }
    }

    private void blocks(PartDraft draft) throws IOException {
        BodyBytes body = draft.body;
        TransferEncoding encoding = draft.encoding;
        if (encoding == TransferEncoding.UUENCODE || encoding == TransferEncoding.YENC) {
            return;
        }
        try (InputStream in = encoding.decode(body.open())) {
            draft.blocks.addAll(InlineBlocks.in(new LineReader(in, body.size()), limits.parts()));
        }
        for (InlineBlock block : draft.blocks) {
            if (!budget.take(draft)) {
                return;
            }
            PartDraft child = draft.addChild();
            child.encoding = block.encoding();
            child.type = new MediaType("application", "octet-stream", MediaType.PLAIN.parameters(), true);
            child.blockName = Optional.of(block.name());
            long size = block.to() - block.from();
            child.body = BodyBytes.of(() -> new BoundedStream(encoding.decode(body.open()), block.from(), size), size);
        }
    }

    /** Whether the part says that it is a file. */
    static PartDisposition disposition(PartDraft draft) {
        return draft.fields.stream()
                .filter(field -> field.key().equals("content-disposition"))
                .findFirst()
                .map(field -> PartDisposition.parse(field.body()))
                .orElse(PartDisposition.NONE);
    }
}
