// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MessageScannerTest {
    private static final MessageLimits SMALL = new MessageLimits(10, 2000, 3, 5, 20);

    static Optional<MessageFlaw> scan(MessageLimits limits, String message, int pieceLength) {
        MessageScanner scanner = new MessageScanner(limits);
        for (String line : message.split("\n", -1)) {
            byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
            for (int from = 0; from < bytes.length; from += pieceLength) {
                scanner.text(bytes, from, Math.min(bytes.length, from + pieceLength));
            }
            scanner.endOfLine();
        }
        return scanner.flaw();
    }

    private static Optional<MessageFlaw> scan(String message) {
        return scan(SMALL, message, 1000);
    }

    private static String repeat(int times, String line) {
        return IntStream.range(0, times)
                .mapToObj(i -> line.replace("#", "" + i))
                .collect(Collectors.joining());
    }

    private static String nested(int levels) {
        return repeat(levels, "Content-Type: multipart/mixed;\n boundary=\"b#\"\n\n--b#\n") + "\nhello\n";
    }

    @Test
    void findsNothingInAnOrdinaryMessage() {
        assertThat(scan("From: a\nTo: b\n\nhello\n--\nsignature\n")).isEmpty();
    }

    @Test
    void refusesTooManyHeaderFields() {
        assertThat(scan(repeat(10, "X-#: y\n") + "\nbody")).isEmpty();
        assertThat(scan(repeat(11, "X-#: y\n") + "\nbody")).contains(MessageFlaw.TOO_MANY_HEADER_FIELDS);
    }

    @Test
    void doesNotCountTheBodyAsHeader() {
        assertThat(scan("From: a\n\n" + repeat(1000, "X-#: y\n"))).isEmpty();
    }

    @Test
    void refusesAHeaderThatIsTooLarge() {
        assertThat(scan("Subject: x\n"
                        + repeat(30, " 0123456789012345678901234567890123456789012345678901234567890123\n")))
                .contains(MessageFlaw.HEADER_TOO_LARGE);
    }

    @Test
    void seesALoop() {
        assertThat(scan(repeat(3, "ReCeIvEd: from x\n by y\n"))).isEmpty();
        assertThat(scan(repeat(4, "ReCeIvEd: from x\n by y\n"))).contains(MessageFlaw.LOOP);
    }

    @Test
    void doesNotCountReceivedFieldsOfAnEnclosedMessage() {
        assertThat(scan("Content-Type: message/rfc822\n\n" + repeat(5, "Received: from x\n") + "\nhello"))
                .isEmpty();
    }

    @Test
    void refusesPartsThatAreNestedTooDeep() {
        assertThat(scan(nested(5))).isEmpty();
        assertThat(scan(nested(6))).contains(MessageFlaw.TOO_DEEP);
    }

    @Test
    void countsEnclosedMessagesAsNesting() {
        assertThat(scan(repeat(6, "Content-Type: message/rfc822\n\n"))).contains(MessageFlaw.TOO_DEEP);
    }

    @Test
    void knowsThatPartsOfADigestAreMessages() {
        assertThat(scan(repeat(3, "Content-Type: multipart/digest; boundary=b#\n\n--b#\n\n")))
                .contains(MessageFlaw.TOO_DEEP);
    }

    @Test
    void seesPartsWhoseHeaderHasNoEmptyLine() {
        assertThat(scan("Content-Type: multipart/mixed; boundary=b\n\n" + repeat(21, "--b\nX: y\n")))
                .contains(MessageFlaw.TOO_MANY_PARTS);
    }

    @Test
    void comesBackUpWhenAPartIsClosed() {
        String pair = "--b\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\nx\n--c--\n";
        assertThat(scan("Content-Type: multipart/mixed; boundary=b\n\n" + repeat(9, pair) + "--b--\n"))
                .isEmpty();
    }

    @Test
    void refusesTooManyParts() {
        assertThat(scan("Content-Type: multipart/mixed; boundary=b\n\n" + repeat(21, "--b\n\nx\n")))
                .contains(MessageFlaw.TOO_MANY_PARTS);
    }

    @Test
    void readsABoundaryHoweverItIsWritten() {
        for (String value : new String[] {
            "multipart/mixed; boundary=b",
            "multipart/mixed;charset=\"a;b\"; BOUNDARY=\"b\"",
            "multipart/mixed; boundary = \"\\b\" ; x=y"
        }) {
            assertThat(ContentTypeField.parse(value).boundary())
                    .as(value)
                    .hasValueSatisfying(b ->
                            assertThat(b).asString(StandardCharsets.ISO_8859_1).isEqualTo("b"));
        }
    }
}
