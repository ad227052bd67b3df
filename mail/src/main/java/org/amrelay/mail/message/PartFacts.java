// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.message;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.amrelay.mail.mime.DamageStream;
import org.amrelay.mail.mime.TransferEncoding;
import org.amrelay.mail.mime.TrueType;

/**
 * What one pass over the decoded bytes of a part tells. Immutable.
 *
 * @param size in bytes
 * @param sha256 in hexadecimal digits
 * @param isDamaged whether the encoding is broken
 * @param isWhole false when there is more than may be decoded; size and hash are of what was
 */
record PartFacts(long size, String sha256, String trueType, boolean isDamaged, boolean isWhole) {
    private static final int PIECE = 16 * 1024;

    static PartFacts of(BodyBytes body, TransferEncoding encoding, long most) throws IOException {
        MessageDigest digest = digest();
        byte[] head = {};
        byte[] piece = new byte[(int) Math.max(512, Math.min(PIECE, body.size()))];
        long size = 0;
        try (DamageStream in = encoding.decode(body.open())) {
            int read = in.readNBytes(piece, 0, piece.length);
            head = Arrays.copyOf(piece, Math.min(read, TrueType.LOOKED_AT));
            while (read > 0) {
                digest.update(piece, 0, read);
                size += read;
                if (size >= most) {
                    break;
                }
                read = in.readNBytes(piece, 0, piece.length);
            }
            boolean isWhole = size < most || in.read() < 0;
            String hash = HexFormat.of().formatHex(digest.digest());
            return new PartFacts(size, hash, TrueType.of(head, head.length), in.isDamaged(), isWhole);
        }
    }

    static String trueType(BodyBytes body, TransferEncoding encoding) throws IOException {
        byte[] head = new byte[TrueType.LOOKED_AT];
        try (InputStream in = encoding.decode(body.open())) {
            return TrueType.of(head, in.readNBytes(head, 0, head.length));
        }
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JVM has SHA-256", impossible);
        }
    }
}
