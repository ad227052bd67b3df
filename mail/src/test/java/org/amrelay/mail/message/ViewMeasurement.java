// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.message;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Measures what a view costs; not a test. Run by {@code benchmarks/message/run.sh}.
 *
 * <p>Prints CPU time for the whole view of one message, everything asked for, after warming up; with {@code large} as argument
 * the time and heap of messages that are meant to hurt, each once and cold.
 */
public final class ViewMeasurement {
    private static final int ROUNDS = 3000;
    private static final int SIZE = 25 * 1024 * 1024;

    private ViewMeasurement() {}

    public static void main(String[] arguments) {
        PrintStream out = System.out;
        if (arguments.length > 0 && arguments[0].equals("large")) {
            large(out);
        } else {
            warm(out);
        }
    }

    private static void warm(PrintStream out) {
        byte[] message = alternative(10 * 1024);
        out.printf("multipart/alternative of %,d bytes%n", message.length);
        for (int round = 0; round < 6; round++) {
            long begin = cpu();
            long sum = 0;
            for (int i = 0; i < ROUNDS; i++) {
                sum += everything(MessageView.of(message));
            }
            long all = cpu() - begin;
            begin = cpu();
            for (int i = 0; i < ROUNDS; i++) {
                sum += MessageView.of(message).parts().size();
            }
            long parts = cpu() - begin;
            begin = cpu();
            for (int i = 0; i < ROUNDS; i++) {
                sum += MessageView.of(message).text().length();
            }
            long text = cpu() - begin;
            out.printf(
                    "everything %.0f us, structure %.0f us, structure and text %.0f us CPU (%d)%n",
                    all / 1e3 / ROUNDS, parts / 1e3 / ROUNDS, text / 1e3 / ROUNDS, sum % 10);
        }
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** Asks for all that there is. */
    static long everything(MessageView view) {
        long sum = view.text().length()
                + view.hiddenText().length()
                + view.links().size()
                + view.flaws().size();
        for (MessagePart part : view.parts()) {
            sum += part.size()
                    + part.sha256().length()
                    + part.trueType().length()
                    + part.names().size();
        }
        sum += view.header().from().size()
                + view.header().received().size()
                + view.header().subject().length();
        return sum;
    }

    private static void large(PrintStream out) {
        Map<String, Supplier<byte[]>> messages = new LinkedHashMap<>();
        String html = "Content-Type: text/html\r\n\r\n";
        String mixed = "Content-Type: multipart/mixed; boundary=b\r\n\r\n";
        messages.put("warm-up", () -> alternative(100_000));
        messages.put("base64 attachment", ViewMeasurement::attachment);
        messages.put("plain text", () -> filled("Subject: x\r\n\r\n", "See http://a.example/b now. ", SIZE));
        messages.put("html of links", () -> filled(html, "<a href=http://a.example/>b</a>", SIZE));
        messages.put("html of open tags", () -> filled(html, "<b>", SIZE));
        messages.put("html of open fonts", () -> filled(html, "<font color=red style='color:#fff'><p>", SIZE));
        messages.put("100,000 links", () -> filled(html, "<a href=http://a.example/>b</a>", 3_100_000));
        messages.put("text of dots", () -> filled("Subject: x\r\n\r\n", "a.b.", SIZE));
        messages.put("empty parts", () -> filled(mixed, "--b\r\n\r\n", SIZE));
        messages.put("dashes", () -> filled(mixed, "--c\r\n", SIZE));
        messages.put("empty lines", () -> filled(mixed, "\n", SIZE));
        messages.put("one header line", () -> filled("Subject: ", "x", SIZE));
        messages.put("encoded words", () -> filled("Subject: ", "=?utf-8?q?a\r\n ", SIZE));
        messages.put("addresses", () -> filled("From: ", "\"a\" <a@b.example>,\r\n ", SIZE));
        messages.put("header fields", () -> filled("", "A: b\r\n", SIZE));
        messages.put("one line", () -> filled("Subject: x\r\n\r\n", "x", SIZE));
        messages.put("nested", () -> filled("", "Content-Type: message/rfc822\r\n\r\n", SIZE));
        messages.put("uuencode", () -> filled("Subject: x\r\n\r\nbegin 644 a.bin\r\n", "M9&%T80``````````\r\n", SIZE));
        messages.put("uuencoded files", () -> filled("Subject: x\r\n\r\n", "begin 644 a\n#0V%T\n`\nend\n", SIZE));
        messages.forEach((name, supplier) -> measure(out, name, supplier.get()));
    }

    private static void measure(PrintStream out, String name, byte[] message) {
        System.gc();
        long heap = used();
        long begin = System.nanoTime();
        long processor = cpu();
        MessageView view = MessageView.of(message);
        everything(view);
        long took = System.nanoTime() - begin;
        processor = cpu() - processor;
        System.gc();
        out.printf(
                "%-20s %,12d bytes %,6d ms, %,6d ms CPU, %,6d KB held, %d parts, %d links, %d flaws%n",
                name,
                message.length,
                took / 1_000_000,
                processor / 1_000_000,
                (used() - heap) / 1024,
                view.parts().size(),
                view.links().size(),
                view.flaws().size());
    }

    private static byte[] filled(String start, String piece, int size) {
        byte[] message = new byte[size];
        byte[] first = bytes(start);
        byte[] next = bytes(piece);
        System.arraycopy(first, 0, message, 0, first.length);
        for (int at = first.length; at < size; at += next.length) {
            System.arraycopy(next, 0, message, at, Math.min(next.length, size - at));
        }
        return message;
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] attachment() {
        byte[] message = filled(
                "From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nhello\r\n--b\r\n"
                        + "Content-Type: application/octet-stream; name=a.bin\r\nContent-Transfer-Encoding: base64\r\n\r\n",
                "\r\n",
                SIZE);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        Random random = new Random(1);
        for (int i = 300; i < SIZE; i++) {
            message[i] = (byte) (i % 78 == 0 ? '\r' : i % 78 == 1 ? '\n' : alphabet.charAt(random.nextInt(64)));
        }
        return message;
    }

    /** What shops send: a text, and HTML with tables, styles, links and images. */
    static byte[] alternative(int size) {
        StringBuilder text = new StringBuilder("""
                Received: from mail.shop.example (mail.shop.example [192.0.2.7])
                 by mx.relay.example with ESMTPS id 1234567890 for <bob@relay.example>;
                 Wed, 25 Nov 2026 07:00:01 +0000
                DKIM-Signature: v=1; a=rsa-sha256; d=shop.example; s=k1; h=from:to:subject:date:message-id;
                 bh=frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY=; b=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g
                From: =?utf-8?Q?The_Sh=C3=B6p?= <news@shop.example>
                To: Bob <bob@relay.example>
                Subject: =?utf-8?B?WW91ciBvcmRlciBpcyBvbiBpdHMgd2F5?=
                Date: Wed, 25 Nov 2026 07:00:00 +0000
                Message-ID: <abc@shop.example>
                MIME-Version: 1.0
                List-Unsubscribe: <https://shop.example/u?x=1>
                Content-Type: multipart/alternative; boundary="=_b"

                --=_b
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: quoted-printable

                """);
        int row = 0;
        while (text.length() < size * 3 / 10) {
            text.append("Item ")
                    .append(row++)
                    .append(": a very nice thing, =E2=82=AC 12.50, see https://shop.example/item/")
                    .append(row)
                    .append("\n");
        }
        text.append("\n--=_b\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n<html><head>")
                .append(
                        "<title>Your order</title><style>.a{color:#333;font-size:14px}.b{display:none}</style></head><body ")
                .append("bgcolor=\"#f4f4f4\"><div class=\"b\">Preheader</div><table width=\"600\">\n");
        while (text.length() < size) {
            text.append(
                            "<tr><td style=\"padding:8px;color:#222222;background:#ffffff\" class=\"a\"><a href=\"https://shop.example/item/")
                    .append(row++)
                    .append(
                            "?utm=mail&amp;x=1\"><img src=\"https://cdn.shop.example/i.png\" width=\"80\" height=\"80\" ")
                    .append(
                            "alt=\"\"></a></td><td><p>A very nice thing &mdash; &euro; 12.50<br>only today</p></td></tr>\n");
        }
        text.append("</table></body></html>\n--=_b--\n");
        return bytes(text.toString().replace("\n", "\r\n"));
    }
}
