// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import static org.amrelay.storage.StorageContract.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.ReversePath;
import org.amrelay.mail.envelope.Envelope;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.envelope.Notify;
import org.amrelay.mail.envelope.ReturnContent;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.reply.Reply;
import org.amrelay.storage.mail.Origin;
import org.amrelay.storage.mail.StoredMail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredFormsTest {
    private static final MessageContent CONTENT = MessageContent.of(new byte[7]);

    private static final StoredMail FULL = new StoredMail(
            "näme",
            new Envelope(
                    ReversePath.nullSender(),
                    List.of(new EnvelopeRecipient(
                            EmailAddress.of("\"b ob\"@example.org"),
                            EnumSet.of(Notify.SUCCESS, Notify.DELAY),
                            Optional.of("rfc822;bob@example.org"))),
                    Optional.of("id"),
                    Optional.of(ReturnContent.HEADERS),
                    Optional.of("alice"),
                    true),
            CONTENT,
            "error",
            Optional.of("why\nnot"),
            Map.of("a", "x".repeat(100_000), "b", "\u0000ü\uD83D\uDCE7"),
            Origin.within(),
            NOW);

    @Test
    void readsAStoredMailAsItWasWritten() {
        assertThat(StoredMailCodec.read(StoredMailCodec.write(FULL), size -> CONTENT))
                .isEqualTo(FULL);
    }

    @Test
    void readsTheFormWithoutRequireTls() {
        byte[] now = StoredMailCodec.write(FULL);
        byte[] before = java.util.Arrays.copyOf(now, now.length - 1);
        before[0] = 1;
        StoredMail read = StoredMailCodec.read(before, size -> CONTENT);
        assertThat(read.envelope()).isEqualTo(FULL.envelope().withRequireTls(false));
        assertThat(read.attributes()).isEqualTo(FULL.attributes());
    }

    @Test
    void saysThatAStoredMailIsOfANewerVersion() {
        byte[] bytes = StoredMailCodec.write(FULL);
        bytes[0] = 9;

        assertThatThrownBy(() -> StoredMailCodec.read(bytes, size -> CONTENT)).hasMessageContaining("version 9");
    }

    @Test
    void saysThatAStoredMailIsCutOff() {
        byte[] bytes = java.util.Arrays.copyOf(StoredMailCodec.write(FULL), 200);

        assertThatThrownBy(() -> StoredMailCodec.read(bytes, size -> CONTENT)).hasMessageContaining("cut off");
    }

    @ParameterizedTest
    @ValueSource(strings = {"250 2.0.0 ok", "451 - later", "550 5.1.1 no\nsuch user", "221 - "})
    void readsAReplyAsItWasWritten(String text) {
        assertThat(ReplyText.of(ReplyText.read(text))).isEqualTo(text);
    }

    @Test
    void keepsAReplyThatOnlyLooksEnhanced() {
        Reply reply = new Reply(250, Optional.empty(), "2.0.0 is text here");

        assertThat(ReplyText.read(ReplyText.of(reply))).isEqualTo(reply);
    }

    @Test
    void readsNotifyAsItWasWritten() {
        for (Set<Notify> notify :
                List.of(Set.<Notify>of(), Set.of(Notify.NEVER), EnumSet.range(Notify.SUCCESS, Notify.DELAY))) {
            assertThat(NotifyBits.read(NotifyBits.of(notify))).isEqualTo(notify);
        }
    }

    @Test
    void ordersIdsLikeAnyPriorityQueue() {
        record Entry(long order, long id) {}
        var expected = new PriorityQueue<Entry>(
                java.util.Comparator.comparingLong(Entry::order).thenComparingLong(Entry::id));
        LongHeap heap = new LongHeap();
        Random random = new Random(4711);
        for (int i = 0; i < 20_000; i++) {
            if (random.nextInt(5) < 3 || expected.isEmpty()) {
                Entry entry = new Entry(random.nextInt(500), i);
                expected.add(entry);
                heap.add(entry.order(), entry.id());
            } else {
                Entry entry = expected.remove();
                assertThat(heap.firstOrder()).isEqualTo(entry.order());
                assertThat(heap.firstId()).isEqualTo(entry.id());
                heap.removeFirst();
            }
            assertThat(heap.size()).isEqualTo(expected.size());
        }
    }

    @Test
    void keepsOnlyTheFreshestWithinTheLimit() {
        Fresh<String> fresh = new Fresh<>(5_000);
        for (long id = 0; id < 4; id++) {
            fresh.put(id, "value " + id, 1_000);
        }

        assertThat(fresh.remove(1)).isEmpty();
        assertThat(fresh.remove(3)).contains("value 3");
        assertThat(fresh.remove(3)).isEmpty();
        fresh.put(9, "too heavy", 10_000);
        assertThat(fresh.remove(9)).isEmpty();
    }
}
