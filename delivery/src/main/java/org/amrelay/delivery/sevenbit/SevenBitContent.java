// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.sevenbit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.amrelay.mail.message.MessageContent;

/**
 * A message of which the parts with octets beyond ASCII are encoded, all else as it was.
 *
 * <p>Text with some such octets becomes quoted-printable, the rest base64; a label {@code 8bit} that is no longer true
 * goes. Parts inside {@code multipart/signed} and {@code multipart/encrypted} stay, because their senders have signed
 * the octets; containers are never encoded themselves (RFC 2045 §6.4). Reads the original when it is read.
 */
public final class SevenBitContent implements MessageContent {
    private final MessageContent original;
    private final Plan plan;
    private final long size;

    private SevenBitContent(MessageContent original, Plan plan, long size) {
        this.original = original;
        this.plan = plan;
        this.size = size;
    }

    /**
     * The message in seven bits, or nothing when it can go as it is. Reads it once or twice, so it blocks on the disk.
     *
     * @throws IOException when it cannot be read
     */
    public static Optional<SevenBitContent> of(MessageContent content) throws IOException {
        Plan plan;
        try (InputStream in = content.open()) {
            plan = Plan.of(in);
        }
        if (!plan.changes()) {
            return Optional.empty();
        }
        try (InputStream in = new Converter(content.open(), plan)) {
            return Optional.of(new SevenBitContent(content, plan, in.transferTo(OutputStream.nullOutputStream())));
        }
    }

    @Override
    public InputStream open() throws IOException {
        return new Converter(original.open(), plan);
    }

    @Override
    public long size() {
        return size;
    }

    /** What people should know about it, for the trace. */
    public String remark() {
        return "sent in 7 bits, 8BITMIME is not offered"
                + (plan.leavesEightBits() ? "; signed or encrypted parts kept 8 bits" : "")
                // RFC 6376 §5.3: a signature over another form of the body does not hold
                + (plan.signedByDkim() ? "; DKIM signatures no longer match" : "");
    }
}
