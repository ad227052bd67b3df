// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.preflight;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.amrelay.filtering.spam.specimen.RegisteredNames;
import org.amrelay.mail.message.DecodedField;
import org.amrelay.mail.message.MessageHeader;
import org.amrelay.mail.message.MessageLink;
import org.amrelay.mail.message.MessagePart;
import org.amrelay.mail.message.MessageView;
import org.amrelay.mail.mime.Mailbox;
import org.amrelay.mail.mime.MimeFlaw;

/** Looks at a message with the eyes of a large provider. Stateless; linear in the bounded view. */
final class Preflight {
    private static final List<String> ONCE =
            List.of("from", "sender", "to", "cc", "reply-to", "subject", "date", "message-id", "mime-version");
    private static final Duration LATE = Duration.ofDays(7);
    private static final Duration EARLY = Duration.ofHours(1);
    private static final int PAGE = 102_400;
    private static final int HIDDEN = 200;
    private static final int LONGEST_ID = 900;
    private static final Set<MimeFlaw> BROKEN = Set.of(
            MimeFlaw.BOUNDARY_MISSING,
            MimeFlaw.BOUNDARY_UNCLOSED,
            MimeFlaw.PART_AFTER_END,
            MimeFlaw.BAD_BASE64,
            MimeFlaw.BAD_QUOTED_PRINTABLE,
            MimeFlaw.BROKEN_FIELD,
            MimeFlaw.NUL_BYTE,
            MimeFlaw.BAD_CHARSET);

    private Preflight() {}

    /** What the message does not meet, in the order of {@link Requirement}; nothing is looked up. */
    static List<Shortcoming> of(MessageView view, SenderFacts facts) {
        List<Shortcoming> found = new ArrayList<>();
        MessageHeader header = view.header();
        author(header, facts, found);
        identity(header, facts, found);
        unsubscribing(header, found);
        text(view, found);
        structure(view, found);
        if (facts.points() >= facts.required()) {
            add(
                    found,
                    Requirement.SPAM_POINTS,
                    String.format(Locale.ROOT, "%.1f points of %.1f", facts.points(), facts.required()));
        }
        return List.copyOf(found);
    }

    private static void add(List<Shortcoming> found, Requirement requirement, String what) {
        found.add(new Shortcoming(requirement, what));
    }

    private static void author(MessageHeader header, SenderFacts facts, List<Shortcoming> found) {
        List<Mailbox> authors = header.from();
        if (authors.size() != 1 || header.named("from").size() != 1) {
            add(found, Requirement.ONE_AUTHOR, authors.size() + " addresses in From");
            return;
        }
        String domain = authors.get(0).domain();
        if (domain.indexOf('.') < 0) {
            add(found, Requirement.ONE_AUTHOR, "the address in From has no domain of the Internet");
            return;
        }
        String site = RegisteredNames.of(domain);
        boolean signed =
                facts.signedBy().stream().anyMatch(by -> RegisteredNames.of(by).equals(site));
        boolean sent = RegisteredNames.of(facts.envelopeDomain()).equals(site);
        if (!signed && !sent) {
            add(
                    found,
                    Requirement.ALIGNMENT,
                    "nothing signs for " + domain + ", and the envelope sender is of "
                            + (facts.envelopeDomain().isEmpty() ? "nobody" : facts.envelopeDomain()));
        }
    }

    private static void identity(MessageHeader header, SenderFacts facts, List<Shortcoming> found) {
        List<DecodedField> ids = header.named("message-id");
        String id = header.text("message-id").strip();
        if (ids.size() != 1) {
            add(found, Requirement.MESSAGE_ID, ids.size() + " fields Message-ID");
        } else if (!isMessageId(id)) {
            add(found, Requirement.MESSAGE_ID, "the Message-ID has another form");
        }
        var date = header.date();
        if (date.isEmpty()) {
            add(found, Requirement.DATE, header.has("date") ? "the Date cannot be read" : "there is no Date");
        } else if (date.get().isBefore(facts.now().minus(LATE))
                || date.get().isAfter(facts.now().plus(EARLY))) {
            add(found, Requirement.DATE, "the Date is " + date.get());
        }
        ONCE.stream()
                .filter(name -> header.named(name).size() > 1)
                .findFirst()
                .ifPresent(name -> add(found, Requirement.FIELDS_ONCE, name + " is there more than once"));
    }

    /** RFC 5322 §3.6.4, as strict as providers are: one at-sign, no blanks, something on both sides. */
    private static boolean isMessageId(String id) {
        int at = id.indexOf('@');
        return id.length() <= LONGEST_ID
                && id.startsWith("<")
                && id.endsWith(">")
                && at > 1
                && at < id.length() - 2
                && id.indexOf('@', at + 1) < 0
                && id.chars().noneMatch(c -> c <= ' ');
    }

    private static void unsubscribing(MessageHeader header, List<Shortcoming> found) {
        String list = header.text("list-unsubscribe").toLowerCase(Locale.ROOT);
        boolean https = list.contains("<https://");
        if (!https && !list.contains("<mailto:")) {
            add(
                    found,
                    Requirement.LIST_UNSUBSCRIBE,
                    list.isBlank()
                            ? "there is no List-Unsubscribe"
                            : "List-Unsubscribe has no address in angle brackets");
        }
        String post = header.text("list-unsubscribe-post").replace(" ", "");
        if (!https || !post.equalsIgnoreCase("list-unsubscribe=one-click")) {
            add(
                    found,
                    Requirement.ONE_CLICK,
                    https ? "List-Unsubscribe-Post is missing or says something else" : "there is no https address");
        }
    }

    private static void text(MessageView view, List<Shortcoming> found) {
        MessageHeader header = view.header();
        if (!UnsubscribeWords.isIn(view)) {
            add(found, Requirement.VISIBLE_UNSUBSCRIBE, "no link or word for unsubscribing is seen");
        }
        String subject = header.subject().strip().toLowerCase(Locale.ROOT);
        if ((subject.startsWith("re:") || subject.startsWith("fwd:") || subject.startsWith("fw:"))
                && !header.has("in-reply-to")
                && !header.has("references")) {
            add(found, Requirement.HONEST_SUBJECT, "the subject says that it answers or forwards something");
        }
        if (view.hiddenText().length() > HIDDEN) {
            add(found, Requirement.NOTHING_HIDDEN, view.hiddenText().length() + " characters are not seen");
        }
        view.links().stream()
                .filter(MessageLink::showsAnotherHost)
                .findFirst()
                .ifPresent(link -> add(
                        found,
                        Requirement.HONEST_LINKS,
                        "a link leads to " + link.address().host()));
    }

    private static void structure(MessageView view, List<Shortcoming> found) {
        view.bodies().stream()
                .filter(MessagePart::isHtml)
                .filter(part -> part.size() > PAGE)
                .findFirst()
                .ifPresent(part -> add(found, Requirement.SIZE_OF_PAGE, "the HTML has " + part.size() + " octets"));
        view.flaws().stream()
                .filter(flaw -> BROKEN.contains(flaw.kind()))
                .findFirst()
                .ifPresent(flaw -> add(found, Requirement.STRUCTURE, flaw.kind().text()));
    }
}
