// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.bounce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Notices without fields, in the words of many programs and languages; a new one needs no Java. */
class WordedNoticesTest {
    private final BounceParser parser = new BounceParser();

    private record Case(String expected, String subject, String words) {}

    private static List<Case> cases() throws IOException {
        List<Case> cases = new ArrayList<>();
        try (InputStream in = WordedNoticesTest.class.getResourceAsStream("/bounce/notices.txt")) {
            String text = new String(in.readAllBytes(), UTF_8);
            for (String block : text.split("(?m)^====$", -1)) {
                String[] parts = block.replaceAll("(?m)^#.*\n", "").strip().split("\n", 3);
                if (parts.length == 3) {
                    cases.add(new Case(parts[0], parts[1], parts[2]));
                }
            }
        }
        return cases;
    }

    @TestFactory
    List<DynamicTest> readsThemInPlainTextAndInHtml() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Case each : cases()) {
            tests.add(DynamicTest.dynamicTest(each.expected() + " / " + each.subject(), () -> {
                check(each, "text/plain", each.words());
                String html =
                        each.words().replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br>\n");
                check(each, "text/html", "<html><head><title>x</title></head><body><p>" + html + "</p></body></html>");
            }));
        }
        assertThat(tests).hasSizeGreaterThan(70);
        return tests;
    }

    private void check(Case each, String type, String body) {
        boolean person = each.expected().startsWith("auto-reply");
        String message = String.join(
                "\r\n",
                person ? "Return-Path: <bob@target.example>" : "Return-Path: <>",
                person ? "From: Bob <bob@target.example>" : "From: Mail Delivery System <mailer-daemon@relay.example>",
                "To: alice@sender.example",
                "Subject: =?utf-8?B?"
                        + Base64.getEncoder().encodeToString(each.subject().getBytes(UTF_8)) + "?=",
                "Auto-Submitted: " + (person ? "auto-replied" : "auto-generated"),
                "MIME-Version: 1.0",
                "Content-Type: " + type + "; charset=utf-8",
                "",
                body,
                "");
        BounceResult result = parser.read(message.getBytes(UTF_8));
        String[] expected = each.expected().split(" ", 3);
        assertThat(result.kind()).isEqualTo(expected[0]);
        if (!expected[2].equals("*")) {
            assertThat(result.recipients())
                    .extracting(BouncedRecipient::address)
                    .containsExactly(expected[2]);
        }
        if (!expected[1].equals("*")) {
            assertThat(result.recipients().get(0).reason().category().word()).isEqualTo(expected[1]);
        }
    }
}
