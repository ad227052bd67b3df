// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.amrelay.filtering.quarantine.Decided;
import org.amrelay.filtering.quarantine.DigestComposer;
import org.amrelay.filtering.quarantine.DigestTexts;
import org.amrelay.filtering.quarantine.LinkAction;
import org.amrelay.filtering.quarantine.LinkSigner.Claim;
import org.amrelay.filtering.quarantine.QuarantineDecision;
import org.amrelay.filtering.quarantine.QuarantineState;
import org.amrelay.filtering.quarantine.QuarantinedMail;
import org.amrelay.filtering.quarantine.QuarantinedRecipient;
import org.amrelay.filtering.quarantine.ReleaseManner;
import org.amrelay.james.AuthorAddress;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.message.HeaderSection;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.server.quarantine.QuarantineDesk;
import org.amrelay.storage.failure.StorageUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the links in digests lead to: {@code /quarantine/ACTION/TOKEN}.
 *
 * <p>Nobody logs in: the token is the proof. GET only asks, because programs follow links; POST decides. What strangers wrote
 * stands in a page as text. Safe for several threads.
 */
final class RecipientPages {
    private static final Logger LOGGER = LoggerFactory.getLogger(RecipientPages.class);

    private final QuarantineDesk desk;

    RecipientPages(QuarantineDesk desk) {
        this.desk = desk;
    }

    /** The name under which proxies may ask for these pages, and for nothing else; empty without digests. */
    Optional<String> publicHost() {
        return desk.digests().map(digests -> digests.settings().publicHost());
    }

    /** Empty when there is no such page. */
    Optional<AdminAnswer> answer(AdminRequest request) {
        boolean isKnown = request.method().equals("GET") || request.method().equals("POST");
        Optional<LinkAction> action =
                request.path().size() == 3 ? LinkAction.ofWord(request.path().get(1)) : Optional.empty();
        return isKnown && action.isPresent()
                ? desk.digests().map(digests -> answer(request, action.get(), digests))
                : Optional.empty();
    }

    private AdminAnswer answer(AdminRequest request, LinkAction action, QuarantineDesk.Digests digests) {
        DigestTexts texts = digests.settings().texts();
        Claim claim = digests.links().read(action, request.path().get(2));
        if (claim instanceof Claim.Expired) {
            return page(texts, texts.text("expired"), "").withCode(410);
        }
        if (!(claim instanceof Claim.Good good)) {
            return page(texts, texts.text("forged"), "").withCode(404);
        }
        try {
            Optional<QuarantinedMail> mail = desk.stores().mails().holding(good.copy());
            Optional<QuarantinedRecipient> copy = mail.flatMap(found -> found.recipients().stream()
                    .filter(each -> each.id() == good.copy())
                    .findFirst());
            if (mail.isEmpty() || copy.isEmpty()) {
                return page(texts, texts.text("gone"), "").withCode(410);
            }
            if (!copy.get().isKept()) {
                return page(texts, texts.text("before", "state", state(texts, copy.get())), shown(mail.get()));
            }
            return request.method().equals("GET")
                    ? page(texts, texts.text("ask-" + action.word()), shown(mail.get()) + button(texts))
                    : act(action, mail.get(), copy.get(), texts);
        } catch (StorageUnavailable later) {
            LOGGER.warn("a recipient could not decide now: {}", later.getMessage());
            return page(texts, texts.text("later"), "").withCode(503);
        }
    }

    private AdminAnswer act(LinkAction action, QuarantinedMail mail, QuarantinedRecipient copy, DigestTexts texts) {
        QuarantineDecision decision =
                QuarantineDecision.about(mail.id(), copy.address(), copy.address() + " by a link in a digest");
        if (action == LinkAction.DELETE) {
            desk.stores().mails().delete(decision);
            return page(texts, texts.text("done-delete"), shown(mail));
        }
        Optional<MessageContent> content =
                action == LinkAction.ALLOW ? desk.stores().mails().content(mail.id()) : Optional.empty();
        Optional<EmailAddress> author = content.flatMap(RecipientPages::author);
        if (mail.reason().releasable()) {
            content.ifPresent(message -> learn(mail, message, copy));
        }
        Decided done = desk.stores().mails().release(decision, ReleaseManner.goOn());
        if (done.refused() > 0) {
            return page(texts, texts.text("refused"), shown(mail)).withCode(403);
        }
        author.ifPresent(sender -> desk.stores()
                .allowed()
                .allow(copy.address(), sender, desk.clock().instant()));
        return page(texts, texts.text(author.isPresent() ? "done-allow" : "done-release"), shown(mail));
    }

    /** Looked up before the bytes may go. */
    private static Optional<EmailAddress> author(MessageContent content) {
        try {
            return AuthorAddress.of(HeaderSection.read(content));
        } catch (IOException unreadable) {
            throw new StorageUnavailable("the message cannot be read now: " + unreadable.getMessage(), unreadable);
        }
    }

    /** Who wants all mail of a sender says that this one is no spam. */
    private void learn(QuarantinedMail mail, MessageContent content, QuarantinedRecipient copy) {
        if (desk.stores().mails().report(mail.id(), "ham", copy.address() + " by a link in a digest")) {
            desk.feedback().learn(mail, content, false);
        }
    }

    private static String state(DigestTexts texts, QuarantinedRecipient copy) {
        return texts.text(
                copy.state() == QuarantineState.EXPIRED
                        ? "too-old"
                        : copy.state().word());
    }

    private static String shown(QuarantinedMail mail) {
        String author = mail.author().isEmpty() ? mail.sender().toString() : mail.author();
        return "<p><b>" + DigestComposer.escaped(mail.subject()) + "</b><br>" + DigestComposer.escaped(author) + "</p>";
    }

    private static String button(DigestTexts texts) {
        return "<form method=\"post\"><button type=\"submit\">" + DigestComposer.escaped(texts.text("yes"))
                + "</button></form>";
    }

    private static AdminAnswer page(DigestTexts texts, String sentence, String below) {
        String html = "<!DOCTYPE html><html lang=\"" + texts.language() + "\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width\"><meta name=\"robots\" content=\"noindex\"><title>"
                + DigestComposer.escaped(texts.text("title")) + "</title></head><body><h1>"
                + DigestComposer.escaped(texts.text("title")) + "</h1><p>" + DigestComposer.escaped(sentence) + "</p>"
                + below + "</body></html>";
        return AdminAnswer.page("text/html", html.getBytes(StandardCharsets.UTF_8));
    }
}
