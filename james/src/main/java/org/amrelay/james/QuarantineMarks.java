// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import java.util.Arrays;
import java.util.Optional;
import org.amrelay.filtering.quarantine.QuarantineStore;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;

/** What a mail's attributes say about quarantine. Nobody outside can set them. */
public final class QuarantineMarks {
    /** For which kinds of reasons somebody has released it, with commas; {@code *} for all. */
    public static final AttributeName RELEASED = AttributeName.of("org.amrelay.released");
    /** Set on digests. */
    public static final AttributeName DIGEST = AttributeName.of("org.amrelay.digest");

    /** In {@link #RELEASED}: whatever the reason was. */
    public static final String EVERY_REASON = "*";

    private static final AttributeName GO_ON_AFTER = AttributeName.of(QuarantineStore.GO_ON_AFTER);
    private static final AttributeName PASSES = AttributeName.of("org.amrelay.passes");

    private QuarantineMarks() {}

    /** Whether somebody released the mail who knew that reason. */
    public static boolean isReleased(Mail mail, String kind) {
        return Arrays.stream(released(mail).split(",", -1))
                .anyMatch(known -> known.equals(kind) || known.equals(EVERY_REASON));
    }

    /** The text of {@link #RELEASED} after one more release. */
    public static String releasedAlso(Mail mail, String kind) {
        String before = released(mail);
        return before.isEmpty() ? kind : isReleased(mail, kind) ? before : before + "," + kind;
    }

    private static String released(Mail mail) {
        return text(mail.getAttribute(RELEASED)).orElse("");
    }

    private static Optional<String> text(Optional<Attribute> attribute) {
        return attribute.flatMap(found -> found.getValue().valueAs(String.class));
    }

    public static boolean isDigest(Mail mail) {
        return mail.getAttribute(DIGEST).isPresent();
    }

    /** A quarantine lets the mail pass: when its processor ends, the mail goes back behind the line that sent it there. */
    public static void letPass(Mail mail) {
        mail.setAttribute(new Attribute(PASSES, AttributeValue.of(true)));
    }

    /** Whether it may go back; asked once. */
    public static boolean mayGoBack(Mail mail) {
        return mail.removeAttribute(PASSES).isPresent();
    }

    /** Where the mail goes on in the processor that its state names; asked once. */
    public static Optional<Jump> goOnAfter(Mail mail) {
        return mail.getAttribute(GO_ON_AFTER).isEmpty()
                ? Optional.empty()
                : text(mail.removeAttribute(GO_ON_AFTER)).flatMap(Jump::parse);
    }

    /** Lets the mail go on behind a line. */
    public static void goOnAfter(Mail mail, Jump line) {
        mail.setAttribute(new Attribute(GO_ON_AFTER, AttributeValue.of(line.text())));
        mail.setState(line.processor());
    }

    /** Whether an attribute ends with the processing that it is for. */
    public static boolean isPassing(String name) {
        return name.equals(PASSES.asString());
    }
}
