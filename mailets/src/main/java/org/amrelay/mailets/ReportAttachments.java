// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.mail.MessagingException;
import javax.mail.Multipart;
import javax.mail.Part;
import org.amrelay.authentication.report.ReportUnpacker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the parts of a message that may be DMARC reports; at most twenty, of 10 MB each, five levels deep. */
final class ReportAttachments {
    private static final Logger LOGGER = LoggerFactory.getLogger(ReportAttachments.class);
    private static final int DEEPEST = 5;
    private static final int MOST_PARTS = 20;
    private static final int MOST_OCTETS = 10 << 20;
    private static final int MOST_FEEDBACK = 64 << 10;

    private final List<byte[]> found = new ArrayList<>();
    private final List<String> feedback = new ArrayList<>();
    private int seen;

    private ReportAttachments() {}

    static ReportAttachments of(Part message) {
        ReportAttachments attachments = new ReportAttachments();
        attachments.look(message, 0);
        return attachments;
    }

    /** Files that start as aggregate reports do. */
    List<byte[]> files() {
        return found;
    }

    /** Texts for machines that failure reports have (RFC 5965). */
    List<String> feedback() {
        return feedback;
    }

    /** A part that cannot be read is no report, and the mail goes on as it is. */
    private void look(Part part, int depth) {
        if (depth > DEEPEST || seen >= MOST_PARTS) {
            return;
        }
        seen++;
        try {
            open(part, depth);
        } catch (MessagingException | IOException malformed) {
            LOGGER.info("a part of a mail with reports cannot be read: {}", malformed.toString());
        }
    }

    private void open(Part part, int depth) throws MessagingException, IOException {
        if (part.isMimeType("multipart/*")) {
            if (part.getContent() instanceof Multipart all) {
                for (int i = 0; i < Math.min(all.getCount(), MOST_PARTS); i++) {
                    look(all.getBodyPart(i), depth + 1);
                }
            }
        } else if (part.isMimeType("message/feedback-report")) {
            try (InputStream in = part.getInputStream()) {
                feedback.add(new String(in.readNBytes(MOST_FEEDBACK), StandardCharsets.UTF_8));
            }
        } else if (!part.isMimeType("text/plain") && !part.isMimeType("text/html")) {
            take(part);
        }
    }

    private void take(Part part) throws MessagingException, IOException {
        try (InputStream in = part.getInputStream()) {
            byte[] octets = in.readNBytes(MOST_OCTETS + 1);
            if (octets.length <= MOST_OCTETS && ReportUnpacker.isPossible(octets)) {
                found.add(octets);
            }
        }
    }
}
