// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.content;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.message.MessageView;

/** Measures what the rules of a file cost for a plain text of 10 KB, warm; not a test. Argument: the file. */
public final class ContentMeasurement {
    private static final int ROUNDS = 5000;

    private ContentMeasurement() {}

    public static void main(String[] arguments) throws IOException {
        PrintStream out = System.out;
        String file = Files.readString(Path.of(arguments[0]));
        ContentFilter filter = new ContentFilter(
                ContentBook.of(ContentRuleFile.read(file, Map.of()), Set.of()),
                new DirectParts(),
                new NothingSensitive());
        byte[] message = ("From: ann@ours.example\r\nTo: bob@far.example\r\nSubject: words\r\n\r\n"
                        + "Words of a plain message, seventy letters in each of its lines, mostly.\r\n".repeat(142))
                .getBytes(StandardCharsets.US_ASCII);
        List<EmailAddress> recipient = List.of(EmailAddress.of("bob@far.example"));
        for (int round = 0; round < 6; round++) {
            for (boolean account : new boolean[] {false, true}) {
                MailFacts facts = RulesOf.facts(account, "ann@ours.example");
                MessageView parsed = MessageView.of(message);
                long begin = cpu();
                for (int i = 0; i < ROUNDS; i++) {
                    filter.decide(facts, MessageView.of(message), recipient);
                }
                long fresh = cpu() - begin;
                begin = cpu();
                for (int i = 0; i < ROUNDS; i++) {
                    filter.decide(facts, parsed, recipient);
                }
                out.printf(
                        "%s: %.1f us with the parse, %.1f us on a view that is parsed%n",
                        account ? "outbound" : "inbound", fresh / 1e3 / ROUNDS, (cpu() - begin) / 1e3 / ROUNDS);
            }
        }
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
