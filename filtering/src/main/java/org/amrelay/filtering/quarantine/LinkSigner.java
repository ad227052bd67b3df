// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.quarantine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proves the links of digests: each is for one action on one copy of one mail, and ends.
 *
 * <p>A token holds the number of the copy and the end; HMAC-SHA-256 (RFC 2104), cut to 160 bits (RFC 2104 §5), binds both and
 * the action. Nothing of it can be made without the secret, and nothing of it is secret itself. Safe for several threads.
 */
public final class LinkSigner {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String PURPOSE = "amr quarantine link 1 ";
    private static final int NUMBERS = Long.BYTES + Long.BYTES;
    private static final int PROOF = 20;
    private static final int LONGEST = 100;

    private final SecretKeySpec key;
    private final InstantSource clock;

    /** @param secret of this home; the key is derived from it, so that it may serve elsewhere too */
    public LinkSigner(byte[] secret, InstantSource clock) {
        this.key =
                new SecretKeySpec(mac(new SecretKeySpec(secret, ALGORITHM), PURPOSE + "key", new byte[0]), ALGORITHM);
        this.clock = clock;
    }

    /** What a token says. */
    public sealed interface Claim {
        /** A good one. @param copy id of a {@link QuarantinedRecipient} */
        record Good(LinkAction action, long copy) implements Claim {}

        /** It was good once. */
        record Expired() implements Claim {}

        /** Nobody of ours made it. */
        record Forged() implements Claim {}
    }

    /** A token for a URL: letters, digits, hyphen and underscore. */
    public String token(LinkAction action, long copy, Instant until) {
        byte[] numbers = ByteBuffer.allocate(NUMBERS)
                .putLong(copy)
                .putLong(until.getEpochSecond())
                .array();
        byte[] token = Arrays.copyOf(numbers, NUMBERS + PROOF);
        System.arraycopy(proof(action, numbers), 0, token, NUMBERS, PROOF);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /** Reads a token that somebody brings; takes as long for any forged one. */
    public Claim read(LinkAction action, String text) {
        Optional<byte[]> token = decoded(text);
        if (token.isEmpty()) {
            return new Claim.Forged();
        }
        byte[] numbers = Arrays.copyOf(token.get(), NUMBERS);
        byte[] given = Arrays.copyOfRange(token.get(), NUMBERS, NUMBERS + PROOF);
        if (!MessageDigest.isEqual(proof(action, numbers), given)) {
            return new Claim.Forged();
        }
        ByteBuffer read = ByteBuffer.wrap(numbers);
        long copy = read.getLong();
        return clock.instant().getEpochSecond() > read.getLong() ? new Claim.Expired() : new Claim.Good(action, copy);
    }

    private static Optional<byte[]> decoded(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            byte[] token = Base64.getUrlDecoder().decode(text);
            // One way to write each token, so that nobody can vary it
            boolean isPlain = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(token)
                    .equals(text);
            return isPlain && token.length == NUMBERS + PROOF ? Optional.of(token) : Optional.empty();
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    private byte[] proof(LinkAction action, byte[] numbers) {
        return Arrays.copyOf(mac(key, PURPOSE + action.word() + " ", numbers), PROOF);
    }

    private static byte[] mac(SecretKeySpec key, String label, byte[] bytes) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(label.getBytes(StandardCharsets.US_ASCII));
            return mac.doFinal(bytes);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java has " + ALGORITHM, missing);
        }
    }
}
