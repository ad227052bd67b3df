// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.report;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipInputStream;
import org.amrelay.authentication.syntax.Parsed;

/**
 * Reads a report from an attachment: gzip as RFC 9990 §2.6.1 asks for, zip as many still send, or plain XML.
 *
 * <p>Tells the form from the first octets, not from names. Nothing unpacks to more than 32 MB or to more than 200 times
 * what came, and of a zip file only the first entry counts.
 */
public final class ReportUnpacker {
    private static final long MOST_UNPACKED = 32L << 20;
    private static final long MOST_TIMES = 200;
    private static final long ALWAYS_ALLOWED = 1L << 20;

    private ReportUnpacker() {}

    /** Whether the octets start as a report in one of the forms does. */
    public static boolean isPossible(byte[] octets) {
        return isGzip(octets) || isZip(octets) || startsLikeXml(octets);
    }

    /** The report, or why there is none. */
    public static Parsed<ReceivedReport> read(byte[] octets) {
        long most = Math.min(MOST_UNPACKED, Math.max(ALWAYS_ALLOWED, octets.length * MOST_TIMES));
        try (InputStream in = open(octets)) {
            return AggregateReportParser.parse(new Unpacked(in, most));
        } catch (IOException broken) {
            return new Parsed.Malformed<>("cannot be unpacked: " + broken.getMessage());
        }
    }

    private static InputStream open(byte[] octets) throws IOException {
        InputStream in = new ByteArrayInputStream(octets);
        if (isGzip(octets)) {
            return new GZIPInputStream(in);
        }
        if (!isZip(octets)) {
            return in;
        }
        ZipInputStream zip = new ZipInputStream(in);
        try {
            if (zip.getNextEntry() == null) {
                throw new IOException("an empty zip file");
            }
        } catch (IllegalArgumentException odd) {
            // The name of the file, which nobody asked for, is no text
            throw new IOException("an unreadable zip file", odd);
        }
        return zip;
    }

    private static boolean isGzip(byte[] octets) {
        return octets.length > 2 && octets[0] == 0x1f && (octets[1] & 0xff) == 0x8b;
    }

    private static boolean isZip(byte[] octets) {
        return octets.length > 4 && octets[0] == 'P' && octets[1] == 'K' && octets[2] == 3 && octets[3] == 4;
    }

    private static boolean startsLikeXml(byte[] octets) {
        int at = octets.length > 3 && (octets[0] & 0xff) == 0xef ? 3 : 0;
        while (at < octets.length && octets[at] <= ' ' && octets[at] >= 0) {
            at++;
        }
        return at < octets.length && octets[at] == '<';
    }
}
