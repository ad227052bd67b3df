// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.admin;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.amrelay.filtering.quarantine.Decided;
import org.amrelay.filtering.quarantine.Preview;
import org.amrelay.filtering.quarantine.PreviewComposer;
import org.amrelay.filtering.quarantine.QuarantineDecision;
import org.amrelay.filtering.quarantine.QuarantineStore;
import org.amrelay.filtering.quarantine.QuarantinedMail;
import org.amrelay.filtering.quarantine.ReleaseManner;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.server.quarantine.QuarantineDesk;
import org.amrelay.storage.failure.StorageUnavailable;

/** {@link QuarantineOperations} on the storage of this process. */
public final class StoredQuarantineOperations implements QuarantineOperations {
    private static final int PAGE = 200;
    private static final int MOST_DECIDED = 100_000;
    private static final int MOST_LESSONS = 100;
    private static final int LONGEST_NAME = 100;

    private final QuarantineDesk desk;
    private final QuarantineStore mails;

    public StoredQuarantineOperations(QuarantineDesk desk) {
        this.desk = desk;
        this.mails = desk.stores().mails();
    }

    @Override
    public List<QuarantineAnswers.Kept> list(QuarantineQuestion question, long beforeId, int limit) {
        int most = Math.min(Math.max(limit, 1), Operations.MOST);
        if (!question.ids().isEmpty()) {
            return question.ids().stream()
                    .filter(id -> id < beforeId)
                    .flatMap(id -> mails.find(id).stream())
                    .map(StoredQuarantineOperations::kept)
                    .limit(most)
                    .toList();
        }
        return mails.list(question.filter(), beforeId, most).stream()
                .map(StoredQuarantineOperations::kept)
                .toList();
    }

    @Override
    public Optional<QuarantineAnswers.Kept> find(long id) {
        return mails.find(id).map(StoredQuarantineOperations::kept);
    }

    private static QuarantineAnswers.Kept kept(QuarantinedMail mail) {
        return new QuarantineAnswers.Kept(
                mail.id(),
                mail.mailName(),
                mail.sender().toString(),
                mail.author(),
                mail.subject(),
                mail.account().orElse(""),
                mail.size(),
                mail.reason().kind(),
                mail.reason().rule(),
                mail.reason().text(),
                mail.reason().score().isPresent()
                        ? String.valueOf(mail.reason().score().getAsDouble())
                        : "",
                mail.reason().scanner(),
                mail.reason().releasable(),
                mail.processor(),
                mail.point(),
                mail.remoteAddress(),
                mail.takenAt().toString(),
                mail.expiresAt().toString(),
                mail.reportedAs(),
                mail.recipients().stream()
                        .map(copy -> new QuarantineAnswers.Copy(
                                copy.address().toString(),
                                copy.state().word(),
                                copy.changedAt().toString(),
                                copy.by()))
                        .toList());
    }

    @Override
    public Optional<QuarantineAnswers.Preview> preview(long id) {
        return mails.content(id).map(content -> {
            Preview seen = reading(content, PreviewComposer::of);
            return new QuarantineAnswers.Preview(
                    seen.summary().author(),
                    seen.summary().to(),
                    seen.summary().subject(),
                    seen.summary().date(),
                    seen.text(),
                    seen.html(),
                    seen.links(),
                    seen.attachments(),
                    seen.isWhole());
        });
    }

    @Override
    public Optional<byte[]> raw(long id) {
        return mails.content(id)
                .map(content -> reading(content, each -> {
                    try (InputStream in = each.open()) {
                        return in.readAllBytes();
                    }
                }));
    }

    private interface Reading<T> {
        T of(MessageContent content) throws IOException;
    }

    /** Somebody may have decided meanwhile, and then the bytes are gone. */
    private static <T> T reading(MessageContent content, Reading<T> how) {
        try {
            return how.of(content);
        } catch (IOException gone) {
            throw new StorageUnavailable("the message cannot be read now: " + gone.getMessage(), gone);
        }
    }

