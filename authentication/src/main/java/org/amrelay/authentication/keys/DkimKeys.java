// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.keys;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.amrelay.authentication.dkim.SignatureAlgorithm;
import org.amrelay.authentication.syntax.DomainNames;
import org.amrelay.mail.dns.Dns;

/**
 * Makes keys, checks what the DNS shows of them, and rotates them.
 *
 * <p>Changes block until they are durable, and are seen by signers when the call returns. Safe for several threads, one
 * change at a time.
 */
public final class DkimKeys {
    private static final List<SignatureAlgorithm> BOTH = List.of(SignatureAlgorithm.values());
    private static final int MOST_OF_A_DOMAIN = 20;

    private final DkimKeyStore store;
    private final KeyRing ring;
    private final KeyMaker maker;
    private final KeyRotation rotation;
    private final InstantSource clock;

    public DkimKeys(
            DkimKeyStore store,
            KeyRing ring,
            SecretBox box,
            RotationSettings settings,
            InstantSource clock,
            SecureRandom random) {
        this.store = store;
        this.ring = ring;
        this.maker = new KeyMaker(box, random);
        this.rotation = new KeyRotation(settings);
        this.clock = clock;
    }

    /** All keys, by domain, then by age. */
    public List<StoredKey> all() {
        return ring.all();
    }

    /** The keys of a domain, by age. */
    public List<StoredKey> of(String domain) {
        return ring.all().stream().filter(key -> key.domain().equals(domain)).toList();
    }

    /**
     * Makes keys; takes a second or more of CPU.
     *
     * <p>The first key of an algorithm signs at once: a signature that nobody can verify yet counts as none (RFC 6376
     * §6.1). Any other waits until it is published.
     *
     * @param selector the name; with several algorithms its start
     * @throws IllegalArgumentException with a sentence when a name cannot be
     */
    public synchronized List<StoredKey> generate(
            String domain, Optional<String> selector, List<SignatureAlgorithm> algorithms) {
        String name = canonical(domain);
        List<StoredKey> made = new ArrayList<>();
        for (SignatureAlgorithm algorithm : algorithms) {
            List<StoredKey> before = of(name);
            String chosen = selector.map(given -> Selectors.given(given, algorithm, algorithms.size() > 1, before))
                    .orElseGet(() -> Selectors.fresh(algorithm, clock.instant(), before));
            boolean isFirst =
                    before.stream().noneMatch(key -> key.algorithm() == algorithm && key.state() != KeyState.RETIRED);
            made.add(add(
                    maker.make(name, chosen, algorithm, isFirst ? KeyState.ACTIVE : KeyState.NEXT, clock.instant())));
        }
        return made;
    }

    /** Makes both keys for a domain that has none; the keys that were made. */
    public synchronized List<StoredKey> ensure(String domain) {
        return of(canonical(domain)).isEmpty() ? generate(domain, Optional.empty(), BOTH) : List.of();
    }

    /**
     * Makes the successor of each key that signs, unless one waits already.
     *
     * @return the keys that wait now
     * @throws IllegalArgumentException when nothing signs for the domain
     */
    public synchronized List<StoredKey> rotate(String domain) {
        String name = canonical(domain);
        List<StoredKey> active =
                of(name).stream().filter(key -> key.state() == KeyState.ACTIVE).toList();
        if (active.isEmpty()) {
            throw new IllegalArgumentException(name + " has no key that signs; first: amr dkim generate " + name);
        }
        active.forEach(this::makeNext);
        return of(name).stream().filter(key -> key.state() == KeyState.NEXT).toList();
    }

