// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.spam;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.amrelay.filtering.spam.learning.LearnedMemory;
import org.amrelay.filtering.spam.learning.LearnedTables;
import org.amrelay.filtering.spam.learning.WeightTable;
import org.amrelay.filtering.spam.rules.Hit;
import org.amrelay.filtering.spam.rules.RuleFile;
import org.amrelay.filtering.spam.specimen.KnownOrigin;
import org.amrelay.filtering.spam.specimen.Specimen;
import org.amrelay.mail.MovableClock;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.message.MessageView;
import org.junit.jupiter.api.Test;

class SpamTeacherTest {
    private static final String LETTER = """
            From: Lamps and more <news@lamps.example>
            To: bob@relay.example
            Subject: NUMBER new lamps for your garden
            Date: Wed, 25 Nov 2026 09:59:00 +0000
            Message-ID: <NUMBER@lamps.example>

            Dear gardener number NUMBER, winter is near and the evenings are dark. Our new lamps light every path in
            your garden for NUMBER hours and need no wire at all, because the sun fills them by day. Order
            three of them this week and we send you the fourth without asking for more money than the third.
            """;
    private static final String OTHER = """
            From: Carol <carol@friends.example>
            To: bob@relay.example
            Subject: minutes
            Date: Wed, 25 Nov 2026 09:59:00 +0000
            Message-ID: <1@friends.example>

            Hello Bob, here are the minutes of our meeting on Tuesday. We agreed that the budget of the library stays as
            it is, that Anna asks the carpenter about the shelves, and that we meet again in January. Did I forget
            anything that the others should know before the next time?
            """;

    private final MovableClock clock = new MovableClock("2026-11-25T10:00:00Z");
    private final MapMemory memory = new MapMemory();
    private LearnedTables tables = new LearnedTables(memory, clock);
    private RuleScorer scorer = scorer();
    private SpamTeacher teacher = new SpamTeacher(scorer, tables, clock);

    private RuleScorer scorer() {
        return new RuleScorer(RuleFile.shipped(), WeightTable.shipped(), tables);
    }

    /** Keeps what it gets for the next start. */
    private static final class MapMemory implements LearnedMemory {
        private final Map<String, byte[]> kept = new HashMap<>();

        @Override
        public Set<String> names() {
            return new HashSet<>(kept.keySet());
        }

        @Override
        public Optional<byte[]> load(String name) {
            return Optional.ofNullable(kept.get(name));
        }

        @Override
        public void keep(String name, byte[] learned) {
            kept.put(name, learned);
        }
    }

    private static MessageView view(String text) {
        return MessageView.of(
                MessageContent.of(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8)), Specimen.limits());
    }

    private static String letter(int number) {
        return LETTER.replace("NUMBER", Integer.toString(number));
    }

    private KnownOrigin readBy(String account) {
        return new KnownOrigin(
                Optional.of("news@lamps.example"),
                Optional.empty(),
                "",
                Optional.empty(),
                false,
                account.isEmpty() ? Optional.empty() : Optional.of(account),
                Optional.of(Instant.parse("2026-11-25T10:00:00Z")));
    }

    private double score(String text, String reader) {
        return scorer.score(view(text), readBy(reader)).score();
    }

    private void teach(String text, boolean isSpam, String account) {
        assertThat(teacher.teach(
                        view(text), readBy(""), isSpam, account.isEmpty() ? Optional.empty() : Optional.of(account)))
                .isTrue();
    }

    @Test
    void givesMorePointsToWhatIsLikeReportedSpamAndHardlyMoreToOtherMail() {
        double before = score(letter(1), "");
        double other = score(OTHER, "");
        teach(letter(1), true, "");
        assertThat(score(letter(2), "")).isGreaterThan(before + 4);
        assertThat(score(OTHER, "")).isCloseTo(other, org.assertj.core.data.Offset.offset(0.7));
    }

    @Test
    void namesTheReasons() {
        teach(letter(1), true, "");
        assertThat(scorer.score(view(letter(2)), readBy("")).hits())
                .extracting(Hit::name)
                .contains("REPORTED", "LEARNED");
    }

    @Test
    void givesFewerPointsToWhatIsLikeWantedMail() {
        double before = score(letter(1), "");
        teach(letter(1), false, "");
        assertThat(score(letter(2), "")).isLessThan(before);
    }

    @Test
    void learnsMoreForTheAccountThatSaysSoThanForOthers() {
        teach(letter(1), true, "bob@relay.example");
        double others = score(letter(1), "carol@relay.example");
        assertThat(score(letter(1), "Bob@Relay.Example")).isGreaterThan(others + 0.5);
    }

    @Test
    void takesBackWhatWasSaidByMistake() {
        double before = score(letter(1), "");
        teach(letter(1), true, "");
        teach(letter(1), false, "");
        assertThat(score(letter(1), "")).isCloseTo(before, org.assertj.core.data.Offset.offset(1.5));
        assertThat(scorer.score(view(letter(1)), readBy("")).hits())
                .extracting(Hit::name)
                .doesNotContain("REPORTED");
    }

    @Test
    void remembersOverAStart() {
        teach(letter(1), true, "bob@relay.example");
        double taught = score(letter(2), "bob@relay.example");
        tables = new LearnedTables(memory, clock);
        scorer = scorer();
        assertThat(score(letter(2), "bob@relay.example")).isCloseTo(taught, org.assertj.core.data.Offset.offset(0.05));
        assertThat(tables.lessons()).isEqualTo(1);
    }

    @Test
    void forgetsWhatIsDamagedAndGoesOn() {
        teach(letter(1), true, "");
        memory.kept.replaceAll((name, bytes) -> new byte[] {1, 2, 3});
        tables = new LearnedTables(memory, clock);
        scorer = scorer();
        assertThat(tables.lessons()).isZero();
        assertThat(score(letter(1), "")).isFinite();
    }

    @Test
    void letsLessonsFade() {
        teach(letter(1), true, "");
        double fresh = score(letter(2), "");
        clock.advance(Duration.ofDays(400));
        teach(OTHER, false, "");
        assertThat(score(letter(2), "")).isLessThan(fresh - 3);
    }

    @Test
    void takesSoManyLessonsOfOneAccountADay() {
        MessageView view = view(letter(1));
        for (int i = 0; i < 200; i++) {
            assertThat(teacher.teach(view, readBy(""), true, Optional.of("eve@relay.example")))
                    .isTrue();
        }
        assertThat(teacher.teach(view, readBy(""), true, Optional.of("Eve@relay.example")))
                .isFalse();
        assertThat(teacher.teach(view, readBy(""), true, Optional.of("bob@relay.example")))
                .isTrue();
        clock.advance(Duration.ofDays(1));
        assertThat(teacher.teach(view, readBy(""), true, Optional.of("eve@relay.example")))
                .isTrue();
    }

    @Test
    void oneAccountDoesNotMakeSpamOfEverybodysMail() {
        double before = score(OTHER, "");
        for (int i = 0; i < 200; i++) {
            teacher.teach(view(OTHER), readBy(""), true, Optional.of("eve@relay.example"));
        }
        assertThat(score(
                        OTHER.replace("minutes", "plans")
                                .replace("library", "school")
                                .replace("carpenter", "painter"),
                        ""))
                .isLessThan(before + 10.5);
    }
}
