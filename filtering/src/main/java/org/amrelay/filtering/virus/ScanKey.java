// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.virus;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import org.amrelay.mail.message.HeaderField;
import org.amrelay.mail.message.HeaderSection;
import org.amrelay.mail.message.MessageContent;

/**
 * The SHA-256 of what an engine judges in a message: its body, and its header but for fields that differ between copies
 * for several recipients and carry nothing themselves. So a mailing to a thousand is scanned once.
 */
final class ScanKey {
    private static final Set<String> DIFFER = Set.of(
            "received",
            "return-path",
            "delivered-to",
            "date",
            "message-id",
            "to",
            "cc",
            "dkim-signature",
            "authentication-results",
            "arc-seal",
            "arc-message-signature",
            "arc-authentication-results");
    /** Longer fields may carry something themselves. */
    private static final int SHORT = 500;

    private static final int PIECE = 64 * 1024;

    private ScanKey() {}

    /** Reads the message once; its header is given because others have read it already. */
    static String of(HeaderSection header, MessageContent message) {
        MessageDigest digest = sha256();
        for (HeaderField field : header.fields()) {
            if (!DIFFER.contains(field.key()) || field.raw().length() > SHORT) {
                digest.update(field.raw().getBytes(StandardCharsets.ISO_8859_1));
                digest.update((byte) '\n');
            }
        }
        digest.update((byte) '\n');
        try (MessageReading in = MessageReading.of(message)) {
            byte[] piece = new byte[(int) Math.max(1, Math.min(PIECE, message.size()))];
            long position = 0;
            int count;
            while ((count = in.read(piece, 0, piece.length)) > 0) {
                int from = (int) Math.max(0, Math.min(count, header.bodyOffset() - position));
                digest.update(piece, from, count - from);
                position += count;
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256, which every Java has", e);
        }
    }
}
