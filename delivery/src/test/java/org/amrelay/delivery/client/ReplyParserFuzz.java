// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.amrelay.mail.reply.Reply;

class ReplyParserFuzz {
    @Property(seed = "1", tries = 3000)
    void neverBreaksOnRandomBytes(@ForAll @Size(max = 200) byte[] bytes) {
        parse(bytes, bytes.length + 1);
    }

    @Property(seed = "1", tries = 3000)
    void neverBreaksOnNearReplies(@ForAll("nearReplies") String text, @ForAll @IntRange(min = 1, max = 7) int chunk) {
        byte[] bytes = text.getBytes(UTF_8);
        List<String> whole = parse(bytes, bytes.length + 1);
        assertThat(parse(bytes, chunk)).isEqualTo(whole);
        assertThat(whole).noneMatch(reply -> reply.chars().anyMatch(c -> c < ' ' || c == 127));
    }

    @Example
    void readsLinesAndCodes() {
        assertThat(parse("250-2.1.0 one\r\n250 2.1.0 two\r\n550 5.1.1 no\r\n354\r\n".getBytes(UTF_8), 3))
                .containsExactly("250 2.1.0 one two", "550 5.1.1 no", "354 ");
        // The class of the enhanced code contradicts the reply: only text
        assertThat(parse("550 2.0.0 odd\n".getBytes(UTF_8), 3)).containsExactly("550 2.0.0 odd");
        assertThat(parse("550-x\r\n551 y\r\n".getBytes(UTF_8), 30)).containsExactly("garbled");
    }

    @Provide
    Arbitrary<String> nearReplies() {
        return Arbitraries.of(
                        "250",
                        "250-",
                        "250 ",
                        "4",
                        "5.1.1 ",
                        "\r\n",
                        "\n",
                        "\r",
                        "550 5.7.1 no\r\n",
                        "é",
                        "\0",
                        "x",
                        "250-a\r\n")
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }

    private static List<String> parse(byte[] bytes, int chunk) {
        ReplyParser parser = new ReplyParser();
        List<String> replies = new ArrayList<>();
        ByteBuf in = Unpooled.buffer();
        try {
            for (int i = 0; i < bytes.length; i += chunk) {
                in.writeBytes(bytes, i, Math.min(chunk, bytes.length - i));
                for (Optional<Reply> next = parser.next(in); next.isPresent(); next = parser.next(in)) {
                    replies.add(next.get().toString());
                }
            }
        } catch (GarbledReplyException e) {
            replies.add("garbled");
        }
        return replies;
    }
}
