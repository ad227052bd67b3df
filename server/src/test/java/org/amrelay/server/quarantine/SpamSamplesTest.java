// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.quarantine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.amrelay.filtering.quarantine.QuarantineReason;
import org.amrelay.filtering.quarantine.QuarantinedMail;
import org.amrelay.filtering.spam.evaluation.Corpus;
import org.amrelay.mail.address.ReversePath;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.server.home.Home;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpamSamplesTest {
    @TempDir
    private Path directory;

    private SpamSamples samples;

    @BeforeEach
    void noneYet() throws IOException {
        Home home = new Home(directory);
        Files.createDirectories(home.data());
        samples = new SpamSamples(home, 3);
    }

    private void learn(long number, String text, boolean spam) {
        QuarantinedMail mail = new QuarantinedMail(
                number,
                "m" + number,
                ReversePath.of("eve@far.example"),
                "Eve <eve@far.example>",
                "x",
                Optional.empty(),
                text.length(),
                new QuarantineReason("spam", "a test", "odd", OptionalDouble.of(13), "", true),
                "spam",
                "",
                "192.0.2.1",
                Instant.EPOCH,
                QuarantinedMail.NEVER,
                List.of(),
                "");
        samples.learn(mail, MessageContent.of(text.getBytes(StandardCharsets.US_ASCII)), spam);
    }

    /** As {@code amr spam train} reads them. */
    private List<String> kept(boolean spam) {
        List<String> texts = new ArrayList<>();
        try {
            Corpus.read(samples.folder(spam), (name, bytes) -> texts.add(new String(bytes, StandardCharsets.US_ASCII)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return texts;
    }

    @Test
    void keepsMessagesWhereTrainingReadsThem() {
        learn(1, "Subject: bad\r\n\r\nspam\r\n", true);
        learn(2, "Subject: good\r\n\r\nham\r\n", false);

        assertThat(kept(true)).containsExactly("Subject: bad\r\n\r\nspam\r\n");
        assertThat(kept(false)).containsExactly("Subject: good\r\n\r\nham\r\n");
    }

    @Test
    void whatWasSaidLastCounts() {
        learn(1, "Subject: x\r\n\r\n", true);
        learn(1, "Subject: x\r\n\r\n", true);
        assertThat(kept(true)).hasSize(1);

        learn(1, "Subject: x\r\n\r\n", false);
        assertThat(kept(true)).isEmpty();
        assertThat(kept(false)).hasSize(1);
    }

    @Test
    void theMailThatCameFirstGoesFirst() {
        for (long number : new long[] {10, 9, 100, 11}) {
            learn(number, "Subject: " + number + "\r\n\r\n", true);
        }
        assertThat(kept(true)).containsExactly("Subject: 10\r\n\r\n", "Subject: 11\r\n\r\n", "Subject: 100\r\n\r\n");
    }

    @Test
    void keepsTheBeginningOfLongMessages() {
        learn(1, "Subject: long\r\n\r\n" + "x".repeat(2 * SpamSamples.LONGEST), true);
        assertThat(kept(true).get(0)).hasSize(SpamSamples.LONGEST).startsWith("Subject: long");
    }

    @Test
    void onlyTheOwnerReadsThem() throws IOException {
        learn(1, "Subject: x\r\n\r\n", true);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(samples.folder(true))))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(samples.folder(true))) {
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(files.findFirst().orElseThrow())))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void aPlaceThatCannotBeWrittenDoesNotUndoADecision() throws IOException {
        Files.createFile(directory.resolve("data").resolve("samples"));
        assertThatCode(() -> learn(1, "Subject: x\r\n\r\n", true)).doesNotThrowAnyException();
    }
}
