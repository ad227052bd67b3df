// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class FramingProperties {
    private record Decoded(String content, boolean ended, Optional<FramingViolation> violation, String rest) {}

    private static Decoded decode(String bytes, int piece) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DataDecoder decoder = new DataDecoder(new LineSink() {
            @Override
            public void text(byte[] b, int from, int to) {
                out.write(b, from, to - from);
            }

            @Override
            public void endOfLine() {
                out.write('\r');
                out.write('\n');
            }
        });
        byte[] in = bytes.getBytes(StandardCharsets.ISO_8859_1);
        int at = 0;
        while (at < in.length && !decoder.ended() && decoder.violation().isEmpty()) {
            at = decoder.feed(in, at, Math.min(in.length, at + piece));
        }
        String content = out.toString(StandardCharsets.ISO_8859_1);
        return new Decoded(content, decoder.ended(), decoder.violation(), bytes.substring(at));
    }

    @Provide
    Arbitrary<String> traffic() {
        return Arbitraries.of(
                        List.of("\r\n", "\r", "\n", ".", "..", "a", "text", "\0", "\u00ff", "\r\n.\r\n", "\r\n.."))
                .list()
                .ofMaxSize(30)
                .map(parts -> String.join("", parts));
    }

    @Property(seed = "1")
    void doesNotDependOnHowTheBytesAreCut(
            @ForAll("traffic") String bytes, @ForAll @IntRange(min = 1, max = 5) int piece) {
        assertThat(decode(bytes, piece)).isEqualTo(decode(bytes, Math.max(1, bytes.length())));
    }

    @Property(seed = "1")
    void readsBackWhatACorrectClientSends(@ForAll("lines") List<String> lines) {
        String content = String.join("\r\n", lines) + "\r\n";
        String stuffed = ("\r\n" + content).replace("\r\n.", "\r\n..").substring(2);
        assertThat(decode(stuffed + ".\r\nNOOP\r\n", 7))
                .isEqualTo(new Decoded(content, true, Optional.empty(), "NOOP\r\n"));
    }

    @Provide
    Arbitrary<List<String>> lines() {
        return Arbitraries.strings()
                .withChars('.', 'a', ' ', '\t', '\u00e4')
                .ofMaxLength(8)
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
    }

    @Property(seed = "1")
    void endsOnlyAtADotOnALineOfItsOwn(@ForAll("traffic") String bytes) {
        Decoded decoded = decode(bytes, 1000);
        if (decoded.ended()) {
            String taken =
                    "\r\n" + bytes.substring(0, bytes.length() - decoded.rest().length());
            assertThat(taken.indexOf("\r\n.\r\n")).isEqualTo(taken.length() - 5);
            assertThat(taken.replace("\r\n", "")).doesNotContain("\r", "\n", "\0");
        }
    }

    @Property(seed = "1")
    void cutsCommandsTheSameHoweverTheyArrive(
            @ForAll("traffic") String bytes, @ForAll @IntRange(min = 1, max = 5) int piece) {
        assertThat(commands(bytes, piece)).isEqualTo(commands(bytes, 10_000));
    }

    private static String commands(String bytes, int piece) {
        CommandFramer framer = new CommandFramer(12);
        StringBuilder seen = new StringBuilder();
        byte[] in = bytes.getBytes(StandardCharsets.ISO_8859_1);
        int at = 0;
        while (at < in.length && framer.violation().isEmpty()) {
            at = framer.feed(in, at, Math.min(in.length, at + piece), false);
            framer.line()
                    .ifPresent(line -> seen.append(new String(line, StandardCharsets.ISO_8859_1))
                            .append('|'));
        }
        return seen.append(framer.violation()).toString();
    }

    @Property(seed = "1")
    void readsAnyArgumentWithoutFailing(@ForAll String text) {
        PathArgument.parse("FROM", text);
        PathArgument.parse("TO", "TO:" + text);
        PathArgument.parse("TO", "TO:<" + text + ">");
        MailboxSyntax.parse(text);
        MailboxSyntax.parse(text + "@ours.test");
        Credentials.plain(text);
        assertThat(CommandSyntax.check(text.getBytes(StandardCharsets.UTF_8))).isNotNull();
    }
}
