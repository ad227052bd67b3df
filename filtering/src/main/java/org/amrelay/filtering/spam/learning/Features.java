// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.spam.learning;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.amrelay.filtering.spam.specimen.RegisteredNames;
import org.amrelay.filtering.spam.specimen.Specimen;
import org.amrelay.mail.message.DecodedField;
import org.amrelay.mail.message.MessageLink;
import org.amrelay.mail.message.MessagePart;
import org.amrelay.mail.mime.Mailbox;
import org.amrelay.mail.text.LinkAddress;

/**
 * Turns a message into features: words and pairs of words, links, structure, the shape of its header, the tests that hit.
 *
 * <p>Left out is what only tells where a message was collected: Received, To, Delivered-To, Return-Path, dates, list names,
 * X-Spam and other filters' fields, Authentication-Results, message-ids but for their shape. Linear in the text, stateless.
 */
public final class Features {
    /** Fields that say where a message was collected, or what other filters thought of it. */
    private static final Set<String> LEFT_OUT = Set.of(
            "received",
            "return-path",
            "delivered-to",
            "x-original-to",
            "to",
            "cc",
            "date",
            "delivery-date",
            "envelope-to",
            "status",
            "x-status",
            "x-keywords",
            "x-uid",
            "x-uidl",
            "lines",
            "content-length",
            "sender",
            "errors-to",
            "precedence",
            "x-beenthere",
            "resent-from",
            "resent-to",
            "resent-date",
            "resent-message-id",
            "received-spf",
            "authentication-results",
            "x-received",
            "x-envelope-from",
            "x-envelope-to",
            "x-rcpt-to",
            "x-sender-ip",
            "x-sid-pra",
            "x-sid-result",
            "x-incomingtopheadermarker",
            "x-incomingheadercount",
            "x-eopattributedmessage",
            "x-eoptenantattributedmessage",
            "x-auth-result",
            "x-hmxmroriginalrecipient",
            "x-virus-scanned",
            "dkim-signature",
            "domainkey-signature",
            "arc-seal",
            "arc-message-signature",
            "arc-authentication-results",
            "x-google-smtp-source",
            "x-pstn-levels",
            "x-pstn-settings",
            "x-pstn-addresses",
            "in-reply-to",
            "references",
            "xref",
            "path",
            "newsgroups",
            "approved",
            "bcc",
            "subject",
            "from",
            "reply-to",
            "message-id");

    private static final List<String> LEFT_OUT_STARTS = List.of(
            "x-spam",
            "x-mailman",
            "list-",
            "x-ms-",
            "x-microsoft",
            "x-forefront",
            "x-store",
            "x-message",
            "x-mailing",
            "x-loop",
            "x-list",
            "x-list-",
            "x-rspam",
            "x-scanned",
            "x-virus",
            "x-amavis",
            "x-bogosity",
            "x-dspam",
            "x-habeas",
            "x-yahoo-filtered",
            "x-apparently",
            "x-egroups",
            "x-fork",
            "x-greylist",
            "x-barracuda",
            "x-proofpoint",
            "x-ironport",
            "x-gm-",
            "x-google-",
            "x-brightmail",
            "x-pmx",
            "x-assp",
            "x-mimedefang",
            "x-authenticat",
            "x-autho",
            "x-complaints",
            "x-uid",
            "x-mozilla",
            "x-nntp",
            "x-sender",
            "x-env",
            "x-ori",
            "x-exchange",
            "x-sasi",
            "x-cms",
            "x-vr",
            "x-getmail",
            "x-fetchmail",
            "x-hashcash",
            "x-delivered",
            "x-rmail",
            "thread-",
            "x-md",
            "x-cross",
            "x-host",
            "x-source",
            "x-antiabuse",
            "x-get-message",
            "x-filter",
            "x-policyd");

    private Features() {}

    /**
     * The features of a message.
     *
     * @param hits names of the tests that hit
     */
    public static int[] of(Specimen specimen, Collection<String> hits) {
        Sketch sketch = new Sketch();
        for (String hit : hits) {
            sketch.add("test", hit);
        }
        header(specimen, sketch);
        structure(specimen, sketch);
        links(specimen, sketch);
        Words.add(sketch, "subject", specimen.subject(), 60);
        Words.add(sketch, "name", specimen.fromName(), 12);
        Words.addFolded(sketch, "text", specimen.folded(), specimen.foldedSubject(), 1_200);
        Words.add(sketch, "hidden", specimen.hidden(), 60);
        return sketch.features();
    }

