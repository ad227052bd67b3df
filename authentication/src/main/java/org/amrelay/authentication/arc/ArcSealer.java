// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.arc;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.amrelay.authentication.arc.ArcResult.Status;
import org.amrelay.authentication.dkim.BodyHasher;
import org.amrelay.authentication.dkim.Canonicalization;
import org.amrelay.authentication.dkim.FoldedTags;
import org.amrelay.authentication.dkim.SignedFields;
import org.amrelay.authentication.dkim.SignedNames;
import org.amrelay.authentication.dkim.SigningKey;
import org.amrelay.authentication.results.AuthenticationResults;
import org.amrelay.authentication.results.AuthenticationResultsField;
import org.amrelay.mail.message.HeaderField;
import org.amrelay.mail.message.HeaderSection;
import org.amrelay.mail.message.MessageContent;

/**
 * Adds a set to the chain of a message (RFC 8617 §5.1).
 *
 * <p>Safe for several threads.
 */
public final class ArcSealer {
    private final SigningKey key;
    private final InstantSource clock;

    public ArcSealer(SigningKey key, InstantSource clock) {
        this.key = key;
        this.clock = clock;
    }

    /**
     * The fields to put before all others: seal, signature, results; blocks on the disk as the message does.
     *
     * @param results what we found out about the message
     * @param chain the state of the chain as it arrived
     * @return empty when the chain takes no more sets
     */
    public List<HeaderField> seal(
            HeaderSection header, MessageContent content, AuthenticationResults results, ArcResult chain)
            throws IOException {
        int instance = chain.instances() + 1;
        if (chain.closed() || instance > ArcChain.MOST_SETS) {
            return List.of();
        }
        HeaderField own = HeaderField.of(
                "ARC-Authentication-Results: i=" + instance + "; " + AuthenticationResultsField.payload(results));
        HeaderField message = messageSignature(header, content, instance);
        List<HeaderField> covered = new ArrayList<>();
        if (chain.status() == Status.PASS) {
            // A broken chain cannot be covered: the seal stands for the new set alone (RFC 8617 §5.1.2)
            ArcChain.of(header).sets().forEach(set -> covered.addAll(set.fields()));
        }
        covered.add(own);
        covered.add(message);
        FoldedTags tags = start("ARC-Seal", instance)
                .tag("cv", chain.status().word())
                .tag("d", key.domain())
                .tag("s", key.selector());
        return List.of(signed(tags, SealedFields.octets(covered, tags.unsigned())), message, own);
    }

    private HeaderField messageSignature(HeaderSection header, MessageContent content, int instance)
            throws IOException {
        BodyHasher hasher = new BodyHasher(Canonicalization.RELAXED, Long.MAX_VALUE);
        BodyHasher.read(content, header.bodyOffset(), List.of(hasher));
        SignedFields fields = new SignedFields(header);
        List<String> names = SignedNames.forChain(fields);
        FoldedTags tags = start("ARC-Message-Signature", instance)
                .tag("c", "relaxed/relaxed")
                .tag("d", key.domain())
                .tag("s", key.selector())
                .list("h", names)
                .tag("bh", Base64.getEncoder().encodeToString(hasher.hash()));
        return signed(tags, fields.octets(names, Canonicalization.RELAXED, tags.unsigned()));
    }

    private FoldedTags start(String name, int instance) {
        return new FoldedTags(name)
                .tag("i", Integer.toString(instance))
                .tag("a", key.algorithm().word())
                .tag("t", Long.toString(clock.instant().getEpochSecond()));
    }

    private HeaderField signed(FoldedTags tags, byte[] data) {
        String signature = Base64.getEncoder().encodeToString(key.algorithm().sign(key.key(), data));
        return HeaderField.of(tags.signed(signature));
    }
}
