// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.spam;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.amrelay.filtering.spam.evaluation.Corpus;
import org.amrelay.filtering.spam.evaluation.Evaluation;
import org.amrelay.filtering.spam.learning.ModelFile;
import org.amrelay.filtering.spam.learning.WeightTable;
import org.amrelay.filtering.spam.rules.Hit;
import org.amrelay.filtering.spam.specimen.KnownOrigin;
import org.amrelay.filtering.spam.specimen.Specimen;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.message.MessageView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpamScorerTest {
    private static final SpamScorer SCORER = SpamScorer.shipped();

    private static SpamScore score(byte[] message) {
        return SCORER.score(MessageView.of(MessageContent.of(message), Specimen.limits()), KnownOrigin.unknown());
    }

    private static SpamScore score(String message) {
        return score(message.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void tellsAFortuneFromALetter() {
        SpamScore fortune =
                score("From: \"Mr. John Smith\" <john.smith.lawyer@gmail.com>\r\nReply-To: mr.smith@yahoo.com\r\n"
                        + "Subject: URGENT BUSINESS PROPOSAL\r\n\r\n"
                        + "Dear Friend,\r\nI am a barrister and attorney to a late client, next of kin to the sum of"
                        + " US$18,500,000.00 deposited in a bank. I need your assistance to transfer the funds, 100% risk free."
                        + " This transaction is strictly confidential. Send your full name, occupation, phone number and bank"
                        + " account number.\r\n");
        SpamScore letter = score("From: Ann <ann@example.org>\r\nTo: Bob <bob@example.com>\r\n"
                + "Date: Wed, 25 Nov 2026 09:00:00 +0000\r\nMessage-ID: <4711.abc@example.org>\r\n"
                + "In-Reply-To: <1@example.com>\r\nReferences: <1@example.com>\r\nSubject: Re: meeting\r\n\r\n"
                + "Hi Bob,\r\n\r\n> shall we meet on Friday?\r\n\r\nFriday at ten is fine for me.\r\n\r\nAnn\r\n");
        assertThat(fortune.isSpam()).isTrue();
        assertThat(letter.isSpam()).isFalse();
        assertThat(fortune.hits()).extracting(Hit::name).contains("ADVANCE_FEE");
        assertThat(fortune.score())
                .isCloseTo(
                        fortune.hits().stream().mapToDouble(Hit::weight).sum(),
                        org.assertj.core.data.Offset.offset(0.01));
    }

    @Property(seed = "1", tries = 300)
    void givesPointsToAnything(@ForAll byte[] bytes) {
        assertThat(score(bytes).score()).isFinite();
    }

    @Test
    void looksAtABoundedPartOfALargeMessage() {
        String large = "From: a@b.example\r\nContent-Type: text/html\r\n\r\n"
                + "<a href='http://x.example/'>click here</a> ".repeat(200_000);
        assertThat(score(large).score()).isFinite();
    }

    @Test
    void keepsAModelInAFile() throws IOException {
        WeightTable table = new WeightTable(WeightTable.GLOBAL_BITS);
        table.learn(new int[] {1 << 20, 1 << 25}, true, 0, 1);
        table.count(true);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ModelFile.write(table, out);
        WeightTable read = ModelFile.read(new ByteArrayInputStream(out.toByteArray()));
        assertThat(read.spam()).isEqualTo(1);
        assertThat(read.points(new int[] {1 << 20}))
                .isCloseTo(table.points(new int[] {1 << 20}), org.assertj.core.data.Offset.offset(0.05));
    }

    @Test
    void judgesScores() {
        Evaluation evaluation = Evaluation.of(new double[] {0, 1, 2, 3}, new double[] {2, 5, 6, 7}, 5);
        assertThat(evaluation.auc()).isEqualTo((2.5 + 4 + 4 + 4) / 16);
        assertThat(evaluation.recallAtThousandth()).isEqualTo(0.75);
        assertThat(evaluation.found()).isEqualTo(3);
        assertThat(evaluation.falsePositives()).isZero();
    }

    @Test
    void readsFoldersAndMailboxes(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("one.eml"), "Subject: one\n\nx\n");
        Files.writeString(
                folder.resolve("two.mbox"), "From a Mon\nSubject: two\n\nx\n\nFrom b Mon\nSubject: three\n\nx\n");
        List<String> read = new ArrayList<>();
        Corpus.read(
                folder,
                (name, bytes) -> read.add(new String(bytes, StandardCharsets.UTF_8)
                        .lines()
                        .findFirst()
                        .orElse("")));
        assertThat(read).containsExactly("Subject: one", "Subject: two", "Subject: three");
    }
}
