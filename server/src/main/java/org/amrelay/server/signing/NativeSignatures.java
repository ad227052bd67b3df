// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.signing;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.google.common.collect.MapMaker;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Signature;
import java.util.Map;
import java.util.Optional;
import org.amrelay.authentication.dkim.SignatureProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signatures from Amazon's Corretto Crypto Provider, three to twenty times as fast as Java's own, once its native library
 * has been loaded; until then, and where it does not load, Java's own.
 *
 * <p>Is not made a provider of the whole process. Safe for several threads.
 */
public final class NativeSignatures implements SignatureProvider {
    private static final Logger LOGGER = LoggerFactory.getLogger(NativeSignatures.class);

    private volatile Optional<Provider> provider = Optional.empty();
    /** Translated keys by the very objects that were given; the library would translate them for each signature. */
    private final Map<Key, Key> translated = new MapMaker().weakKeys().makeMap();

    @Override
    public Signature signature(String javaName) throws NoSuchAlgorithmException {
        Optional<Provider> loaded = provider;
        return loaded.isPresent() ? Signature.getInstance(javaName, loaded.get()) : Signature.getInstance(javaName);
    }

    @Override
    public Key prepared(Key key) {
        Optional<Provider> loaded = provider;
        return loaded.isEmpty() ? key : translated.computeIfAbsent(key, each -> translated(each, loaded.get()));
    }

    private static Key translated(Key key, Provider library) {
        try {
            String name = key.getAlgorithm().equals("EdDSA") ? "Ed25519" : key.getAlgorithm();
            return KeyFactory.getInstance(name, library).translateKey(key);
        } catch (GeneralSecurityException unknown) {
            // It may still know how to sign with it
            return key;
        }
    }

    /** Loads the library, which takes a while. @return whether it could be loaded */
    public boolean load() {
        try {
            AmazonCorrettoCryptoProvider library = AmazonCorrettoCryptoProvider.INSTANCE;
            Throwable trouble = library.getLoadingError();
            boolean isComplete = library.getService("Signature", "Ed25519") != null
                    && library.getService("Signature", "SHA256withRSA") != null;
            if (trouble == null && isComplete) {
                provider = Optional.of(library);
                LOGGER.info("signs with {}", library.getName());
                return true;
            }
            LOGGER.info("signs with Java's own cryptography; the native library does not load: {}", trouble, trouble);
        } catch (LinkageError | RuntimeException absent) {
            LOGGER.info("signs with Java's own cryptography; there is no native library: {}", absent.toString());
        }
        return false;
    }
}
