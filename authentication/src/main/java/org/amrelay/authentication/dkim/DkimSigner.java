// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.dkim;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.amrelay.mail.message.HeaderField;
import org.amrelay.mail.message.HeaderSection;
import org.amrelay.mail.message.MessageContent;

/**
 * Signs messages with one or several keys, relaxed/relaxed (RFC 6376 §5).
 *
 * <p>Fields that readers see are signed once more than they occur, so that nobody can add another one later (RFC 6376
 * §8.15). The whole body is signed. Safe for several threads.
 */
public final class DkimSigner {
    private final List<SigningKey> keys;
    private final Optional<Duration> validity;
    private final InstantSource clock;
    private final List<String> oversigned;
    private final SignatureProvider provider;

    /**
     * A signer for messages of one sender.
     *
     * @param keys one signature is made with each
     * @param validity after which verifiers refuse the signature; empty for ever
     */
    public DkimSigner(List<SigningKey> keys, Optional<Duration> validity, InstantSource clock) {
        this(keys, validity, clock, SignedNames.SEEN, SignatureProvider.ofJava());
    }

    /**
     * The same with other fields or other cryptography.
     *
     * @param oversigned names in lower case of fields that are signed once more than they occur
     */
    public DkimSigner(
            List<SigningKey> keys,
            Optional<Duration> validity,
            InstantSource clock,
            List<String> oversigned,
            SignatureProvider provider) {
        this.keys = List.copyOf(keys);
        this.validity = validity;
        this.clock = clock;
        this.oversigned = List.copyOf(oversigned);
        this.provider = provider;
    }

    /** The fields to put before all others, in the order of the keys; blocks on the disk as the message does. */
    public List<HeaderField> sign(HeaderSection header, MessageContent content) throws IOException {
        BodyHasher hasher = new BodyHasher(Canonicalization.RELAXED, Long.MAX_VALUE);
        BodyHasher.read(content, header.bodyOffset(), List.of(hasher));
        String bodyHash = Base64.getEncoder().encodeToString(hasher.hash());
        SignedFields fields = new SignedFields(header);
        List<String> names = SignedNames.oversigned(fields, oversigned);
        List<HeaderField> signatures = new ArrayList<>();
        for (SigningKey key : keys) {
            signatures.add(sign(key, fields, names, bodyHash));
        }
        return signatures;
    }

    private HeaderField sign(SigningKey key, SignedFields fields, List<String> names, String bodyHash) {
        long now = clock.instant().getEpochSecond();
        FoldedTags tags = new FoldedTags("DKIM-Signature")
                .tag("v", "1")
                .tag("a", key.algorithm().word())
                .tag("c", "relaxed/relaxed")
                .tag("d", key.domain().toLowerCase(Locale.ROOT))
                .tag("s", key.selector())
                .tag("t", Long.toString(now));
        validity.ifPresent(v -> tags.tag("x", Long.toString(now + v.toSeconds())));
        tags.list("h", names).tag("bh", bodyHash);
        byte[] data = fields.octets(names, Canonicalization.RELAXED, tags.unsigned());
        String signature = Base64.getEncoder().encodeToString(key.algorithm().sign(provider, key.key(), data));
        return HeaderField.of(tags.signed(signature));
    }
}
