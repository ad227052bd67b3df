// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.dkim;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.amrelay.authentication.syntax.SyntaxException;

/** Turns the octets of {@code p=} into keys. */
final class PublicKeyReader {
    private static final int SEQUENCE = 0x30;
    private static final int BIT_STRING = 0x03;
    /** AlgorithmIdentifier of rsaEncryption (RFC 3279 §2.3.1). */
    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
    /** SubjectPublicKeyInfo of Ed25519 up to the key itself (RFC 8410 §4). */
    private static final byte[] ED25519 = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int ED25519_OCTETS = 32;

    private PublicKeyReader() {}

    /** SubjectPublicKeyInfo as everyone publishes it, or RSAPublicKey as RFC 6376 §3.6.1 says (erratum 3017). */
    static PublicKey rsa(byte[] octets) throws SyntaxException {
        boolean wrapped = octets.length > 4 && octets[0] == SEQUENCE && containsAlgorithm(octets);
        return decode("RSA", wrapped ? octets : wrap(octets));
    }

    /** The 32 octets of the point (RFC 8463 §4). */
    static PublicKey ed25519(byte[] octets) throws SyntaxException {
        if (octets.length != ED25519_OCTETS) {
            throw new SyntaxException("an Ed25519 key has 32 octets, not " + octets.length);
        }
        byte[] all = Arrays.copyOf(ED25519, ED25519.length + octets.length);
        System.arraycopy(octets, 0, all, ED25519.length, octets.length);
        return decode("Ed25519", all);
    }

    private static PublicKey decode(String algorithm, byte[] octets) throws SyntaxException {
        try {
            return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(octets));
        } catch (GeneralSecurityException e) {
            throw new SyntaxException("not a key for " + algorithm);
        }
    }

    /** In SubjectPublicKeyInfo a sequence comes first, in RSAPublicKey a number. */
    private static boolean containsAlgorithm(byte[] octets) {
        int lengthOctets = octets[1] >= 0 ? 0 : octets[1] & 0x7f;
        int first = 2 + lengthOctets;
        return first < octets.length && octets[first] == SEQUENCE;
    }

    private static byte[] wrap(byte[] key) {
        ByteArrayOutputStream bits = new ByteArrayOutputStream();
        bits.write(0);
        bits.writeBytes(key);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(RSA);
        content.writeBytes(element(BIT_STRING, bits.toByteArray()));
        return element(SEQUENCE, content.toByteArray());
    }

    private static byte[] element(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        // DER has one form for each length: the shortest
        if (content.length < 0x80) {
            out.write(content.length);
        } else {
            int octets = content.length < 0x100 ? 1 : content.length < 0x10000 ? 2 : 3;
            out.write(0x80 | octets);
            for (int i = octets - 1; i >= 0; i--) {
                out.write(content.length >> 8 * i);
            }
        }
        out.writeBytes(content);
        return out.toByteArray();
    }
}
