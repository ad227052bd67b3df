// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.arc;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.amrelay.authentication.arc.ArcResult.Hop;
import org.amrelay.authentication.arc.ArcResult.Status;
import org.amrelay.authentication.dkim.DkimResult;
import org.amrelay.authentication.dkim.KeyCheck;
import org.amrelay.authentication.dkim.KeyCheck.Finding;
import org.amrelay.authentication.dkim.SignedFields;
import org.amrelay.authentication.results.AuthenticationResultsParser;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.message.HeaderSection;
import org.amrelay.mail.message.MessageContent;

/**
 * Validates the chain of a message (RFC 8617 §5.2).
 *
 * <p>Safe for several threads.
 */
public final class ArcEvaluator {
    private final KeyCheck keys;
    private final InstantSource clock;

    public ArcEvaluator(Dns dns, InstantSource clock) {
        this.keys = new KeyCheck(dns);
        this.clock = clock;
    }

    /**
     * The state of the chain.
     *
     * <p>Reads the body before it returns, which may block on the disk, and only when there is a chain; the stage then
     * completes normally when all keys are known.
     */
    public CompletionStage<ArcResult> evaluate(HeaderSection header, MessageContent content) throws IOException {
        ArcChain chain = ArcChain.of(header);
        if (chain.flaw().isPresent()) {
            return done(failed(chain, chain.flaw().get(), false, false));
        }
        Optional<ArcSet> last = chain.last();
        if (last.isEmpty()) {
            return done(new ArcResult(Status.NONE, 0, List.of(), 0, "", false, false));
        }
        if (last.get().chainStatus().equals("fail")) {
            return done(failed(chain, "an earlier hop found the chain broken", false, true));
        }
        List<ArcMessageSignature> signatures = ArcMessageSignature.of(chain.sets(), header, content, clock.instant());
        SignedFields fields = new SignedFields(header);
        return signatures.get(signatures.size() - 1).check(keys, fields).thenCompose(newest -> {
            if (newest.status() != DkimResult.Status.PASS) {
                return done(failed(chain, "message signature", chain.highest(), newest));
            }
            return seals(chain).thenCombine(others(signatures, fields), (seals, older) -> result(chain, seals, older));
        });
    }

    private CompletionStage<List<Finding>> seals(ArcChain chain) {
        List<CompletionStage<Finding>> findings = new ArrayList<>();
        for (ArcSet set : chain.sets()) {
            findings.add(SealedFields.claim(chain.sets().subList(0, set.instance()))
                    .fold(keys::check, why -> done(new Finding(DkimResult.Status.NEUTRAL, why, false))));
        }
        return all(findings);
    }

    private CompletionStage<List<Finding>> others(List<ArcMessageSignature> signatures, SignedFields fields) {
        return all(signatures.subList(0, signatures.size() - 1).stream()
                .map(signature -> signature.check(keys, fields))
                .toList());
    }

    private static ArcResult result(ArcChain chain, List<Finding> seals, List<Finding> older) {
        for (int i = seals.size(); i > 0; i--) {
            if (seals.get(i - 1).status() != DkimResult.Status.PASS) {
                return failed(chain, "seal", i, seals.get(i - 1));
            }
        }
        int oldestPass = 0;
        for (int i = older.size(); i > 0 && oldestPass == 0; i--) {
            if (older.get(i - 1).status() != DkimResult.Status.PASS) {
                oldestPass = i + 1;
            }
        }
        List<Hop> hops = chain.sets().stream()
                .map(set -> new Hop(
                        set.instance(),
                        set.sealTags().get("d").orElse(""),
                        AuthenticationResultsParser.parse(set.payload()).fold(Optional::of, why -> Optional.empty())))
                .toList();
        return new ArcResult(Status.PASS, chain.highest(), hops, oldestPass, "", false, false);
    }

    private static ArcResult failed(ArcChain chain, String what, int instance, Finding finding) {
        boolean temporary = finding.status() == DkimResult.Status.TEMPERROR;
        return failed(chain, what + ' ' + instance + ": " + finding.reason(), temporary, false);
    }

    private static ArcResult failed(ArcChain chain, String reason, boolean temporary, boolean closed) {
        return new ArcResult(Status.FAIL, chain.highest(), List.of(), 0, reason, temporary, closed);
    }

    private static <T> CompletionStage<List<T>> all(List<CompletionStage<T>> stages) {
        List<CompletableFuture<T>> futures =
                stages.stream().map(CompletionStage::toCompletableFuture).toList();
        return CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> futures.stream().map(CompletableFuture::join).toList());
    }

    private static <T> CompletionStage<T> done(T value) {
        return CompletableFuture.completedFuture(value);
    }
}