    private Optional<StoredKey> makeNext(StoredKey active) {
        if (!KeyRotation.likeIt(of(active.domain()), active, KeyState.NEXT).isEmpty()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        String selector = Selectors.fresh(active.algorithm(), now, of(active.domain()));
        return Optional.of(add(maker.make(active.domain(), selector, active.algorithm(), KeyState.NEXT, now)));
    }

    private StoredKey add(StoredKey key) {
        if (of(key.domain()).size() >= MOST_OF_A_DOMAIN) {
            throw new IllegalArgumentException(key.domain() + " has " + MOST_OF_A_DOMAIN + " keys; remove some first");
        }
        if (!store.add(key)) {
            throw new IllegalArgumentException("there is a key " + key.selector() + " already");
        }
        ring.refresh();
        return key;
    }

    /** Deletes a key at once, whatever its state. @return whether it was there */
    public synchronized boolean remove(String domain, String selector) {
        boolean removed = store.remove(canonical(domain), canonical(selector));
        ring.refresh();
        return removed;
    }

    /** What the DNS shows of each key of a domain, in the order of their age; the stage completes normally. */
    public CompletionStage<List<Publication>> check(String domain, Dns dns) {
        return check(of(canonical(domain)), dns);
    }

    private CompletionStage<List<Publication>> check(List<StoredKey> keys, Dns dns) {
        PublicationCheck check = new PublicationCheck(dns);
        List<CompletableFuture<Publication>> findings = keys.stream()
                .map(key -> check.check(key, ring.open(key)).toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(findings.toArray(CompletableFuture<?>[]::new))
                .thenApply(
                        done -> findings.stream().map(CompletableFuture::join).toList());
    }

    /**
     * Looks for the keys that wait in the DNS and takes the steps of rotations that are due; blocks on the DNS.
     *
     * @return what has happened, a sentence each
     */
    public List<String> advance(Dns dns) {
        List<StoredKey> waiting =
                ring.all().stream().filter(key -> key.state() == KeyState.NEXT).toList();
        List<Publication> publications =
                check(waiting, dns).toCompletableFuture().join();
        return steps(publications);
    }

    private synchronized List<String> steps(List<Publication> publications) {
        List<String> done = new ArrayList<>();
        publications.forEach(publication -> notice(publication, done));
        for (KeyRotation.Step step : rotation.due(ring.all(), clock.instant())) {
            if (step instanceof KeyRotation.Step.Activate activate) {
                activate(activate, done);
            } else if (step instanceof KeyRotation.Step.MakeNext make) {
                makeNext(make.active())
                        .ifPresent(
                                key -> done.add(key + " was made; publish its record: amr dkim dns " + key.domain()));
            } else if (step instanceof KeyRotation.Step.Delete delete) {
                StoredKey old = delete.retired();
                store.remove(old.domain(), old.selector());
                ring.refresh();
                done.add(old + " is deleted; its record can be taken out of the DNS");
            }
        }
        return done;
    }

    /** A temporary failure of the DNS neither starts nor ends the time that a record must be there. */
    private void notice(Publication publication, List<String> done) {
        StoredKey key = publication.key();
        boolean isNew = publication.isPublished() && key.publishedSince().isEmpty();
        boolean isGone = !publication.isPublished()
                && publication.finding() != Publication.Finding.UNKNOWN
                && key.publishedSince().isPresent();
        if (isNew || isGone) {
            store.replace(List.of(key.published(isNew ? Optional.of(clock.instant()) : Optional.empty())));
            ring.refresh();
            done.add(key + (isNew ? " is published" : " is not in the DNS any more: " + publication.advice()));
        }
    }

    private void activate(KeyRotation.Step.Activate step, List<String> done) {
        Instant now = clock.instant();
        List<StoredKey> changed = new ArrayList<>();
        changed.add(step.next().in(KeyState.ACTIVE, now));
        step.before().forEach(old -> changed.add(old.in(KeyState.RETIRED, now)));
        store.replace(changed);
        ring.refresh();
        changed.forEach(key -> done.add(key + " from now on"));
    }

    private static String canonical(String name) {
        return DomainNames.canonical(name.strip())
                .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is not a domain name"));
    }
}
