// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class DotStuffingProperties {
    private static final UnpooledByteBufAllocator ALLOCATOR = UnpooledByteBufAllocator.DEFAULT;

    @Property(seed = "1")
    void aServerReadsWhatWasSent(@ForAll("messages") String message, @ForAll @IntRange(min = 1, max = 9) int chunk) {
        assertThat(unstuffed(encoded(message, chunk))).isEqualTo(message);
    }

    @Property(seed = "1")
    void nothingButTheEndLooksLikeTheEndToAnyServer(
            @ForAll("anything") String message, @ForAll @IntRange(min = 1, max = 9) int chunk) {
        String wire = encoded(message, chunk);
        assertThat(wire).matches("(?s)(|.*\r\n)\\.\r\n");
        String before = wire.substring(0, wire.length() - 3);
        assertThat(Pattern.compile("(^|[\r\n])\\.([\r\n]|$)").matcher(before).find())
                .isFalse();
        assertThat(Pattern.compile("\r(?!\n)|(?<!\r)\n").matcher(wire).find()).isFalse();
    }

    @Property(seed = "1")
    void theChunksDoNotMatter(@ForAll("anything") String message, @ForAll @IntRange(min = 1, max = 9) int chunk) {
        assertThat(encoded(message, chunk)).isEqualTo(encoded(message, 10_000));
    }

    @Example
    void doesNotCopyAChunkThatNeedsNoChange() {
        ByteBuf chunk = Unpooled.wrappedBuffer("Subject: x\r\n\r\nhello. \r\n".getBytes(ISO_8859_1));
        assertThat(new DotStuffing().encode(chunk, ALLOCATOR)).isSameAs(chunk);
    }

    @Provide
    Arbitrary<String> messages() {
        return Arbitraries.of(".", "..", "a", "b.c", "")
                .list()
                .ofMaxSize(20)
                .map(lines ->
                        String.join("", lines.stream().map(l -> l + "\r\n").toList()));
    }

    @Provide
    Arbitrary<String> anything() {
        return Arbitraries.of('.', '\r', '\n', 'a')
                .list()
                .ofMaxSize(40)
                .map(chars ->
                        String.join("", chars.stream().map(String::valueOf).toList()));
    }

    private static String encoded(String message, int chunkSize) {
        DotStuffing stuffing = new DotStuffing();
        StringBuilder wire = new StringBuilder();
        byte[] bytes = message.getBytes(ISO_8859_1);
        for (int i = 0; i < bytes.length; i += chunkSize) {
            ByteBuf chunk = Unpooled.wrappedBuffer(bytes, i, Math.min(chunkSize, bytes.length - i));
            wire.append(stuffing.encode(chunk, ALLOCATOR).toString(ISO_8859_1));
        }
        return wire.append(stuffing.end().toString(ISO_8859_1)).toString();
    }

    private static String unstuffed(String wire) {
        StringBuilder message = new StringBuilder();
        for (String line : List.of(wire.substring(0, wire.length() - 3).split("(?<=\r\n)"))) {
            message.append(line.startsWith(".") ? line.substring(1) : line);
        }
        return message.toString();
    }
}
