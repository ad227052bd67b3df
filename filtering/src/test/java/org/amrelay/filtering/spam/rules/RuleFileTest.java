// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.spam.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.amrelay.filtering.spam.specimen.KnownOrigin;
import org.amrelay.filtering.spam.specimen.Specimen;
import org.amrelay.mail.message.MessageView;
import org.junit.jupiter.api.Test;

class RuleFileTest {
    private static List<String> hits(RuleFile file, String message) {
        byte[] bytes = message.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        Specimen specimen = Specimen.of(MessageView.of(bytes), KnownOrigin.unknown());
        return file.rules().hits(specimen).stream().map(Hit::name).toList();
    }

    @Test
    void theShippedTestsAllHaveASentence() {
        assertThat(RuleFile.shipped().rules().rules())
                .hasSizeGreaterThan(60)
                .allSatisfy(rule -> assertThat(rule.describe()).isNotBlank());
    }

    @Test
    void aFortuneFromAFreeMailProviderIsSeen() {
        assertThat(
                        hits(
                                RuleFile.shipped(),
                                "From: Barrister <b@gmail.com>\nSubject: BUSINESS PROPOSAL\n\n"
                                        + "I need a foreign partner, the next of kin of my late client, for 25 million dollars: $25,000,000.\n"))
                .contains("ADVANCE_FEE", "SUBJECT_ALL_CAPS", "FREEMAIL_FORTUNE", "LARGE_SUM", "NO_MESSAGE_ID");
    }

    @Test
    void aMetaTestFollowsTheTestsItAsksFor() {
        RuleFile file = RuleFile.parse(
                "tests:\n"
                        + "  - {name: B, weight: 1, meta: '!A || (A && C)', describe: x}\n"
                        + "  - {name: A, weight: 1, phrases: [red apple], describe: x}\n"
                        + "  - {name: C, weight: 1, header: Subject, matches: '^fruit', describe: x}\n",
                "t.yaml");
        assertThat(hits(file, "Subject: fruit\n\na Red\n apple\n")).containsExactly("A", "C", "B");
        assertThat(hits(file, "Subject: other\n\na red apple\n")).containsExactly("A");
    }

    @Test
    void aDateIsComparedWithTheOldestHopAndNotWithOurOwn() {
        String fresh = "Date: Wed, 25 Nov 2026 09:00:00 +0000\nFrom: a@b.example\n\nx\n";
        String oldest = "Received: from a by b; Wed, 25 Nov 2026 09:00:05 +0000\n";
        String ours = "Received: from b by c; Mon, 30 Nov 2026 09:00:00 +0000\n";
        assertThat(hits(RuleFile.shipped(), ours + oldest + fresh)).doesNotContain("DATE_BEHIND");
        assertThat(hits(RuleFile.shipped(), ours + fresh)).contains("DATE_BEHIND");
    }

    @Test
    void aMistakeNamesFileLineAndColumn() {
        assertThatThrownBy(() -> RuleFile.parse("tests:\n  - {name: A, check: no-such, describe: x}\n", "t.yaml"))
                .isInstanceOf(RuleFile.Mistake.class)
                .hasMessageStartingWith("t.yaml line 2, column 5")
                .hasMessageContaining("no-such");
        assertThatThrownBy(() -> RuleFile.parse("tests:\n  - {name: A, meta: A, describe: x}\n", "t.yaml"))
                .hasMessageContaining("asks for [A]");
    }
}