    @Override
    public QuarantineAnswers.Amount amount(QuarantineQuestion question) {
        if (question.ids().isEmpty()) {
            QuarantineStore.Amount all = mails.count(question.filter());
            return new QuarantineAnswers.Amount(all.mails(), all.recipients(), all.bytes());
        }
        List<QuarantinedMail> found = question.ids().stream()
                .flatMap(id -> mails.find(id).stream())
                .filter(QuarantinedMail::isKept)
                .toList();
        return new QuarantineAnswers.Amount(
                found.size(),
                found.stream()
                        .flatMap(mail -> mail.recipients().stream())
                        .filter(copy -> copy.isKept())
                        .count(),
                found.stream().mapToLong(QuarantinedMail::size).sum());
    }

    @Override
    public QuarantineAnswers.Decided release(QuarantineQuestion question, Order order) {
        ReleaseManner manner = new ReleaseManner(order.restart(), order.insist());
        return decide(question, order, decision -> released(decision, manner));
    }

    /** Mail that was taken for spam and is wanted all the same is a lesson, which is read before its bytes are gone. */
    private Decided released(QuarantineDecision decision, ReleaseManner manner) {
        decision.mails().stream()
                .limit(MOST_LESSONS)
                .flatMap(id -> mails.find(id).stream())
                .filter(mail -> mail.isKept() && mail.reason().kind().equals("spam"))
                .forEach(mail -> mails.content(mail.id())
                        .ifPresent(content -> desk.feedback().learn(mail, content, false)));
        return mails.release(decision, manner);
    }

    @Override
    public QuarantineAnswers.Decided delete(QuarantineQuestion question, Order order) {
        return decide(question, order, mails::delete);
    }

    private QuarantineAnswers.Decided decide(
            QuarantineQuestion question, Order order, Function<QuarantineDecision, Decided> how) {
        Set<EmailAddress> to =
                order.to().stream().map(StoredQuarantineOperations::address).collect(Collectors.toSet());
        Decided done = how.apply(new QuarantineDecision(chosen(question), to, name(order.by())));
        return new QuarantineAnswers.Decided(done.mails(), done.recipients(), done.before(), done.refused());
    }

    /** The oldest are decided about first. */
    private List<Long> chosen(QuarantineQuestion question) {
        if (question.saysNothing()) {
            throw new IllegalArgumentException("say which mails: numbers or conditions");
        }
        if (!question.ids().isEmpty()) {
            return question.ids();
        }
        List<Long> ids = new ArrayList<>();
        long before = Long.MAX_VALUE;
        List<QuarantinedMail> page = mails.list(question.filter(), before, PAGE);
        while (!page.isEmpty() && ids.size() < MOST_DECIDED) {
            page.forEach(mail -> ids.add(mail.id()));
            before = page.get(page.size() - 1).id();
            page = mails.list(question.filter(), before, PAGE);
        }
        ids.sort(null);
        return ids;
    }

    private static EmailAddress address(String text) {
        return EmailAddress.parse(text.strip())
                .orElseThrow(
                        () -> new IllegalArgumentException("'" + text + "' is not an address like bob@example.org"));
    }

    private static String name(String by) {
        String clean = org.amrelay.filtering.quarantine.MessageSummary.line(by);
        return clean.isEmpty() ? "operator" : clean.substring(0, Math.min(LONGEST_NAME, clean.length()));
    }

    @Override
    public QuarantineAnswers.Decided report(QuarantineQuestion question, String as, String by) {
        if (!as.equals("ham") && !as.equals("spam")) {
            throw new IllegalArgumentException("'" + as + "' is not ham or spam");
        }
        long known = 0;
        for (long id : chosen(question)) {
            if (mails.report(id, as, name(by))) {
                known++;
                Optional<QuarantinedMail> mail = mails.find(id);
                mails.content(id)
                        .ifPresent(content ->
                                mail.ifPresent(found -> desk.feedback().learn(found, content, as.equals("spam"))));
            }
        }
        return new QuarantineAnswers.Decided(known, 0, 0, 0);
    }

    @Override
    public QuarantineAnswers.Digests digest(String recipient) {
        QuarantineDesk.Digests digests = desk.digests()
                .orElseThrow(() -> new IllegalArgumentException(
                        "digests need a running relay with quarantine.public-url in relay.yaml"));
        if (recipient.isBlank()) {
            return new QuarantineAnswers.Digests(digests.round().everybody());
        }
        return new QuarantineAnswers.Digests(digests.round().tell(address(recipient)) ? 1 : 0);
    }
}
