// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.attachments;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.amrelay.mail.message.MessageView;

/** Says how much CPU a message with one small PDF and one small document takes; run by hand. */
final class InspectionMeasurement {
    private static final int WARM = 20_000;
    private static final int ROUNDS = 10_000;

    private InspectionMeasurement() {}

    public static void main(String[] arguments) {
        StringBuilder pdf = new StringBuilder("%PDF-1.7\n");
        for (int i = 0; i < 200; i++) {
            pdf.append(i).append(" 0 obj <</Type /Page /Parent 1 0 R /Resources <</Font 3 0 R>> >> endobj\n");
        }
        StringBuilder document = new StringBuilder("<w:document>");
        for (int i = 0; i < 200; i++) {
            document.append("<w:p><w:r><w:t>line ").append(i).append(" of the contract</w:t></w:r></w:p>");
        }
        byte[] docx = Samples.docx(
                document.toString(), "word/styles.xml", "<w:style/>".repeat(2_000), "docProps/app.xml", "<x/>");
        String text = "From: a@example.org\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
                + part("a.pdf", Samples.bytes(pdf.toString())) + part("a.docx", docx) + "--x--\r\n";
        byte[] message = text.getBytes(StandardCharsets.US_ASCII);
        run(message, WARM);
        long micros = run(message, ROUNDS) / 1_000 / ROUNDS;
        System.out.println(message.length + " bytes, " + micros + " us CPU a message");
    }

    private static String part(String name, byte[] content) {
        return "--x\r\nContent-Type: application/octet-stream; name=" + name
                + "\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + Base64.getMimeEncoder().encodeToString(content) + "\r\n";
    }

    private static long run(byte[] message, int rounds) {
        DeepInspector inspector = DeepInspector.usual();
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        int found = 0;
        for (int i = 0; i < rounds; i++) {
            found += inspector.inspect(MessageView.of(message)).attachments().size();
        }
        if (found != 2 * rounds) {
            throw new IllegalStateException("found " + found);
        }
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
    }
}
