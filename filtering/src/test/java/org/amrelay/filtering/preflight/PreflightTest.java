// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.amrelay.mail.address.ReversePath;
import org.amrelay.mail.message.MessageView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreflightTest {
    private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
    private static final String GOOD = """
            From: Shop <news@shop.example>
            To: bob@far.example
            Subject: What is new in November
            Date: Wed, 25 Nov 2026 09:59:00 +0000
            Message-ID: <4711@shop.example>
            List-Unsubscribe: <https://shop.example/u/4711>, <mailto:u@shop.example>
            List-Unsubscribe-Post: List-Unsubscribe=One-Click
            MIME-Version: 1.0
            Content-Type: text/plain; charset=utf-8

            Three new lamps are in the shop.

            You do not want this any more? Unsubscribe: https://shop.example/u/4711
            """;

    private static List<Shortcoming> look(String message, SenderFacts facts) {
        return Preflight.of(MessageView.of(message.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8)), facts);
    }

    private static SenderFacts facts(String envelope, String... signers) {
        return new SenderFacts(
                envelope.isEmpty() ? ReversePath.nullSender() : ReversePath.of("news@" + envelope),
                Set.of(signers),
                0,
                5,
                NOW);
    }

    @Test
    void findsNothingInACampaignThatKeepsToTheRules() {
        assertThat(look(GOOD, facts("shop.example", "shop.example"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "From: Shop <news@shop.example>|From: a@shop.example, b@shop.example|one-author",
                "From: Shop <news@shop.example>|From: root@localhost|one-author",
                "From: Shop <news@shop.example>|X-From: none|one-author",
                "Message-ID: <4711@shop.example>|X-Id: 1|message-id",
                "Message-ID: <4711@shop.example>|Message-ID: 4711|message-id",
                "Message-ID: <4711@shop.example>|Message-ID: <47 11@shop.example>|message-id",
                "Date: Wed, 25 Nov 2026 09:59:00 +0000|X-Date: none|date",
                "Date: Wed, 25 Nov 2026 09:59:00 +0000|Date: tomorrow|date",
                "Date: Wed, 25 Nov 2026 09:59:00 +0000|Date: Wed, 11 Nov 2026 09:59:00 +0000|date",
                "Date: Wed, 25 Nov 2026 09:59:00 +0000|Date: Wed, 25 Nov 2026 12:59:00 +0000|date",
                "To: bob@far.example|To: bob@far.example\\nTo: eve@far.example|fields-once",
                "<https://shop.example/u/4711>, ||one-click",
                "List-Unsubscribe-Post: List-Unsubscribe=One-Click|X-Post: 1|one-click",
                "What is new|Re: What is new|honest-subject",
            })
    void namesWhatIsMissing(String there, String instead, String requirement) {
        String changed = GOOD.replace(there, instead == null ? "" : instead.replace("\\n", "\n"));
        assertThat(changed).isNotEqualTo(GOOD);
        assertThat(look(changed, facts("shop.example", "shop.example")))
                .extracting(each -> each.requirement().toString())
                .contains(requirement);
    }

    @Test
    void wantsBothWaysOfUnsubscribingAndALinkThatIsSeen() {
        String without = GOOD.replaceAll("List-Unsubscribe[^\n]*\n", "").replaceAll("You do not[^\n]*\n", "");
        assertThat(look(without, facts("shop.example")))
                .extracting(Shortcoming::requirement)
                .containsExactly(Requirement.LIST_UNSUBSCRIBE, Requirement.ONE_CLICK, Requirement.VISIBLE_UNSUBSCRIBE);
    }

    @ParameterizedTest
    @CsvSource({
        "shop.example, '', true",
        "bounce.shop.example, '', true",
        "esp.example, shop.example, true",
        "esp.example, mail.shop.example, true",
        "esp.example, esp.example, false",
        "'', '', false"
    })
    void wantsTheEnvelopeOrASignatureToBeOfTheAuthorsSite(String envelope, String signer, boolean aligned) {
        SenderFacts facts = signer.isEmpty() ? facts(envelope) : facts(envelope, signer);
        assertThat(look(GOOD, facts).stream().anyMatch(each -> each.requirement() == Requirement.ALIGNMENT))
                .isEqualTo(!aligned);
    }

    @Test
    void seesWhatReadersDoNotSeeAndWhereLinksLead() {
        String html = GOOD.replace("text/plain", "text/html")
                .replace(
                        "Three new lamps",
                        "<div style=\"display:none\">" + "words for the filter ".repeat(20)
                                + "</div><a href=\"https://evil.example/\">https://bank.example/</a> Three new lamps");
        assertThat(look(html, facts("shop.example")))
                .extracting(Shortcoming::requirement)
                .contains(Requirement.NOTHING_HIDDEN, Requirement.HONEST_LINKS);
    }

    @Test
    void wantsThePageToBeShownWhole() {
        String html = GOOD.replace("text/plain", "text/html")
                .replace(
                        "Three new",
                        "<p>" + "x".repeat(90) + "\n".repeat(1) + ("<p>" + "word ".repeat(15) + "</p>\n").repeat(1_400)
                                + "Three new");
        assertThat(look(html, facts("shop.example")))
                .extracting(Shortcoming::requirement)
                .contains(Requirement.SIZE_OF_PAGE);
    }

    @Test
    void passesOnThePointsOfOurOwnTests() {
        assertThat(look(GOOD, new SenderFacts(ReversePath.of("news@shop.example"), Set.of(), 6.2, 5, NOW)))
                .containsExactly(new Shortcoming(Requirement.SPAM_POINTS, "6.2 points of 5.0"));
    }

    @Test
    void saysOfEachRequirementWhatToDo() {
        assertThat(Requirement.values())
                .allSatisfy(each -> assertThat(each.advice()).isNotBlank().doesNotEndWith("."));
        assertThat(new Shortcoming(Requirement.DATE, "there is no Date").toString())
                .startsWith("date: there is no Date; write one Date");
    }
}
