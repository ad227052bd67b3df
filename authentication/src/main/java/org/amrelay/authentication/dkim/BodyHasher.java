// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.dkim;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import org.amrelay.mail.message.MessageContent;

/**
 * The hash of a canonical body, or of its start, computed while the body streams past (RFC 6376 §3.4.3-§3.4.5, §3.7).
 *
 * <p>Constant memory, whatever the body. For one thread and one message.
 */
public final class BodyHasher {
    private static final byte[] CRLF = {'\r', '\n'};

    private final boolean relaxed;
    private final long limit;
    private final MessageDigest digest;
    private final byte[] buffer = new byte[4096];
    private int buffered;
    private long canonicalLength;
    /** Line ends that are dropped if nothing follows. */
    private long emptyLines;

    private boolean pendingCr;
    private boolean pendingSpace;

    /**
     * A hasher for one way of signing.
     *
     * @param limit how many octets of the canonical body count; {@link Long#MAX_VALUE} for all
     */
    public BodyHasher(Canonicalization canonicalization, long limit) {
        this.relaxed = canonicalization == Canonicalization.RELAXED;
        this.limit = limit;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /** Reads the body once for all hashers; blocks as {@link MessageContent#open} does. */
    public static void read(MessageContent content, long bodyOffset, Collection<BodyHasher> hashers)
            throws IOException {
        byte[] octets = new byte[8192];
        try (InputStream in = content.open()) {
            in.skipNBytes(bodyOffset);
            for (int read = in.read(octets); read >= 0; read = in.read(octets)) {
                for (BodyHasher hasher : hashers) {
                    hasher.update(octets, read);
                }
            }
        }
        hashers.forEach(BodyHasher::end);
    }

    void update(byte[] octets, int length) {
        for (int i = 0; i < length; i++) {
            byte b = octets[i];
            if (b == '\n' && pendingCr) {
                pendingCr = false;
                pendingSpace = false;
                emptyLines++;
                continue;
            }
            if (pendingCr) {
                pendingCr = false;
                text((byte) '\r');
            }
            if (b == '\r') {
                pendingCr = true;
            } else if (relaxed && (b == ' ' || b == '\t')) {
                pendingSpace = true;
            } else {
                text(b);
            }
        }
    }

    private void text(byte b) {
        for (; emptyLines > 0; emptyLines--) {
            write(CRLF[0]);
            write(CRLF[1]);
        }
        if (pendingSpace) {
            pendingSpace = false;
            write((byte) ' ');
        }
        write(b);
    }

    private void write(byte b) {
        canonicalLength++;
        if (canonicalLength > limit) {
            return;
        }
        buffer[buffered++] = b;
        if (buffered == buffer.length) {
            digest.update(buffer);
            buffered = 0;
        }
    }

    private void end() {
        if (pendingCr) {
            text((byte) '\r');
        }
        // A body of nothing is one empty line when simple (RFC 6376 §3.4.3) and nothing when relaxed (§3.4.4)
        if (canonicalLength > 0 || !relaxed) {
            write(CRLF[0]);
            write(CRLF[1]);
        }
        digest.update(buffer, 0, buffered);
    }

    /** The hash; to be asked once, after {@link #read}. */
    public byte[] hash() {
        return digest.digest();
    }

    /** Octets of the whole canonical body. */
    long canonicalLength() {
        return canonicalLength;
    }
}