    private static void header(Specimen specimen, Sketch sketch) {
        String domain = specimen.fromDomain();
        sketch.add("from-site", RegisteredNames.of(domain));
        sketch.add("from-top", RegisteredNames.top(domain));
        sketch.add("from-shape", shape(specimen.from().map(Mailbox::address).orElse("none")));
        sketch.add("id-shape", shape(specimen.header().messageId()));
        specimen.header().replyTo().stream()
                .findFirst()
                .ifPresent(to -> sketch.add(
                        "reply-to",
                        RegisteredNames.of(to.domain()).equals(RegisteredNames.of(domain)) ? "same" : "other"));
        for (DecodedField field : specimen.header().fields()) {
            String key = field.key();
            if (key.isEmpty() || isLeftOut(key)) {
                continue;
            }
            sketch.add("field", field.name());
            if (field.field().raw().length() < 300) {
                Words.add(sketch, key, field.text(), 12);
            }
        }
    }

    /** Whether a field says where the message was collected rather than what it is. */
    static boolean isLeftOut(String key) {
        return LEFT_OUT.contains(key) || LEFT_OUT_STARTS.stream().anyMatch(key::startsWith);
    }

    /** Letters, digits and signs as such, runs of them once with a rough length: {@code a3.9@a.a}. */
    static String shape(String text) {
        StringBuilder shape = new StringBuilder();
        char last = 0;
        int run = 0;
        for (int i = 0; i < Math.min(text.length(), 80); i++) {
            char c = text.charAt(i);
            char kind = Character.isDigit(c) ? '9' : Character.isUpperCase(c) ? 'A' : Character.isLetter(c) ? 'a' : c;
            if (kind == last) {
                run++;
                continue;
            }
            close(shape, run);
            shape.append(kind);
            last = kind;
            run = 1;
        }
        close(shape, run);
        return shape.toString();
    }

    private static void close(StringBuilder shape, int run) {
        if (run > 3) {
            shape.append(run > 8 ? '+' : '*');
        }
    }

    private static void structure(Specimen specimen, Sketch sketch) {
        StringBuilder tree = new StringBuilder();
        for (MessagePart part : specimen.parts()) {
            tree.append(part.depth()).append(part.type().essence()).append(' ');
            sketch.add("type", part.type().essence());
            sketch.add("charset", part.type().charset().toLowerCase(Locale.ROOT));
            sketch.add(
                    "encoding", part.header().text("content-transfer-encoding").toLowerCase(Locale.ROOT));
            part.name().ifPresent(name -> {
                sketch.add("file", name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
                Words.add(sketch, "file-name", name, 8);
            });
            part.structureFlaws().forEach(flaw -> sketch.add("flaw", flaw.text()));
        }
        sketch.add("tree", tree.length() > 300 ? tree.substring(0, 300) : tree);
        specimen.markup().hiding().forEach(way -> sketch.add("hiding", way.text()));
        sketch.add("size", Integer.toString(log(specimen.text().length())));
        sketch.add("links", Integer.toString(log(specimen.links().size())));
        sketch.add("images", Integer.toString(log(specimen.markup().images())));
        sketch.add("forms", Integer.toString(log(specimen.markup().forms())));
        sketch.add("recipients", Integer.toString(log(specimen.header().to().size())));
    }

    private static int log(int number) {
        return 32 - Integer.numberOfLeadingZeros(number);
    }

    private static void links(Specimen specimen, Sketch sketch) {
        int looked = 0;
        for (MessageLink link : specimen.links()) {
            if (looked++ == 60) {
                return;
            }
            LinkAddress address = link.address();
            sketch.add("place", link.place().name());
            sketch.add("scheme", address.scheme());
            if (!address.hasHost()) {
                continue;
            }
            sketch.add("host", address.host());
            sketch.add("site", RegisteredNames.of(address.host()));
            sketch.add("top", RegisteredNames.top(address.host()));
            sketch.add(
                    "same-site",
                    Boolean.toString(
                            RegisteredNames.of(address.host()).equals(RegisteredNames.of(specimen.fromDomain()))));
            address.oddities().forEach(oddity -> sketch.add("oddity", oddity.text()));
            Words.add(sketch, "path", address.path(), 8);
            if (link.showsAnotherHost()) {
                sketch.add("shown", "other");
            }
        }
    }
}
