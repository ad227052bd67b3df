// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tlsreport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;

/** Finds the report in a mail (RFC 8460 §5.3). Pure; bounded in size, depth and number of parts. */
public final class TlsReportExtractor {
    private static final int LARGEST = 10 << 20;
    private static final int MOST_PARTS = 100;

    private TlsReportExtractor() {}

    /**
     * The bytes of the first part that is one, still compressed.
     *
     * @throws IOException when the mail cannot be read
     */
    public static Optional<byte[]> report(byte[] mail) throws IOException {
        if (mail.length > 0 && (mail[0] == '{' || (mail[0] & 0xff) == 0x1f)) {
            // The report itself
            return Optional.empty();
        }
        MimeConfig limits = MimeConfig.custom().setMaxHeaderCount(1000).build();
        MimeTokenStream parts = new MimeTokenStream(limits);
        try {
            parts.parse(new ByteArrayInputStream(mail));
            int seen = 0;
            for (EntityState state = parts.getState(); state != EntityState.T_END_OF_STREAM; state = parts.next()) {
                if (state != EntityState.T_BODY) {
                    continue;
                }
                if (++seen > MOST_PARTS) {
                    break;
                }
                if (parts.getBodyDescriptor().getMimeType().startsWith("application/tlsrpt+")) {
                    try (InputStream decoded = parts.getDecodedInputStream()) {
                        return Optional.of(decoded.readNBytes(LARGEST));
                    }
                }
            }
            return Optional.empty();
        } catch (MimeException e) {
            throw new IOException("the mail cannot be read: " + e.getMessage(), e);
        }
    }
}
