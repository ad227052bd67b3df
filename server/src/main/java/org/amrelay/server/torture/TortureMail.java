// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.torture;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.amrelay.mail.address.EmailAddress;

/**
 * A mail of the load: everything in it follows from its id and size, so that the receiver can check every octet.
 *
 * @param id unique in the run, part of all its addresses
 * @param lines of the body, 1 or more
 */
record TortureMail(String id, List<EmailAddress> recipients, int lines) {
    /** Where the recipients are. */
    static final String THERE = "there.torture.example";
    /** Where the senders are, and notices go. */
    static final String HERE = "here.torture.example";
    /** Header field with id and number of lines. */
    static final String MARK = "X-Torture";

    private static final int LONG_BODY_LINES = 12_000; // about 700 KB

    TortureMail {
        recipients = List.copyOf(recipients);
    }

    /** A mail with one to five recipients, now and then a difficult one, now and then a large body. */
    static TortureMail random(String id, RandomGenerator random) {
        int count = random.nextInt(3) == 0 ? 1 + random.nextInt(5) : 1;
        List<EmailAddress> recipients = IntStream.range(0, count)
                .mapToObj(number -> kind(random.nextInt(100)).address(number, id))
                .toList();
        int lines = random.nextInt(200) == 0 ? LONG_BODY_LINES : 1 + random.nextInt(150);
        return new TortureMail(id, recipients, lines);
    }

    private static RecipientKind kind(int percent) {
        if (percent < 5) {
            return RecipientKind.REFUSED;
        }
        if (percent < 8) {
            return RecipientKind.LATER;
        }
        return percent < 9 ? RecipientKind.VANISHING : RecipientKind.PLAIN;
    }

    /** Unique too, so that a notice names its mail. */
    EmailAddress sender() {
        return senderOf(id);
    }

    static EmailAddress senderOf(String id) {
        return new EmailAddress("sender." + id, HERE);
    }

    /** The id within one of our addresses. */
    static String idIn(EmailAddress address) {
        return address.localPart().substring(address.localPart().lastIndexOf('.') + 1);
    }

    String header() {
        return "From: <" + sender() + ">\r\nTo: recipients:;\r\nSubject: torture " + id + "\r\nMessage-ID: <" + id + "@"
                + HERE + ">\r\nDate: Mon, 23 Nov 2026 12:00:00 +0000\r\n" + MARK + ": " + id + " " + lines + "\r\n\r\n";
    }

    String body() {
        return body(id, lines);
    }

    /** Lines that differ, some of which begin with dots. */
    static String body(String id, int lines) {
        StringBuilder text = new StringBuilder(lines * 60);
        for (int line = 0; line < lines; line++) {
            text.append(line % 7 == 0 ? "." : "")
                    .append(line)
                    .append(" of ")
                    .append(id)
                    .append(" ........ the quick brown fox jumps over it\r\n");
        }
        return text.toString();
    }
}
