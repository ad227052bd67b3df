// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.attachments;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.amrelay.filtering.attachments.archives.EntrySink;
import org.amrelay.filtering.attachments.archives.FileBytes;
import org.amrelay.filtering.attachments.archives.LimitReached;
import org.amrelay.filtering.attachments.archives.UnpackBudget;
import org.amrelay.filtering.attachments.archives.Unpacker;
import org.amrelay.filtering.attachments.signs.ContentSigns;
import org.amrelay.filtering.attachments.signs.MarkupText;
import org.amrelay.filtering.attachments.signs.NameSigns;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.message.MessagePart;
import org.amrelay.mail.message.MessageView;

/** One walk down through the files of one message. For one thread. */
final class Descent {
    private static final Set<String> OF_THE_WHOLE =
            Set.of("macro", "auto-macro", "xlm-macro", "dde", "external-template", "activex");
    private static final int MOST_VERDICTS = 1_000;

    private final UnpackBudget budget;
    private final List<Attachment> found = new ArrayList<>();
    private final List<String> unscannable = new ArrayList<>();

    Descent(UnpackBudget budget) {
        this.budget = budget;
    }

    Inspection result() {
        return new Inspection(found, unscannable);
    }

    UnpackBudget budget() {
        return budget;
    }

    void refuse(String path, String reason) {
        if (unscannable.size() < MOST_VERDICTS) {
            unscannable.add(path + ": " + reason);
        }
    }

    void message(MessageView view, String above, int depth) {
        for (MessagePart part : view.parts()) {
            if (!part.isContainer()) {
                part(part, above, depth);
            }
        }
    }

    private void part(MessagePart part, String above, int depth) {
        String name = part.name().orElse("");
        String path = above + part.path() + (name.isEmpty() ? "" : '/' + name);
        try (InputStream bytes = part.open();
                FileBytes file = FileBytes.read(bytes, budget.limits().heldBytes(), (more, soFar) -> budget.time())) {
            int before = found.size();
            boolean readable = part.isAttachment() && part.isText();
            String text = readable ? cut(part.visibleText()) : "";
            Set<String> named = new HashSet<>();
            part.names().forEach(each -> named.addAll(NameSigns.of(each)));
            Set<String> traits = file(new Place(path, name, part.type().essence(), depth), file, named, text);
            if (!part.isAttachment() && traits.isEmpty() && found.size() == before + 1) {
                // a body is no attachment, as long as there is nothing to say about it
                found.remove(before);
            }
        } catch (LimitReached limit) {
            refuse(path, limit.reason());
        } catch (IOException ours) {
            throw new UncheckedIOException(ours);
        }
    }

    private String cut(String text) {
        return text.substring(0, budget.text(text.length()));
    }

    /** Where a file is. */
    record Place(String path, String name, String declared, int depth) {
        Place inside(String given) {
            String own = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
            return new Place(path + '/' + shown(given), own, "", depth + 1);
        }

        private static String shown(String name) {
            return name.length() > 300 ? name.substring(0, 300) : name;
        }
    }

    /** Looks at one file and all that is in it; tells its traits. */
    Set<String> file(Place place, FileBytes file, Set<String> byName, String text) {
        String type = ContentSigns.typeOf(file);
        Set<String> traits = new HashSet<>(byName);
        traits.addAll(NameSigns.of(place.name()));
        traits.addAll(ContentSigns.of(file, type));
        if (NameSigns.contradicts(place.name(), place.declared(), type)) {
            traits.add("type-mismatch");
        }
        int index = found.size();
        Attachment first = attachment(place, type, file, traits, text);
        found.add(first);
        StringBuilder inside = new StringBuilder(text);
        if (traits.contains("encrypted")) {
            refuse(place.path(), "encrypted");
        }
        descend(place, type, file, traits, inside);
        if (inside.isEmpty() && type.startsWith("text/") && place.depth() > 0) {
            inside.append(cut(MarkupText.decode(file.slice(0, 256 * 1024))));
        }
        found.set(index, attachment(place, type, file, traits, inside.toString()));
        return traits;
    }

    private static Attachment attachment(Place place, String type, FileBytes file, Set<String> traits, String text) {
        return new Attachment(
                place.path(), place.name(), place.declared(), type, file.size(), file.sha256Digits(), traits, text);
    }

    private void descend(Place place, String type, FileBytes file, Set<String> traits, StringBuilder text) {
        String extension = NameSigns.extension(place.name());
        boolean message = type.equals("message/rfc822")
                || extension.equals("eml") && (type.startsWith("text/") || type.equals("application/octet-stream"))
                || place.declared().equals("message/rfc822");
        boolean hidesZip = traits.contains("polyglot");
        Optional<Unpacker> unpacker =
                Unpackers.of(hidesZip ? "application/zip" : type, place.name(), budget.limits(), place.depth());
        if (unpacker.isEmpty() && !message) {
            if (Unpackers.isClosed(type)) {
                refuse(place.path(), "no-reader");
            }
            return;
        }
        if (place.depth() >= budget.limits().depth()) {
            traits.add("nested-deep");
            refuse(place.path(), "too-deep");
            return;
        }
        if (message) {
            MessageView view = MessageView.of(new Inner(file));
            message(view, place.path() + '/', place.depth() + 1);
            return;
        }
        unpack(unpacker.get(), place, type, file, traits, text);
    }

    private void unpack(
            Unpacker unpacker, Place place, String type, FileBytes file, Set<String> traits, StringBuilder text) {
        EntrySink sink = new ContentSink(this, place, type, traits, text);
        try {
            unpacker.unpack(file, sink);
        } catch (LimitReached limit) {
            if (!limit.reason().equals("too-long")) {
                traits.add("archive-bomb");
            }
            refuse(place.path(), limit.reason());
        } catch (IOException damaged) {
            refuse(place.path(), "damaged");
        }
    }

    /** A file that can only be named. */
    void named(Place place, long size, String reason, Set<String> traits) {
        Set<String> all = new HashSet<>(NameSigns.of(place.name()));
        if (reason.equals("encrypted")) {
            all.add(reason);
            traits.add(reason);
        }
        found.add(new Attachment(
                place.path(), place.name(), "", "application/octet-stream", Math.max(0, size), "", all, ""));
        refuse(place.path(), reason);
    }

    /** What the traits of a part say of the document that it is a part of. */
    static void lift(Set<String> from, Set<String> to) {
        from.stream().filter(OF_THE_WHOLE::contains).forEach(to::add);
    }

    /** A file as a message. */
    private record Inner(FileBytes file) implements MessageContent {
        @Override
        public InputStream open() {
            return file.open(0, file.size());
        }

        @Override
        public long size() {
            return file.size();
        }
    }
}
