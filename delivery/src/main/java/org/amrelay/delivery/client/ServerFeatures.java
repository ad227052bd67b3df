// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.amrelay.mail.reply.Reply;

/**
 * What a server offered in its EHLO reply (RFC 5321 §4.1.1.1).
 *
 * <p>Immutable.
 *
 * @param keywords upper-case keyword to its parameters, which may be empty text
 * @param repliesPerRecipient whether each recipient gets its own reply after the message (LMTP, RFC 2033 §4.2)
 */
public record ServerFeatures(Map<String, String> keywords, boolean repliesPerRecipient) {
    public ServerFeatures {
        keywords = Map.copyOf(keywords);
    }

    public ServerFeatures(Map<String, String> keywords) {
        this(keywords, false);
    }

    /** The same server as one that speaks LMTP, where messages go by DATA only. */
    ServerFeatures withRepliesPerRecipient() {
        Map<String, String> others = new HashMap<>(keywords);
        others.remove("CHUNKING");
        return new ServerFeatures(others, true);
    }

    /** Those of a server that knows HELO only. */
    static ServerFeatures none() {
        return new ServerFeatures(Map.of());
    }

    static ServerFeatures of(Reply ehlo) {
        Map<String, String> keywords = new HashMap<>();
        String[] lines = ehlo.text().split("\n", -1);
        // The first line is the server's name and greeting
        for (int i = 1; i < lines.length; i++) {
            String line = lines[i].strip();
            int space = line.indexOf(' ');
            String keyword = space < 0 ? line : line.substring(0, space);
            keywords.put(keyword.toUpperCase(Locale.ROOT), space < 0 ? "" : line.substring(space + 1));
        }
        return new ServerFeatures(keywords);
    }

    public boolean pipelining() {
        return keywords.containsKey("PIPELINING");
    }

    public boolean startTls() {
        return keywords.containsKey("STARTTLS");
    }

    public boolean eightBitMime() {
        return keywords.containsKey("8BITMIME");
    }

    /** RFC 3461. */
    public boolean dsn() {
        return keywords.containsKey("DSN");
    }

    /** RFC 3030. */
    public boolean chunking() {
        return keywords.containsKey("CHUNKING");
    }

    /** RFC 8689. */
    public boolean requireTls() {
        return keywords.containsKey("REQUIRETLS");
    }

    /** RFC 6531. */
    public boolean smtpUtf8() {
        return keywords.containsKey("SMTPUTF8");
    }

    public boolean size() {
        return keywords.containsKey("SIZE");
    }

    /** The largest message in bytes (RFC 1870 §4), or 0 when the server did not say. */
    public long largestMessage() {
        String text = keywords.getOrDefault("SIZE", "").strip();
        boolean isNumber =
                !text.isEmpty() && text.length() <= 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? Long.parseLong(text) : 0;
    }
}
