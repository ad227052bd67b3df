// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.arc;

import java.io.IOException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.amrelay.authentication.dkim.BodyHasher;
import org.amrelay.authentication.dkim.Canonicalization;
import org.amrelay.authentication.dkim.DkimResult;
import org.amrelay.authentication.dkim.DkimSignatureParser;
import org.amrelay.authentication.dkim.KeyCheck;
import org.amrelay.authentication.dkim.KeyCheck.Finding;
import org.amrelay.authentication.dkim.SignatureAlgorithm;
import org.amrelay.authentication.dkim.SignedFields;
import org.amrelay.authentication.syntax.Parsed;
import org.amrelay.authentication.syntax.SyntaxException;
import org.amrelay.authentication.syntax.TagList;
import org.amrelay.mail.message.HeaderSection;
import org.amrelay.mail.message.MessageContent;

/** A hop's signature over the message: DKIM with an instance and without a version (RFC 8617 §4.1.2). */
final class ArcMessageSignature {
    private final List<Parsed<Content>> readings;
    private final Map<BodyForm, byte[]> bodyHashes;

    private ArcMessageSignature(List<Parsed<Content>> readings, Map<BodyForm, byte[]> bodyHashes) {
        this.readings = readings;
        this.bodyHashes = bodyHashes;
    }

    private record BodyForm(Canonicalization form, long limit) {}

    private record Content(
            SignatureAlgorithm algorithm,
            Canonicalization headerForm,
            BodyForm bodyForm,
            String domain,
            String selector,
            List<String> fields,
            byte[] bodyHash,
            byte[] signature,
            String unsigned) {}

    /** Reads the signatures of all sets, and the body once for all of them. */
    static List<ArcMessageSignature> of(List<ArcSet> sets, HeaderSection header, MessageContent message, Instant now)
            throws IOException {
        Map<BodyForm, BodyHasher> hashers = new HashMap<>();
        Map<BodyForm, byte[]> hashes = new HashMap<>();
        List<ArcMessageSignature> signatures = new ArrayList<>();
        for (ArcSet set : sets) {
            List<Parsed<Content>> readings = new ArrayList<>();
            for (Canonicalization unsaid : unsaid(set)) {
                readings.add(Parsed.by(() -> read(set, unsaid, now)));
            }
            readings.stream()
                    .flatMap(reading -> reading.fold(Stream::of, why -> Stream.<Content>empty()))
                    .map(Content::bodyForm)
                    .forEach(form -> hashers.computeIfAbsent(form, f -> new BodyHasher(f.form(), f.limit())));
            signatures.add(new ArcMessageSignature(readings, hashes));
        }
        BodyHasher.read(message, header.bodyOffset(), hashers.values());
        hashers.forEach((form, hasher) -> hashes.put(form, hasher.hash()));
        return signatures;
    }

    /** DKIM's default is simple (RFC 6376 §3.5); sealers that leave {@code c=} out mean relaxed, as for the seal. */
    private static List<Canonicalization> unsaid(ArcSet set) {
        return set.messageTags().get("c").isPresent()
                ? List.of(Canonicalization.SIMPLE)
                : List.of(Canonicalization.SIMPLE, Canonicalization.RELAXED);
    }

    private static Canonicalization form(TagList tags, int side, Canonicalization unsaid) throws SyntaxException {
        return tags.get("c").isPresent() ? DkimSignatureParser.form(tags, side) : unsaid;
    }

    /** May name nothing: who wrote From is sealed with the results (RFC 8617 §4.1.1), unlike in DKIM. */
    private static List<String> fields(TagList tags) throws SyntaxException {
        Optional<String> names = tags.get("h");
        if (names.isEmpty()) {
            throw new SyntaxException("no tag h");
        }
        return TagList.parts(names.get()).stream()
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static Content read(ArcSet set, Canonicalization unsaid, Instant now) throws SyntaxException {
        TagList tags = set.messageTags();
        List<String> fields = fields(tags);
        if (fields.stream().anyMatch("arc-seal"::equalsIgnoreCase)) {
            // RFC 8617 §4.1.2
            throw new SyntaxException("ARC-Seal is signed");
        }
        Optional<String> expires = tags.get("x");
        if (expires.isPresent() && TagList.number(expires.get()) <= now.getEpochSecond()) {
            throw new SyntaxException("expired");
        }
        Optional<String> limit = tags.get("l");
        return new Content(
                SealedFields.algorithm(tags),
                form(tags, 0, unsaid),
                new BodyForm(form(tags, 1, unsaid), limit.isPresent() ? TagList.number(limit.get()) : Long.MAX_VALUE),
                DkimSignatureParser.domain(tags, "d"),
                DkimSignatureParser.domain(tags, "s"),
                fields,
                TagList.octets(tags.require("bh")),
                TagList.octets(tags.require("b")),
                DkimSignatureParser.unsigned(set.messageSignature(), tags));
    }

    CompletionStage<Finding> check(KeyCheck keys, SignedFields fields) {
        return check(0, keys, fields);
    }

    private CompletionStage<Finding> check(int reading, KeyCheck keys, SignedFields fields) {
        CompletionStage<Finding> found = readings.get(reading)
                .fold(
                        c -> check(c, keys, fields),
                        why -> CompletableFuture.completedFuture(new Finding(DkimResult.Status.NEUTRAL, why, false)));
        return found.thenCompose(finding -> finding.status() == DkimResult.Status.PASS || reading + 1 == readings.size()
                ? CompletableFuture.completedFuture(finding)
                : check(reading + 1, keys, fields));
    }

    private CompletionStage<Finding> check(Content c, KeyCheck keys, SignedFields fields) {
        if (!MessageDigest.isEqual(bodyHashes.get(c.bodyForm()), c.bodyHash())) {
            return CompletableFuture.completedFuture(
                    new Finding(DkimResult.Status.FAIL, "body hash did not verify", false));
        }
        byte[] data = fields.octets(c.fields(), c.headerForm(), c.unsigned());
        return keys.check(new KeyCheck.Claim(c.algorithm(), c.domain(), c.selector(), true, data, c.signature()));
    }
}
