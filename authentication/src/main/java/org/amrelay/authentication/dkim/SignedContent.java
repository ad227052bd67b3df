// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.dkim;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.amrelay.mail.message.HeaderField;
import org.amrelay.mail.message.MessageContent;

/**
 * A message with our signatures before its other fields; the rest is read from where it is kept.
 *
 * <p>Immutable.
 */
public final class SignedContent implements MessageContent {
    private final byte[] signatures;
    private final MessageContent original;
    private final List<OwnKey> keys;

    private SignedContent(byte[] signatures, MessageContent original, List<OwnKey> keys) {
        this.signatures = signatures;
        this.original = original;
        this.keys = List.copyOf(keys);
    }

    /**
     * Puts signatures before a message.
     *
     * @param keys what the signatures were made with, in the same order
     */
    public static SignedContent of(List<HeaderField> signatures, MessageContent original, List<OwnKey> keys) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream(1024 * signatures.size());
        for (HeaderField signature : signatures) {
            lines.writeBytes(signature.raw().getBytes(StandardCharsets.ISO_8859_1));
            lines.write('\r');
            lines.write('\n');
        }
        return new SignedContent(lines.toByteArray(), original, keys);
    }

    /** What the signatures were made with. */
    public List<OwnKey> keys() {
        return keys;
    }

    @Override
    public InputStream open() throws IOException {
        return new SequenceInputStream(new ByteArrayInputStream(signatures), original.open());
    }

    @Override
    public long size() {
        return signatures.length + original.size();
    }
}
