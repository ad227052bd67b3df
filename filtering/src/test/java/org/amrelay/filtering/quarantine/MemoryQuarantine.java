// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.quarantine;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.amrelay.mail.MovableClock;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.ReversePath;
import org.amrelay.mail.message.MessageContent;

/** A quarantine in memory, as far as what happens by the clock needs one. */
final class MemoryQuarantine implements QuarantineStore, QuarantineStock, DigestBook {
    final List<String> expired = new ArrayList<>();
    final List<DigestMail> sent = new ArrayList<>();
    private final TreeMap<Long, QuarantinedMail> mails = new TreeMap<>();
    private final Set<String> told = new HashSet<>();
    private final Map<String, Instant> lastDigest = new HashMap<>();
    private final InstantSource clock;

    MemoryQuarantine(InstantSource clock) {
        this.clock = clock;
    }

    /** A clock that stands at a time. */
    static MovableClock clockAt(Instant time) {
        return new MovableClock(time.toString());
    }

    QuarantineStores stores() {
        return new QuarantineStores(this, this, this, AllowedSenders.nobody());
    }

    QuarantinedMail add(long id, long size, Instant expires, EmailAddress... to) {
        return add(id, size, expires, "subject " + id, true, to);
    }

    QuarantinedMail add(long id, long size, Instant expires, String subject, boolean releasable, EmailAddress... to) {
        List<QuarantinedRecipient> copies = new ArrayList<>();
        for (EmailAddress each : to) {
            copies.add(new QuarantinedRecipient(
                    id * 100 + copies.size(), each, QuarantineState.KEPT, clock.instant(), ""));
        }
        QuarantinedMail mail = new QuarantinedMail(
                id,
                "mail-" + id,
                ReversePath.of("eve@far.example"),
                "\"<b>Eve</b>\" <eve@far.example>",
                subject,
                Optional.empty(),
                size,
                new QuarantineReason("spam", "a test", "", OptionalDouble.empty(), "", releasable),
                "root",
                "",
                "192.0.2.1",
                clock.instant(),
                expires,
                copies,
                "");
        mails.put(id, mail);
        return mail;
    }

    List<Long> keptIds() {
        return mails.values().stream()
                .filter(QuarantinedMail::isKept)
                .map(QuarantinedMail::id)
                .toList();
    }

    @Override
    public Decided expire(QuarantineDecision decision) {
        long copies = 0;
        for (long id : decision.mails()) {
            QuarantinedMail mail = mails.get(id);
            List<QuarantinedRecipient> left = new ArrayList<>();
            for (QuarantinedRecipient copy : mail.recipients()) {
                if (copy.isKept() && decision.concerns(copy)) {
                    copies++;
                    expired.add(id + " for " + copy.address() + " by " + decision.by());
                } else {
                    left.add(copy);
                }
            }
            mails.put(id, with(mail, left));
        }
        return new Decided(decision.mails().size(), copies, 0, 0);
    }

    private static QuarantinedMail with(QuarantinedMail mail, List<QuarantinedRecipient> copies) {
        return new QuarantinedMail(
                mail.id(),
                mail.mailName(),
                mail.sender(),
                mail.author(),
                mail.subject(),
                mail.account(),
                mail.size(),
                mail.reason(),
                mail.processor(),
                mail.point(),
                mail.remoteAddress(),
                mail.takenAt(),
                mail.expiresAt(),
                copies,
                mail.reportedAs());
    }

    private List<QuarantinedMail> kept() {
        return mails.values().stream().filter(QuarantinedMail::isKept).toList();
    }

    private List<QuarantinedMail> keptOf(EmailAddress recipient) {
        return kept().stream()
                .filter(mail -> mail.recipients().stream()
                        .anyMatch(copy -> copy.address().equals(recipient)))
                .sorted(Comparator.comparing(QuarantinedMail::id).reversed())
                .toList();
    }

    @Override
    public long bytes() {
        return kept().stream().mapToLong(QuarantinedMail::size).sum();
    }

    @Override
    public List<Long> due(Instant now, int limit) {
        return kept().stream()
                .filter(mail -> !mail.expiresAt().isAfter(now))
                .map(QuarantinedMail::id)
                .toList();
    }

    @Override
    public List<Kept> oldest(int limit) {
        return kept().stream()
                .map(mail -> new Kept(mail.id(), mail.size()))
                .limit(limit)
                .toList();
    }

    @Override
    public List<EmailAddress> heavierThan(long bytes, int limit) {
        return everybody().stream()
                .filter(each ->
                        keptOf(each).stream().mapToLong(QuarantinedMail::size).sum() > bytes)
                .toList();
    }

    private Set<EmailAddress> everybody() {
        Set<EmailAddress> all = new TreeSet<>();
        kept().forEach(mail -> mail.recipients().forEach(copy -> all.add(copy.address())));
        return all;
    }

    @Override
    public List<Kept> keptFor(EmailAddress recipient, int limit) {
        return keptOf(recipient).stream()
                .map(mail -> new Kept(mail.id(), mail.size()))
                .toList();
    }

    @Override
    public int forget(Instant now, int limit) {
        return 0;
    }

    @Override
    public List<EmailAddress> awaiting(Instant slot, String after, int limit) {
        return everybody().stream()
                .filter(each -> each.toString().compareTo(after) > 0)
                .filter(each ->
                        newFor(each, 9).stream().anyMatch(mail -> mail.takenAt().isBefore(slot)))
                .filter(each ->
                        lastDigest.getOrDefault(each.toString(), Instant.MIN).isBefore(slot))
                .limit(limit)
                .toList();
    }

    @Override
    public List<QuarantinedMail> newFor(EmailAddress recipient, int limit) {
        return keptOf(recipient).stream()
                .filter(mail -> !told.contains(mail.id() + " " + recipient))
                .limit(limit)
                .toList();
    }

    @Override
    public void send(DigestMail digest, Instant at) {
        sent.add(digest);
        digest.about().forEach(id -> told.add(id + " " + digest.to()));
        lastDigest.put(digest.to().toString(), at);
    }

    @Override
    public Optional<QuarantinedMail> find(long id) {
        return Optional.ofNullable(mails.get(id));
    }

    private static UnsupportedOperationException notHere() {
        return new UnsupportedOperationException("nothing here asks for that");
    }

    @Override
    public List<QuarantinedMail> list(QuarantineFilter filter, long beforeId, int limit) {
        throw notHere();
    }

    @Override
    public Amount count(QuarantineFilter filter) {
        throw notHere();
    }

    @Override
    public Optional<QuarantinedMail> holding(long copy) {
        throw notHere();
    }

    @Override
    public Optional<MessageContent> content(long id) {
        throw notHere();
    }

    @Override
    public Decided release(QuarantineDecision decision, ReleaseManner manner) {
        throw notHere();
    }

    @Override
    public Decided delete(QuarantineDecision decision) {
        throw notHere();
    }

    @Override
    public boolean report(long id, String as, String by) {
        throw notHere();
    }
}
