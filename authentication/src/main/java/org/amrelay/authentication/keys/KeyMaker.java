// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.keys;

import java.security.InvalidAlgorithmParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Instant;
import java.util.Optional;
import org.amrelay.authentication.dkim.SignatureAlgorithm;

/** Makes key pairs, RSA with 2048 bits (RFC 8301 §3.2) and Ed25519, and seals the private half. */
final class KeyMaker {
    private static final int RSA_BITS = 2048;

    private final SecretBox box;
    private final SecureRandom random;

    KeyMaker(SecretBox box, SecureRandom random) {
        this.box = box;
        this.random = random;
    }

    /** Makes one; RSA takes a second or more of CPU. */
    StoredKey make(String domain, String selector, SignatureAlgorithm algorithm, KeyState state, Instant now) {
        KeyPair pair = pair(algorithm);
        return new StoredKey(
                domain,
                selector,
                algorithm,
                state,
                now,
                now,
                Optional.empty(),
                pair.getPublic().getEncoded(),
                box.seal(sealName(domain, selector), pair.getPrivate().getEncoded()));
    }

    static String sealName(String domain, String selector) {
        return "dkim " + selector + "._domainkey." + domain;
    }

    private KeyPair pair(SignatureAlgorithm algorithm) {
        AlgorithmParameterSpec form = algorithm == SignatureAlgorithm.RSA_SHA256
                ? new RSAKeyGenParameterSpec(RSA_BITS, RSAKeyGenParameterSpec.F4)
                : NamedParameterSpec.ED25519;
        try {
            KeyPairGenerator generator =
                    KeyPairGenerator.getInstance(algorithm.keyType().toUpperCase(java.util.Locale.ROOT));
            generator.initialize(form, random);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException | InvalidAlgorithmParameterException impossible) {
            throw new IllegalStateException("this Java makes no keys for " + algorithm.word(), impossible);
        }
    }
}
