// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.cases;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import org.amrelay.authentication.dkim.SignatureAlgorithm;
import org.amrelay.authentication.dkim.SigningKey;

/** Keys for tests, and how they are published. */
public final class TestKeys {
    public static final KeyPair RSA = generate("RSA", 2048);
    public static final KeyPair ED25519 = generate("Ed25519", 255);

    private TestKeys() {}

    public static KeyPair generate(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A line of a zone file; the key may need several strings. */
    public static String txt(String name, String text) {
        StringBuilder line = new StringBuilder(name).append(" TXT");
        for (int i = 0; i < text.length(); i += 200) {
            line.append(" \"").append(text, i, Math.min(text.length(), i + 200)).append('"');
        }
        return line.toString();
    }

    public static String rsaRecord(KeyPair pair) {
        return "v=DKIM1; k=rsa; p="
                + Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
    }

    public static String ed25519Record(KeyPair pair) {
        byte[] encoded = pair.getPublic().getEncoded();
        byte[] point = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
        return "v=DKIM1; k=ed25519; p=" + Base64.getEncoder().encodeToString(point);
    }

    public static SigningKey rsa(String domain) {
        return new SigningKey(domain, "rsa", SignatureAlgorithm.RSA_SHA256, RSA.getPrivate());
    }

    public static SigningKey ed25519(String domain) {
        return new SigningKey(domain, "ed", SignatureAlgorithm.ED25519_SHA256, ED25519.getPrivate());
    }

    /** The lines that publish both keys for a domain. */
    public static String zone(String domain) {
        return txt("rsa._domainkey." + domain, rsaRecord(RSA))
                + '\n'
                + txt("ed._domainkey." + domain, ed25519Record(ED25519));
    }
}
