// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.content;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.amrelay.authentication.results.AuthenticationResults;
import org.amrelay.authentication.results.AuthenticationResults.MethodResult;
import org.amrelay.filtering.sensitive.SensitiveFinder;
import org.amrelay.filtering.sensitive.SensitiveMatch;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.ReversePath;
import org.amrelay.mail.message.MessageView;

/** Rules, mails and facts for tests. */
final class RulesOf {
    private RulesOf() {}

    static ContentBook book(String... lines) {
        return ContentBook.of(ContentRuleFile.read(String.join("\n", lines), Map.of()), Set.of());
    }

    /** One rule with a condition in one line. */
    static ContentFilter when(String condition) {
        return new ContentFilter(book("rules:", "  - name: rule", "    when: " + condition), new DirectParts(), DIGITS);
    }

    static ContentFilter filter(String... lines) {
        return new ContentFilter(book(lines), new DirectParts(), DIGITS);
    }

    static MessageView message(String... lines) {
        return MessageView.of((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    static MailFacts facts(boolean fromAccount, String sender) {
        return new MailFacts(
                ReversePath.of(sender),
                fromAccount,
                "ours.example"::equals,
                Optional.of(new AuthenticationResults(
                        "relay.example",
                        List.of(MethodResult.of("spf", "fail", ""), MethodResult.of("dmarc", "pass", "")))),
                Optional.of(6.5),
                Instant.parse("2026-11-25T23:30:00Z"));
    }

    static List<ContentDecision> decide(ContentFilter filter, MailFacts facts, MessageView view, String... recipients) {
        return filter.decide(
                facts, view, Arrays.stream(recipients).map(EmailAddress::of).toList());
    }

    /** Finds runs of 16 digits, and counts how often it is asked. */
    static final class Digits implements SensitiveFinder {
        int asked;

        @Override
        public Set<String> types() {
            return Set.of("card");
        }

        @Override
        public List<SensitiveMatch> find(String text, Set<String> types) {
            asked++;
            List<SensitiveMatch> found = new ArrayList<>();
            int run = 0;
            for (int i = 0; i < text.length(); i++) {
                run = Character.isDigit(text.charAt(i)) ? run + 1 : 0;
                if (run == 16) {
                    found.add(new SensitiveMatch("card", i - 15, 16, 80, "################"));
                }
            }
            return found;
        }
    }

    private static final Digits DIGITS = new Digits();
}
