// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.content;

import static org.amrelay.filtering.content.RulesOf.decide;
import static org.amrelay.filtering.content.RulesOf.facts;
import static org.amrelay.filtering.content.RulesOf.filter;
import static org.amrelay.filtering.content.RulesOf.message;
import static org.amrelay.filtering.content.RulesOf.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.amrelay.filtering.attachments.Inspection;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.message.MessageView;
import org.amrelay.mail.settings.InvalidSettingsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentFilterTest {
    private static final String CARD = "4111111111111111";
    private static final MessageView MAIL = message(
            "From: Ann <ann@ours.example>",
            "To: bob@far.example",
            "Subject: The secret plan",
            "X-Mailer: Bulk v12",
            "MIME-Version: 1.0",
            "Content-Type: multipart/mixed; boundary=b",
            "",
            "--b",
            "Content-Type: text/plain",
            "",
            "Pay with " + CARD + " or " + CARD + ", this is Confidential.",
            "--b",
            "Content-Type: application/octet-stream; name=\"invoice-2026.pdf.exe\"",
            "Content-Transfer-Encoding: base64",
            "",
            "TVqQAAMAAAAEAAAA//8AALgAAAA=",
            "--b--");

    private static List<ContentHit> hits(ContentFilter filter, boolean fromAccount, String recipient) {
        return decide(filter, facts(fromAccount, "ann@ours.example"), MAIL, recipient)
                .get(0)
                .hits();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{sender: [ann@ours.example]}",
                "{sender: [\"@ours.example\"]}",
                "{sender-domains: [ours.example]}",
                "{author: [ann@ours.example]}",
                "{recipient: [BOB@far.example]}",
                "{recipient-domains: [\"*.example\"]}",
                "{direction: [outbound]}",
                "{header: [{name: x-mailer}]}",
                "{header: [{name: X-Mailer, contains: [BULK], matches: \"v[0-9]+\"}]}",
                "{larger-than: 100B}",
                "{attachment: {name: [\"*.exe\"]}}",
                "{attachment: {type: [\"application/*\"], trait: [executable], larger-than: 10B}}",
                "{attachment: {trait: [double-extension]}}",
                "{text: {words: [secret plan]}}",
                "{text: {in: [body], words: [confidential]}}",
                "{text: {in: [body], patterns: [\"4[0-9]{15}\"], count: 2}}",
                "{sensitive: {types: [card], count: 2, confidence: 80}}",
                "{authentication: [spf=fail]}",
                "{spam-score-above: 6}",
                "{protection: [none]}",
                "{time: {days: [wednesday], from: \"23:00\", to: \"06:00\"}}",
                "{time: {days: [thursday], zone: Europe/Berlin}}",
                "{any: [{larger-than: 10MB}, {direction: [outbound]}]}",
                "{all: [{direction: [outbound]}, {not: {larger-than: 10MB}}]}"
            })
    void aConditionThatHoldsHits(String condition) {
        assertThat(hits(when(condition), true, "bob@far.example")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{sender: [eve@ours.example]}",
                "{sender: [\"<>\"]}",
                "{author: [\"@far.example\"]}",
                "{recipient: [\"@ours.example\"]}",
                "{direction: [inbound, internal]}",
                "{header: [{name: X-Other}]}",
                "{header: [{name: X-Mailer}, {name: X-Other}]}",
                "{header: [{name: X-Mailer, contains: [bulk], matches: \"v[a-z]+\"}]}",
                "{larger-than: 1MB}",
                "{attachment: {name: [\"*.exe\"], type: [image/png]}}",
                "{attachment: {sha256: [0000000000000000000000000000000000000000000000000000000000000000]}}",
                "{text: {words: [ecret]}}",
                "{text: {words: [confidential], in: [subject]}}",
                "{text: {words: [confidential], in: [body], count: 2}}",
                "{sensitive: {types: [card], confidence: 81}}",
                "{sensitive: {types: [iban]}}",
                "{authentication: [spf=pass, dkim=fail]}",
                "{spam-score-above: 6.5}",
                "{protection: [signed, encrypted]}",
                "{time: {days: [thursday], from: \"23:00\", to: \"06:00\"}}",
                "{any: [{larger-than: 10MB}, {direction: [internal]}]}",
                "{not: {direction: [outbound]}}"
            })
    void aConditionThatDoesNotHoldDoesNot(String condition) {
        assertThat(hits(when(condition), true, "bob@far.example")).isEmpty();
    }

    @Test
    void saysWhereItFoundWhatAndShowsNothingOfIt() {
        assertThat(hits(when("{text: {in: [body], patterns: [\"4[0-9]{15}\"], count: 2}}"), true, "bob@far.example"))
                .containsExactly(
                        new ContentHit("rule", RuleMode.ENFORCE, "1.1", 9, "################"),
                        new ContentHit("rule", RuleMode.ENFORCE, "1.1", 29, "################"));
        assertThat(hits(when("{attachment: {trait: [executable]}}"), true, "bob@far.example"))
                .containsExactly(
                        new ContentHit("rule", RuleMode.ENFORCE, "1.2", -1, "invoice-####.pdf.exe (executable)"));
        assertThat(hits(when("{text: {in: [body], words: [confidential]}}"), true, "bob@far.example"))
                .extracting(ContentHit::evidence)
                .containsExactly("cxxxxxxxxxxl");
    }

    @Test
    void anExceptionBeatsTheRule() {
        ContentFilter filter = filter(
                "groups: {board: [\"@ours.example\"]}",
                "rules:",
                "  - name: one",
                "    when: {direction: [outbound]}",
                "    except: [{larger-than: 1GB}, {sender: [\"group:board\"]}]");
        assertThat(hits(filter, true, "bob@far.example")).isEmpty();
    }

    @Test
    void rulesAreAskedByPriorityUntilOneStops() {
        ContentFilter filter = filter(
                "rules:",
                "  - {name: late, priority: 50, then: {quarantine: true}}",
                "  - {name: tag, priority: 1, then: {subject-tag: \"[X]\", score: 1.5}}",
                "  - {name: more, priority: 2, then: {score: 2, require-tls: true, copy: [archive@ours.example]}}",
                "  - {name: end, priority: 3, then: {reject: no}}");
        ContentDecision decision = decide(filter, facts(true, "a@ours.example"), MAIL, "b@far.example")
                .get(0);
        assertThat(decision.hits()).extracting(ContentHit::rule).containsExactly("tag", "more", "end");
        assertThat(decision.orders().ending()).contains(new Ending.Reject("end", "no"));
        assertThat(decision.orders().score()).isEqualTo(3.5);
        assertThat(decision.orders().requireTls()).isTrue();
        assertThat(decision.orders().copy()).containsExactly(EmailAddress.of("archive@ours.example"));
    }

    @Test
    void auditIsSeenAndDoesNothingAndTestIsSeenInRehearsalOnly() {
        ContentFilter filter = filter(
                "rules:",
                "  - {name: audited, mode: audit, then: {reject: no}}",
                "  - {name: tested, mode: test, then: {reject: no}}",
                "  - {name: enforced, then: {hold: true}}");
        ContentDecision decision = decide(filter, facts(true, "a@ours.example"), MAIL, "b@far.example")
                .get(0);
        assertThat(decision.hits()).extracting(ContentHit::rule).containsExactly("audited", "enforced");
        assertThat(decision.orders().ending()).contains(new Ending.Hold("enforced"));
        List<ContentHit> seen = new ArrayList<>();
        decide(filter.rehearsing(seen::addAll), facts(true, "a@ours.example"), MAIL, "b@far.example");
        assertThat(seen).extracting(ContentHit::rule).containsExactly("audited", "tested", "enforced");
        assertThat(filter.refusesInSession()).isFalse();
    }

    @Test
    void recipientsForWhomTheSameIsDoneStayTogether() {
        ContentFilter filter = filter(
                "rules:",
                "  - {name: out, when: {direction: [outbound]}, then: {subject-tag: \"[OUT]\"}}",
                "  - {name: seen, mode: audit, when: {recipient: [bob@far.example]}}");
        List<ContentDecision> decisions = decide(
                filter, facts(true, "a@ours.example"), MAIL, "b@ours.example", "bob@far.example", "eve@far.example");
        assertThat(decisions)
                .extracting(ContentDecision::recipients)
                .containsExactly(
                        List.of(EmailAddress.of("b@ours.example")),
                        List.of(EmailAddress.of("bob@far.example"), EmailAddress.of("eve@far.example")));
        assertThat(decisions.get(1).hits()).extracting(ContentHit::rule).containsExactly("out", "seen");
        assertThat(filter.mayDivide()).isTrue();
    }

    @Test
    void textIsLookedAtOnceForAllRulesAndRecipients() {
        RulesOf.Digits digits = new RulesOf.Digits();
        ContentBook book = RulesOf.book(
                "rules:",
                "  - {name: one, when: {direction: [outbound], sensitive: {types: [card], in: [body]}}}",
                "  - {name: two, when: {sensitive: {types: [card], in: [body], count: 2}}}");
        ContentFilter filter = new ContentFilter(book, new DirectParts(), digits);
        decide(filter, facts(true, "a@ours.example"), MAIL, "b@far.example", "c@far.example", "d@ours.example");
        assertThat(digits.asked).isEqualTo(1);
    }

    @Test
    void nothingIsReadForRulesAboutTheEnvelope() {
        MessageContent unreadable = new MessageContent() {
            @Override
            public InputStream open() throws IOException {
                throw new IOException("was opened");
            }

            @Override
            public long size() {
                return 10;
            }
        };
        ContentFilter filter = filter(
                "rules:",
                "  - {name: one, when: {direction: [internal], text: {words: [x]}, attachment: {trait: [y]}}}");
        assertThat(decide(filter, facts(true, "a@ours.example"), MessageView.of(unreadable), "b@far.example")
                        .get(0)
                        .hits())
                .isEmpty();
    }

    @Test
    void whatNobodyCouldLookIntoIsATrait() {
        ContentFilter filter = new ContentFilter(
                RulesOf.book("rules:", "  - {name: odd, when: {attachment: {trait: [unscannable]}}}"),
                view -> new Inspection(List.of(), List.of("1.2/bomb.zip")),
                new NothingSensitive());
        assertThat(decide(filter, facts(false, "a@far.example"), MAIL, "b@ours.example")
                        .get(0)
                        .hits())
                .containsExactly(new ContentHit("odd", RuleMode.ENFORCE, "1.2/bomb.zip", -1, "unscannable"));
    }

    @Test
    void whatHtmlHidesIsSeen() {
        MessageView html =
                message("Content-Type: text/html", "", "<p>Hello</p><p style=\"display:none\">" + CARD + "</p>");
        assertThat(decide(when("{sensitive: {types: [card]}}"), facts(true, "a@ours.example"), html, "b@far.example")
                        .get(0)
                        .hits())
                .isNotEmpty();
    }

    @Test
    void allMistakesAreSaidWithTheirLines() {
        assertThatThrownBy(() -> ContentBook.of(
                        ContentRuleFile.read(
                                String.join(
                                        "\n",
                                        "rules:",
                                        "  - name: one",
                                        "    when:",
                                        "      text: {patterns: [\"(\"]}",
                                        "  - name: one",
                                        "    when: {sender: [\"group:none\"]}",
                                        "  - name: three",
                                        "    when: {}",
                                        "    then:",
                                        "      reject: no",
                                        "      quarantine: true",
                                        "  - name: four",
                                        "    when: {sensitive: {types: [cart]}}",
                                        "  - name: five",
                                        "    when: {authentication: [spf], time: {from: noon}}",
                                        "    then: {set-header: {\"X Y\": z}}"),
                                Map.of()),
                        Set.of("card")))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("line 4: '(' is no RE2 pattern")
                .hasMessageContaining("line 5: there are two rules 'one'")
                .hasMessageContaining("line 6: there is no group 'none'")
                .hasMessageContaining("line 8: a condition asks for nothing")
                .hasMessageContaining("line 10: of reject, quarantine and hold a rule has one")
                .hasMessageContaining("line 13: 'types': [cart] is unknown, known are card")
                .hasMessageContaining("line 15: 'authentication': 'spf' is not like spf=fail")
                .hasMessageContaining("line 15: 'from' and 'to' are times")
                .hasMessageContaining("line 16: 'X Y' is no name of a header field");
    }

    @Test
    void whatIsWrittenWrongInTheFileIsSaidWithItsLine() {
        assertThatThrownBy(() -> ContentRuleFile.read(
                        "groups:\n  g: [nobody]\nrules:\n  - name: one\n    then: {tell: [x], rejct: no}\n", Map.of()))
                .hasMessageContaining("line 2: 'groups.g': 'nobody' is no address such as")
                .hasMessageContaining("line 5: 'rejct' is unknown, did you mean 'reject'?")
                .hasMessageContaining("line 5: 'tell': 'x'");
    }
}
