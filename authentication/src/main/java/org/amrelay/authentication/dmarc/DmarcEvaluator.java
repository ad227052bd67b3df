// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.dmarc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.amrelay.authentication.dkim.DkimResult;
import org.amrelay.authentication.dmarc.DmarcResult.Published;
import org.amrelay.authentication.dmarc.TreeWalk.Found;
import org.amrelay.authentication.dmarc.TreeWalk.Walk;
import org.amrelay.authentication.spf.SpfResult;
import org.amrelay.authentication.syntax.DomainNames;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.DnsAnswer;
import org.amrelay.mail.dns.RecordType;
import org.amrelay.mail.message.HeaderSection;

/**
 * Answers whether the author's domain takes responsibility for a message (RFC 9989 §5.3).
 *
 * <p>Stages complete normally; blocks nowhere, continues on threads of the {@link Dns}. Safe for several threads.
 */
public final class DmarcEvaluator {
    private final Dns dns;
    private final TreeWalk walks;

    public DmarcEvaluator(Dns dns) {
        this.dns = dns;
        this.walks = new TreeWalk(dns);
    }

    /**
     * Somebody who did, or perhaps would, take responsibility.
     *
     * @param pass false when the DNS did not say whether it does
     */
    private record Identifier(String method, String domain, boolean strict, boolean pass) {}

    /**
     * Evaluates a message.
     *
     * @param spf the result for the envelope sender, or for the greeting when the sender is null (RFC 9989 §3.2.4)
     * @param dkim the results of all signatures
     */
    public CompletionStage<DmarcResult> evaluate(HeaderSection header, SpfResult spf, List<DkimResult> dkim) {
        return AuthorDomains.of(header)
                .fold(
                        domains -> domains.size() == 1
                                ? evaluate(domains.get(0), spf, dkim)
                                : done(new DmarcResult.PermanentError("authors of more than one domain")),
                        why -> done(new DmarcResult.PermanentError(why)));
    }

    private CompletionStage<DmarcResult> evaluate(String author, SpfResult spf, List<DkimResult> dkim) {
        return dns.query("_dmarc." + author, RecordType.TXT).thenCompose(answer -> {
            Optional<DmarcRecord> own = TreeWalk.record(answer);
            Optional<Identifier> same = own.flatMap(record -> identifiers(record, spf, dkim).stream()
                    .filter(i -> i.pass() && i.domain().equals(author))
                    .findFirst());
            if (same.isPresent() && own.get().isApplicable()) {
                // RFC 9989 §4.10.2: nothing to walk for
                Published published = new Published(author, author, own.get().policy(), own.get());
                return done(new DmarcResult.Pass(author, published, same.get().method()));
            }
            return walks.from(author).thenCompose(walk -> evaluate(walk, spf, dkim));
        });
    }

    private CompletionStage<DmarcResult> evaluate(Walk walk, SpfResult spf, List<DkimResult> dkim) {
        String author = walk.start();
        if (walk.failure().isPresent()) {
            return done(new DmarcResult.TemporaryError(author, walk.failure().get()));
        }
        Optional<Found> policy = walk.policy();
        if (policy.isEmpty()) {
            return done(new DmarcResult.None(author, "no policy"));
        }
        if (!policy.get().record().isApplicable()) {
            return done(new DmarcResult.None(author, "policy of " + policy.get().domain() + " cannot be read"));
        }
        return published(walk, policy.get())
                .thenCompose(found -> found.map(
                                published -> align(walk, published, identifiers(published.record(), spf, dkim)))
                        .orElseGet(() -> done(new DmarcResult.TemporaryError(author, "existence of " + author))));
    }

    /** What applies to the author's domain; empty when the DNS did not say whether the domain exists. */
    private CompletionStage<Optional<Published>> published(Walk walk, Found policy) {
        DmarcRecord record = policy.record();
        String author = walk.start();
        if (policy.domain().equals(author)) {
            return done(Optional.of(published(walk, policy, record.policy())));
        }
        Policy existing = record.subdomains().orElse(record.policy());
        if (record.missingSubdomains().isEmpty()) {
            return done(Optional.of(published(walk, policy, existing)));
        }
        // RFC 9989 §3.2.14: NXDOMAIN, whatever the type that was asked for
        return dns.query(author, RecordType.TXT)
                .thenApply(answer -> answer.isTemporary()
                        ? Optional.empty()
                        : Optional.of(published(
                                walk,
                                policy,
                                answer.status() == DnsAnswer.Status.NO_SUCH_NAME
                                        ? record.missingSubdomains().get()
                                        : existing)));
    }

    private static Published published(Walk walk, Found policy, Policy applied) {
        return new Published(policy.domain(), walk.organizationalDomain(), applied, policy.record());
    }

    private CompletionStage<DmarcResult> align(Walk walk, Published published, List<Identifier> identifiers) {
        String author = walk.start();
        String organization = published.organizationalDomain();
        List<Identifier> candidates = new ArrayList<>();
        List<CompletableFuture<Walk>> candidateWalks = new ArrayList<>();
        for (Identifier identifier : identifiers) {
            // Whoever has the same organizational domain is within it, so that most need no walk
            boolean possible = identifier.strict()
                    ? identifier.domain().equals(author)
                    : DomainNames.isWithin(identifier.domain(), organization);
            if (possible) {
                candidates.add(identifier);
                candidateWalks.add(
                        identifier.strict() || identifier.domain().equals(author)
                                ? CompletableFuture.completedFuture(walk)
                                : walks.from(identifier.domain()).toCompletableFuture());
            }
        }
        return CompletableFuture.allOf(candidateWalks.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> decide(
                        author,
                        published,
                        candidates,
                        candidateWalks.stream().map(CompletableFuture::join).toList()));
    }

    private static DmarcResult decide(
            String author, Published published, List<Identifier> candidates, List<Walk> walks) {
        Optional<String> unknown = Optional.empty();
        for (int i = 0; i < candidates.size(); i++) {
            Identifier candidate = candidates.get(i);
            Walk walk = walks.get(i);
            boolean same = walk.organizationalDomain().equals(published.organizationalDomain());
            if (walk.failure().isPresent() || !candidate.pass() && same) {
                unknown = Optional.of(candidate.method() + " of " + candidate.domain() + " is not known");
            } else if (same) {
                return new DmarcResult.Pass(author, published, candidate.method());
            }
        }
        if (unknown.isPresent()) {
            // RFC 9989 §5.3.6: neither pass nor fail
            return new DmarcResult.TemporaryError(author, unknown.get());
        }
        Policy policy = published.record().testing() ? published.policy().whileTesting() : published.policy();
        return new DmarcResult.Fail(author, published, policy);
    }

    private static List<Identifier> identifiers(DmarcRecord record, SpfResult spf, List<DkimResult> dkim) {
        List<Identifier> identifiers = new ArrayList<>();
        for (DkimResult result : dkim) {
            if (result.isPass() || result.status() == DkimResult.Status.TEMPERROR) {
                identifiers.add(new Identifier("dkim", result.domain(), record.strictDkim(), result.isPass()));
            }
        }
        if (spf.isPass() || spf.status() == SpfResult.Status.TEMPERROR) {
            DomainNames.canonical(spf.domain())
                    .ifPresent(
                            domain -> identifiers.add(new Identifier("spf", domain, record.strictSpf(), spf.isPass())));
        }
        return identifiers;
    }

    private static <T> CompletionStage<T> done(T value) {
        return CompletableFuture.completedFuture(value);
    }
}
