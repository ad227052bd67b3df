// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.dkim;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Which fields our own signatures cover (RFC 6376 §5.4). */
public final class SignedNames {
    /** What readers and their programs see. */
    public static final List<String> SEEN = List.of(
            "from",
            "to",
            "cc",
            "subject",
            "date",
            "message-id",
            "reply-to",
            "sender",
            "in-reply-to",
            "references",
            "mime-version",
            "content-type",
            "content-transfer-encoding");
    /** Signed when they are there (RFC 6376 §5.4.1, RFC 8058 §4). */
    private static final List<String> OTHERS = List.of(
            "content-id",
            "content-description",
            "resent-date",
            "resent-from",
            "resent-sender",
            "resent-to",
            "resent-cc",
            "resent-message-id",
            "list-id",
            "list-help",
            "list-unsubscribe",
            "list-unsubscribe-post",
            "list-subscribe",
            "list-post",
            "list-owner",
            "list-archive",
            "feedback-id");

    private SignedNames() {}

    /** For DKIM: what readers see once more than it occurs, so that nobody can add another one (RFC 6376 §8.15). */
    static List<String> oversigned(SignedFields fields, List<String> seen) {
        List<String> names = new ArrayList<>();
        seen.forEach(name -> add(names, name, fields.count(name) + 1));
        Stream.concat(SEEN.stream(), OTHERS.stream())
                .filter(name -> !seen.contains(name))
                .forEach(name -> add(names, name, fields.count(name)));
        return names;
    }

    /** For ARC: what is there, with the signatures that the message has already (RFC 8617 §4.1.2). */
    public static List<String> forChain(SignedFields fields) {
        List<String> names = new ArrayList<>();
        // A message without author is signed as one: nobody may add it later
        add(names, "from", Math.max(1, fields.count("from")));
        SEEN.stream().skip(1).forEach(name -> add(names, name, fields.count(name)));
        OTHERS.forEach(name -> add(names, name, fields.count(name)));
        add(names, "dkim-signature", fields.count("dkim-signature"));
        return names;
    }

    private static void add(List<String> names, String name, int times) {
        for (int i = 0; i < times; i++) {
            names.add(name);
        }
    }
}
