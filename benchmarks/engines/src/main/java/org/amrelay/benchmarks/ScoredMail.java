// SPDX-License-Identifier: Apache-2.0
package org.amrelay.benchmarks;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.amrelay.filtering.spam.SpamScore;
import org.amrelay.filtering.spam.SpamScorer;
import org.amrelay.filtering.spam.specimen.KnownOrigin;
import org.amrelay.filtering.spam.specimen.Specimen;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.message.MessageView;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Spam points of a message of 10 KB with all tests and the model, from its bytes to the score. */
@State(Scope.Benchmark)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx512m", "-XX:+UseSerialGC"})
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ScoredMail {
    private static final int SIZE = 10 * 1024;
    private static final String HEADER = """
            Received: from client.example (client.example [192.0.2.1]) by mx.relay.example; Wed, 25 Nov 2026 10:00:00 +0000
            From: Alice Example <alice@client.example>
            To: Bob <bob@relay.example>
            Subject: Notes of the meeting on Tuesday
            Date: Wed, 25 Nov 2026 10:00:00 +0000
            Message-ID: <20261125100000.4711@client.example>
            MIME-Version: 1.0
            """;

    /** Text, or text with an HTML alternative, links and images. */
    @Param({"text", "html"})
    public String kind = "text";

    private final SpamScorer scorer = SpamScorer.shipped();
    private MessageContent message = MessageContent.of(new byte[0]);
    private KnownOrigin origin = KnownOrigin.unknown();

    /** Words that differ, so that nothing is remembered. */
    @Setup
    public void prepare() {
        String lines = kind.equals("text") ? text() : html();
        message = MessageContent.of(lines.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
        origin = new KnownOrigin(
                Optional.of("alice@client.example"),
                Optional.of(client()),
                "client.example",
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.of(Instant.parse("2026-11-25T10:00:01Z")));
    }

    private static InetAddress client() {
        return Material.client();
    }

    private static String text() {
        return HEADER + "Content-Type: text/plain; charset=utf-8\n\n" + words(new Random(1), SIZE, "");
    }

    private static String html() {
        Random random = new Random(2);
        StringBuilder page = new StringBuilder("<html><body style=\"font-family: sans-serif\">\n");
        while (page.length() < SIZE * 6 / 10) {
            page.append("<p style=\"color:#222\">")
                    .append(words(random, 300, " "))
                    .append("</p>\n<a href=\"https://www.client.example/page/")
                    .append(random.nextInt(1_000))
                    .append("\">more about it</a> <img src=\"https://img.client.example/i.png\" width=\"40\">\n");
        }
        return HEADER + "Content-Type: multipart/alternative; boundary=\"=_b\"\n\n--=_b\nContent-Type: text/plain; "
                + "charset=utf-8\n\n" + words(random, SIZE * 3 / 10, "") + "\n--=_b\nContent-Type: text/html; charset=utf-8\n\n"
                + page + "</body></html>\n\n--=_b--\n";
    }

    private static String words(Random random, int size, String end) {
        StringBuilder text = new StringBuilder();
        while (text.length() < size) {
            int length = 2 + random.nextInt(9);
            for (int i = 0; i < length; i++) {
                text.append((char) ("etaoinshrdlucmfw".charAt(random.nextInt(16))));
            }
            text.append(random.nextInt(12) == 0 ? ".\n" : " ");
        }
        return text.append(end).toString();
    }

    @Benchmark
    public SpamScore score() {
        return scorer.score(MessageView.of(message, Specimen.limits()), origin);
    }

    /** Without tests and model: what it costs to read the message. */
    @Benchmark
    public Specimen read() {
        return Specimen.of(MessageView.of(message, Specimen.limits()), origin);
    }
}
