// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.amrelay.mail.address.ReversePath;
import org.amrelay.mail.message.HeaderSection;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.reply.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorshipEvaluatorTest {
    private static final String ANN = "ann@ours.test";
    private static final Set<String> OWN = Set.of("ann@ours.test", "info@ours.test", "björn@ours.test", "@own.test");

    private final AuthorshipEvaluator evaluator =
            new AuthorshipEvaluator((account, address) -> Identity.of(address).stream()
                    .anyMatch(identity -> OWN.contains(identity.toString())
                            || OWN.contains(identity.wholeDomain().toString())));

    private AuthorshipResult message(String header) {
        return message(header, ReversePath.of(ANN), 1);
    }

    private AuthorshipResult message(String header, ReversePath sender, int recipients) {
        byte[] octets = (header.replace("\n", "\r\n") + "\r\n\r\nbody\r\n").getBytes(StandardCharsets.UTF_8);
        try {
            return evaluator.message(ANN, sender, HeaderSection.read(MessageContent.of(octets)), recipients);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "From: ann@ours.test",
                "from: Ann <ANN@Ours.Test>",
                "From: \"Boss, <boss@ours.test>\" <ann@ours.test>",
                "From: Ann (boss@ours.test) <ann@ours.test> (really)",
                "From: ann@ours.test, Info <info@ours.test>",
                "From: Team: ann@ours.test, info@ours.test;",
                "From: \"ann\"@ours.test",
                "From: anything@own.test\nSender: ann@ours.test",
                "From: =?utf-8?q?boss=40ours.test?= <ann@ours.test>",
                "From: Ann\n <ann@ours.test>",
                "From: björn@ours.test",
                "Subject: no author at all",
                "From: (a\\)b) ann@ours.test,,"
            })
    void acceptsAuthorsOfTheAccount(String header) {
        assertThat(message(header).refusal()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "From: boss@ours.test",
                "From: Ann <ann@ours.test>, boss@ours.test",
                "From: ann@ours.test\nSender: boss@ours.test",
                "From: ann@ours.test\nFrom: boss@ours.test",
                "From: ann@ours.test <boss@ours.test>",
                "From: <ann@ours.test> <boss@ours.test>",
                "From: <ann@ours.test> boss@ours.test",
                "From: ann@ours.test boss@ours.test",
                "From: <@ours.test:boss@ours.test>",
                "From: <ann@ours.test",
                "From: ann@ours.test:boss@ours.test",
                "From: \"ann@ours.test",
                "From: (ann@ours.test",
                "From: ann@ours.test@boss.test",
                "From: \"boss\\\"@ours.test\"@ours.test",
                "From: ann @ours.test",
                "From: boss@sub.own.test",
                "From: boss@[192.0.2.1]",
                "From: Ann",
                "From: ;",
                "From:",
                "From : boss@ours.test",
                "From: <<ann@ours.test>>",
                "From: ann@ours.test\nSender: ann@ours.test, info@ours.test"
            })
    void refusesForeignAndAmbiguousAuthors(String header) {
        assertThat(message(header).refusal())
                .hasValueSatisfying(reply -> assertThat(reply.toString()).startsWith("550 5.7.1 "));
    }

    @Test
    void saysWhatToDo() {
        assertThat(message("From: boss@ours.test").refusal())
                .map(Reply::text)
                .hasValue("ann@ours.test may not send as boss@ours.test in From; use your own address, or have the "
                        + "administrator grant this one to your account");
        assertThat(evaluator.sender(ANN, ReversePath.of("boss@ours.test")).refusal())
                .hasValueSatisfying(reply -> assertThat(reply.toString())
                        .startsWith("553 5.7.1 ann@ours.test may not send as boss@ours.test as envelope sender"));
        assertThat(evaluator.sender(ANN, ReversePath.of("info@ours.test")).refusal())
                .isEmpty();
    }

    @Test
    void showsNothingThatDoesNotFitAReply() {
        assertThat(message("From: " + "x".repeat(60) + "@" + "d".repeat(60) + ".test")
                        .refusal())
                .map(Reply::text)
                .hasValueSatisfying(text -> assertThat(text).contains("as that address"));
        assertThat(message("From: bøss@other.test").refusal())
                .map(Reply::text)
                .hasValueSatisfying(text -> assertThat(text).contains("as that address"));
    }

    @Test
    void takesTheNullSenderForAReceiptToOneRecipientOnly() {
        assertThat(evaluator.sender(ANN, ReversePath.nullSender()).refusal()).isEmpty();
        assertThat(message("From: ann@ours.test", ReversePath.nullSender(), 1).refusal())
                .isEmpty();
        assertThat(message("From: ann@ours.test", ReversePath.nullSender(), 2).refusal())
                .isPresent();
        assertThat(message("From: boss@ours.test", ReversePath.nullSender(), 1).refusal())
                .isPresent();
    }

    @Test
    void boundsTheNumberOfAuthorsAndTheDepthOfComments() {
        assertThat(message("From: " + "ann@ours.test,\n ".repeat(101) + "ann@ours.test")
                        .refusal())
                .isPresent();
        assertThat(message("From: " + "(".repeat(100_000)).refusal()).isPresent();
    }

    @Test
    void readsIdentities() {
        assertThat(Identity.parse(" You@Example.ORG ").map(Identity::toString)).hasValue("you@example.org");
        assertThat(Identity.parse("@Bücher.example").map(Identity::toString)).hasValue("@xn--bcher-kva.example");
        assertThat(Identity.parse("example.org")).isEmpty();
        assertThat(Identity.parse("@")).isEmpty();
        assertThat(Identity.parse("a b@example.org")).isEmpty();
        assertThat(Identity.parse("a@b@example.org")).isEmpty();
    }
}
