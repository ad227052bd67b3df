// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.disclaimer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.amrelay.mail.message.MessagePart;
import org.amrelay.mail.mime.MediaType;

/** Finds the texts of a message at whose end a reader arrives, and what forbids to change them. Stateless. */
final class DisclaimerTargets {
    private static final Set<String> SEALED = Set.of(
            "multipart/signed",
            "multipart/encrypted",
            "application/pkcs7-mime",
            "application/x-pkcs7-mime",
            "application/pkcs7-signature",
            "application/x-pkcs7-signature",
            "application/pgp-encrypted",
            "application/pgp-signature");
    private static final Set<String> NO_LETTER =
            Set.of("multipart/report", "multipart/digest", "multipart/form-data", "multipart/byteranges");
    private static final Set<String> ARMOR =
            Set.of("-----BEGIN PGP MESSAGE-----", "-----BEGIN PGP SIGNED MESSAGE-----");

    private DisclaimerTargets() {}

    /** Why nothing in the message may be changed; of messages within it nothing is. */
    static Optional<String> seal(MessagePart part) {
        String type = part.type().essence();
        if (SEALED.contains(type) || isSealedFile(part)) {
            return Optional.of("it is signed or encrypted");
        }
        if (part.type().isMessage()) {
            return Optional.empty();
        }
        boolean armored = part.isText() && !part.isAttachment() && hasArmor(part.visibleText());
        return armored
                ? Optional.of("it is signed or encrypted within its text")
                : part.children().stream()
                        .map(DisclaimerTargets::seal)
                        .flatMap(Optional::stream)
                        .findFirst();
    }

    /** Some programs say of what they encrypt only that it is a file (RFC 8551 §3.2.1). */
    private static boolean isSealedFile(MessagePart part) {
        return part.names().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .anyMatch(name -> name.endsWith(".p7m") || name.endsWith(".p7s"));
    }

    private static boolean hasArmor(String text) {
        return text.contains("-----BEGIN PGP")
                && text.lines().map(String::strip).anyMatch(ARMOR::contains);
    }

    /** The parts in the order of the message. */
    static List<MessagePart> of(MessagePart part) {
        MediaType type = part.type();
        if (!type.isMultipart()) {
            return isText(part) ? List.of(part) : List.of();
        } else if (NO_LETTER.contains(type.essence())) {
            return List.of();
        } else if (type.is("multipart/alternative")) {
            List<MessagePart> all = new ArrayList<>();
            part.children().forEach(child -> all.addAll(of(child)));
            return List.copyOf(all);
        } else if (type.is("multipart/related")) {
            return start(part).map(DisclaimerTargets::of).orElse(List.of());
        }
        return last(part);
    }

    private static boolean isText(MessagePart part) {
        boolean text = part.type().is("text/plain") || part.type().is("text/html");
        return text
                && part.place().isPresent()
                && !part.isAttachment()
                && (part.depth() == 0 || part.names().isEmpty());
    }

    /** RFC 2387 §3.2. */
    private static Optional<MessagePart> start(MessagePart related) {
        String start = related.type().parameters().value("start").orElse("").strip();
        return related.children().stream()
                .filter(child -> !start.isEmpty() && start.equals("<" + child.contentId() + ">"))
                .findFirst()
                .or(() -> related.children().stream().findFirst());
    }

    /** Mail programs show texts around files one after the other; some put an empty one last. */
    private static List<MessagePart> last(MessagePart mixed) {
        List<MessagePart> blank = List.of();
        for (int i = mixed.children().size() - 1; i >= 0; i--) {
            List<MessagePart> found = of(mixed.children().get(i));
            if (found.stream().anyMatch(part -> !part.visibleText().isBlank())) {
                return found;
            }
            blank = found.isEmpty() ? blank : found;
        }
        return blank;
    }
}
