// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.keys;

import java.util.Arrays;
import java.util.Base64;
import org.amrelay.authentication.dkim.SignatureAlgorithm;

/** How keys are written in the DNS (RFC 6376 §3.6.1, RFC 8463 §4). */
public final class KeyRecordText {
    private static final int ED25519_OCTETS = 32;
    /** A string of a TXT record has at most 255 octets (RFC 1035 §3.3). */
    private static final int LONGEST_STRING = 255;

    private KeyRecordText() {}

    /** The record of a key. */
    public static String of(StoredKey key) {
        return of(key.algorithm(), key.publicKey());
    }

    /** @param publicKey as SubjectPublicKeyInfo */
    static String of(SignatureAlgorithm algorithm, byte[] publicKey) {
        byte[] octets = algorithm == SignatureAlgorithm.ED25519_SHA256
                ? Arrays.copyOfRange(publicKey, publicKey.length - ED25519_OCTETS, publicKey.length)
                : publicKey;
        return "v=DKIM1; k=" + algorithm.keyType() + "; p="
                + Base64.getEncoder().encodeToString(octets);
    }

    /** The record as a line of a master file, cut into strings that the DNS can carry (RFC 1035 §5.1). */
    public static String zoneLine(StoredKey key) {
        String text = of(key);
        StringBuilder line = new StringBuilder(key.recordName()).append(". IN TXT");
        if (text.length() > LONGEST_STRING) {
            line.append(" (");
        }
        for (int i = 0; i < text.length(); i += LONGEST_STRING) {
            line.append(" \"")
                    .append(text, i, Math.min(text.length(), i + LONGEST_STRING))
                    .append('"');
        }
        return text.length() > LONGEST_STRING ? line.append(" )").toString() : line.toString();
    }
}
