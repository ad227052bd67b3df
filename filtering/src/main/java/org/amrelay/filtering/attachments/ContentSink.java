// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.attachments;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.function.LongSupplier;
import org.amrelay.filtering.attachments.archives.EntrySink;
import org.amrelay.filtering.attachments.archives.FileBytes;
import org.amrelay.filtering.attachments.archives.UnpackBudget;
import org.amrelay.filtering.attachments.signs.MarkupText;
import org.amrelay.filtering.attachments.signs.NameSigns;
import org.amrelay.filtering.attachments.signs.OfficeParts;

/** Takes the files out of one container: those of a document are read here, all others are looked at by themselves. */
final class ContentSink implements EntrySink {
    private final Descent descent;
    private final Descent.Place container;
    private final String type;
    private final Set<String> traits;
    private final StringBuilder text;

    ContentSink(Descent descent, Descent.Place container, String type, Set<String> traits, StringBuilder text) {
        this.descent = descent;
        this.container = container;
        this.type = type;
        this.traits = traits;
        this.text = text;
    }

    @Override
    public void file(String name, LongSupplier packed, InputStream bytes) throws IOException {
        UnpackBudget budget = descent.budget();
        budget.entry();
        // What was readable of a damaged file counts: other programs show it too
        UntilDamaged readable = new UntilDamaged(bytes);
        try (FileBytes read = FileBytes.read(
                readable,
                budget.limits().heldBytes(),
                (more, soFar) -> budget.unpacked(more, soFar, packed.getAsLong()))) {
            if (readable.isDamaged()) {
                descent.refuse(container.inside(name).path(), "damaged");
            }
            if (OfficeParts.isDocument(type)) {
                part(name, read);
            } else {
                Set<String> inner = descent.file(container.inside(name), read, NameSigns.of(name), "");
                lift(inner);
            }
        }
    }

    private void part(String name, FileBytes read) {
        OfficeParts.signs(name, traits);
        if (!OfficeParts.isInner(name)) {
            lift(descent.file(container.inside(name), read, Set.of(), ""));
            return;
        }
        String xml = MarkupText.decode(read.head());
        OfficeParts.signs(name, xml, traits);
        if (OfficeParts.hasText(name)) {
            String found = MarkupText.of(xml, descent.budget().limits().textBytes());
            text.append(text.isEmpty() ? "" : "\n")
                    .append(found, 0, descent.budget().text(found.length()));
        }
    }

    private void lift(Set<String> inner) {
        if (OfficeParts.isDocument(type)) {
            Descent.lift(inner, traits);
        }
    }

    @Override
    public void unreadable(String name, long size, String reason) throws IOException {
        descent.budget().entry();
        if (name.isEmpty()) {
            traits.add(reason);
            descent.refuse(container.path(), reason);
        } else {
            descent.named(container.inside(name), size, reason, traits);
        }
    }

    @Override
    public void trait(String trait) {
        traits.add(trait);
    }
}
