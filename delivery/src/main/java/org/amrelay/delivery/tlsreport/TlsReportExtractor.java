// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.tlsreport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;

/** Finds the report in a mail (RFC 8460 §5.3). Pure; bounded in size, depth and number of parts. */
public final class TlsReportExtractor {
    private static final int LARGEST = 2 << 20;
    private static final int MOST_PARTS = 100;
    /** What some programs call it. */
    private static final Set<String> OTHER_TYPES = Set.of("application/gzip", "application/x-gzip", "application/json");

    private TlsReportExtractor() {}

    /**
     * The bytes of the first part that says it is one, else of the first that may be by its type or its file's name;
     * still compressed.
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
            boolean named = false;
            Optional<byte[]> perhaps = Optional.empty();
            for (EntityState state = parts.getState(); state != EntityState.T_END_OF_STREAM; state = parts.next()) {
                named = state != EntityState.T_START_HEADER && (named || isNamed(parts, state));
                if (state != EntityState.T_BODY) {
                    continue;
                }
                if (++seen > MOST_PARTS) {
                    break;
                }
                String type = parts.getBodyDescriptor().getMimeType();
                boolean says = type.startsWith("application/tlsrpt+");
                if (says || perhaps.isEmpty() && (OTHER_TYPES.contains(type) || named)) {
                    perhaps = Optional.of(content(parts));
                }
                if (says) {
                    return perhaps;
                }
            }
            return perhaps;
        } catch (MimeException e) {
            throw new IOException("the mail cannot be read: " + e.getMessage(), e);
        }
    }

    private static byte[] content(MimeTokenStream parts) throws IOException {
        try (InputStream decoded = parts.getDecodedInputStream()) {
            return decoded.readNBytes(LARGEST);
        }
    }

    /** Whether this field gives the part the name of such a file. */
    private static boolean isNamed(MimeTokenStream parts, EntityState state) {
        return state == EntityState.T_FIELD
                && parts.getField().getName().equalsIgnoreCase("content-disposition")
                && parts.getField().getBody().toLowerCase(Locale.ROOT).contains(".json");
    }
}
