// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.dkim;

import java.io.IOException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.amrelay.authentication.dkim.DkimResult.Status;
import org.amrelay.authentication.syntax.DomainNames;
import org.amrelay.authentication.syntax.Parsed;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.message.HeaderField;
import org.amrelay.mail.message.HeaderSection;
import org.amrelay.mail.message.MessageContent;

/**
 * Verifies the signatures of a message (RFC 6376 §6), at most ten: the ones that stand first, as the newest do.
 *
 * <p>Safe for several threads.
 */
public final class DkimEvaluator {
    private static final int MOST_SIGNATURES = 10;

    private final KeyCheck keys;
    private final InstantSource clock;

    public DkimEvaluator(Dns dns, InstantSource clock) {
        this.keys = new KeyCheck(dns);
        this.clock = clock;
    }

    /** Hashes of one canonical body, which several signatures may share. */
    private record BodyForm(Canonicalization form, long limit) {}

    /** A body as it was hashed. */
    private record Body(byte[] hash, long length) {}

    /**
     * One result per signature in their order, none for a message without signatures.
     *
     * <p>Reads the body before it returns, which may block on the disk; the stage then completes normally when all keys
     * are known.
     */
    public CompletionStage<List<DkimResult>> evaluate(HeaderSection header, MessageContent content) throws IOException {
        List<HeaderField> fields =
                header.named("dkim-signature").stream().limit(MOST_SIGNATURES).toList();
        if (fields.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        List<Parsed<DkimSignature>> signatures =
                fields.stream().map(DkimSignatureParser::parse).toList();
        Map<BodyForm, Body> bodies = read(header, content, signatures);
        SignedFields signedFields = new SignedFields(header);
        List<CompletableFuture<DkimResult>> results = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            HeaderField own = fields.get(i);
            results.add(signatures
                    .get(i)
                    .<CompletionStage<DkimResult>>fold(
                            signature ->
                                    evaluate(signature, header, signedFields.seenBy(own, signature.fields()), bodies),
                            why -> CompletableFuture.completedFuture(unreadable(why)))
                    .toCompletableFuture());
        }
        return CompletableFuture.allOf(results.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> results.stream().map(CompletableFuture::join).toList());
    }

    private Map<BodyForm, Body> read(
            HeaderSection header, MessageContent content, List<Parsed<DkimSignature>> signatures) throws IOException {
        Map<BodyForm, BodyHasher> hashers = new HashMap<>();
        for (Parsed<DkimSignature> parsed : signatures) {
            parsed.fold(Optional::of, why -> Optional.<DkimSignature>empty())
                    .filter(signature -> refusal(signature, header).isEmpty())
                    .map(DkimEvaluator::bodyForm)
                    .ifPresent(form -> hashers.computeIfAbsent(form, f -> new BodyHasher(f.form(), f.limit())));
        }
        if (!hashers.isEmpty()) {
            BodyHasher.read(content, header.bodyOffset(), hashers.values());
        }
        Map<BodyForm, Body> bodies = new HashMap<>();
        hashers.forEach((form, hasher) -> bodies.put(form, new Body(hasher.hash(), hasher.canonicalLength())));
        return bodies;
    }

    private static BodyForm bodyForm(DkimSignature signature) {
        return new BodyForm(signature.bodyForm(), signature.bodyLength().orElse(Long.MAX_VALUE));
    }

    private CompletionStage<DkimResult> evaluate(
            DkimSignature signature, HeaderSection header, SignedFields fields, Map<BodyForm, Body> bodies) {
        Optional<DkimResult> refusal = refusal(signature, header);
        Body body = bodies.get(bodyForm(signature));
        if (refusal.isPresent() || body == null) {
            return CompletableFuture.completedFuture(
                    refusal.orElseGet(() -> result(signature, Status.NEUTRAL, "body was not read")));
        }
        boolean wholeBody = signature.bodyLength().orElse(Long.MAX_VALUE) >= body.length();
        if (signature.bodyLength().orElse(0L) > body.length()) {
            return CompletableFuture.completedFuture(
                    result(signature, Status.PERMERROR, "more body was signed than there is"));
        }
        if (!MessageDigest.isEqual(body.hash(), signature.bodyHash())) {
            return CompletableFuture.completedFuture(result(signature, Status.FAIL, "body hash did not verify"));
        }
        byte[] data = fields.octets(signature.fields(), signature.headerForm(), signature.unsigned());
        SignatureAlgorithm algorithm =
                SignatureAlgorithm.ofWord(signature.algorithm()).orElseThrow();
        return keys.check(new KeyCheck.Claim(
                        algorithm,
                        signature.domain(),
                        signature.selector(),
                        signature.identityDomain().equals(signature.domain()),
                        data,
                        signature.signature()))
                .thenApply(
                        finding -> result(signature, finding.status(), finding.reason(), finding.testing(), wholeBody));
    }

    /** What is wrong with a signature before anything is computed (RFC 6376 §6.1.1). */
    private Optional<DkimResult> refusal(DkimSignature signature, HeaderSection header) {
        if (!header.isWhole()) {
            return refused(signature, Status.PERMERROR, "header too large");
        }
        if (!DomainNames.isWithin(signature.identityDomain(), signature.domain())) {
            return refused(signature, Status.PERMERROR, "identity is not within the domain");
        }
        if (signature.fields().stream().noneMatch(f -> f.equalsIgnoreCase("from"))) {
            return refused(signature, Status.PERMERROR, "From is not signed");
        }
        if (signature.queries().stream().noneMatch(q -> q.equalsIgnoreCase("dns/txt"))) {
            return refused(signature, Status.PERMERROR, "key is not in the DNS");
        }
        if (signature.algorithm().equals("rsa-sha1")) {
            // RFC 8301 §3.1
            return refused(signature, Status.POLICY, "rsa-sha1 is not safe");
        }
        if (SignatureAlgorithm.ofWord(signature.algorithm()).isEmpty()) {
            return refused(signature, Status.NEUTRAL, "algorithm is not known");
        }
        if (signature.expires().filter(x -> !clock.instant().isBefore(x)).isPresent()) {
            return refused(signature, Status.PERMERROR, "signature expired");
        }
        if (signature.expires().isPresent()
                && signature
                        .signedAt()
                        .filter(t -> !t.isBefore(signature.expires().get()))
                        .isPresent()) {
            return refused(signature, Status.NEUTRAL, "signature expires before it was made");
        }
        return Optional.empty();
    }

    private static DkimResult unreadable(String why) {
        return new DkimResult(Status.NEUTRAL, "", "", "", "", why, "", false, true);
    }

    private static Optional<DkimResult> refused(DkimSignature signature, Status status, String reason) {
        return Optional.of(result(signature, status, reason));
    }

    private static DkimResult result(DkimSignature signature, Status status, String reason) {
        return result(signature, status, reason, false, true);
    }

    private static DkimResult result(
            DkimSignature signature, Status status, String reason, boolean testing, boolean wholeBody) {
        String start = Base64.getEncoder().encodeToString(signature.signature());
        return new DkimResult(
                status,
                signature.domain(),
                signature.selector(),
                signature.identity(),
                signature.algorithm(),
                reason,
                start.substring(0, Math.min(8, start.length())),
                testing,
                wholeBody);
    }
}
