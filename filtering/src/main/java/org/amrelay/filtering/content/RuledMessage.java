// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.content;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.amrelay.filtering.attachments.Attachment;
import org.amrelay.filtering.attachments.AttachmentInspector;
import org.amrelay.filtering.attachments.Inspection;
import org.amrelay.filtering.sensitive.SensitiveFinder;
import org.amrelay.filtering.sensitive.SensitiveMatch;
import org.amrelay.mail.message.MessagePart;
import org.amrelay.mail.message.MessageView;

/** One message as rules look at it: each thing is found out when a rule first asks, and once. For one thread. */
final class RuledMessage {
    /** What an attachment has that nobody could look into. */
    static final String UNSCANNABLE = "unscannable";

    private final MailFacts facts;
    private final MessageView view;
    private final AttachmentInspector inspector;
    private final SensitiveFinder finder;
    private final Set<String> types;
    private final Map<TextPlace, List<TextPassage>> passages = new EnumMap<>(TextPlace.class);
    private final Map<RuleCondition, List<ContentFinding>> answers = new IdentityHashMap<>();
    private Optional<List<Attachment>> attachments = Optional.empty();

    /** @param types all types of sensitive values that some rule asks for */
    RuledMessage(
            MailFacts facts,
            MessageView view,
            AttachmentInspector inspector,
            SensitiveFinder finder,
            Set<String> types) {
        this.facts = facts;
        this.view = view;
        this.inspector = inspector;
        this.finder = finder;
        this.types = types;
    }

    MailFacts facts() {
        return facts;
    }

    MessageView view() {
        return view;
    }

    /** What a condition found that asks for the message alone: the same for every recipient. */
    List<ContentFinding> once(RuleCondition condition, Supplier<List<ContentFinding>> looking) {
        List<ContentFinding> known = answers.get(condition);
        if (known == null) {
            known = looking.get();
            answers.put(condition, known);
        }
        return known;
    }

    List<Attachment> attachments() {
        if (attachments.isEmpty()) {
            Inspection inspection = inspector.inspect(view);
            List<Attachment> all = new ArrayList<>(inspection.attachments());
            inspection.unscannable().forEach(each -> all.add(unscannable(each)));
            attachments = Optional.of(List.copyOf(all));
        }
        return attachments.get();
    }

    /** Written as {@code path: reason}; rules may ask for the reason as for any trait. */
    private static Attachment unscannable(String text) {
        int colon = text.lastIndexOf(": ");
        String path = colon < 0 ? text : text.substring(0, colon);
        Set<String> traits = colon < 0 ? Set.of(UNSCANNABLE) : Set.of(UNSCANNABLE, text.substring(colon + 2));
        return new Attachment(path, "", "", "", 0, "", traits, "");
    }

    /** The number of the part, which is no secret, and the names of files, which may be. */
    private static String shown(String path) {
        int slash = path.indexOf('/');
        return slash < 0 ? path : path.substring(0, slash + 1) + EvidenceMask.name(path.substring(slash + 1));
    }

    /** The texts in a place; those without a character are left out. */
    List<TextPassage> passages(TextPlace place) {
        return passages.computeIfAbsent(place, this::read);
    }

    private List<TextPassage> read(TextPlace place) {
        List<TextPassage> read = new ArrayList<>();
        switch (place) {
            case SUBJECT ->
                read.add(new TextPassage(place, "subject", view.header().subject()));
            case BODY -> view.bodies().forEach(part -> read.add(new TextPassage(place, part.path(), whole(part))));
            case ATTACHMENTS ->
                attachments().forEach(each -> read.add(new TextPassage(place, shown(each.path()), each.text())));
        }
        read.removeIf(passage -> passage.text().isEmpty());
        return List.copyOf(read);
    }

    /** What HTML hides from the reader is not hidden from a rule; it stands behind what he sees. */
    private static String whole(MessagePart part) {
        String visible = part.visibleText();
        if (!part.isHtml() || part.html().hidden().isEmpty()) {
            return visible;
        }
        return visible + '\n' + part.html().hidden();
    }

    List<SensitiveMatch> sensitive(TextPassage passage) {
        return passage.sensitive(finder, types);
    }
}
