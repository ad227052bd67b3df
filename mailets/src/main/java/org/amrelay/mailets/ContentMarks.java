// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.amrelay.filtering.content.ContentDecision;
import org.amrelay.filtering.content.ContentHit;
import org.amrelay.filtering.content.ContentOrders;
import org.amrelay.filtering.content.RuleMode;
import org.amrelay.james.ContentVerdict;
import org.amrelay.james.MailEnvelope;
import org.amrelay.james.SpamVerdict;
import org.amrelay.james.TraceNote;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;

/** What rules leave on a mail beside its message. Stateless. */
final class ContentMarks {
    private ContentMarks() {}

    static void leave(ContentDecision decision, ContentVerdict verdict, Mail mail) {
        ContentOrders orders = decision.orders();
        TraceNote.leave("content rules: " + verdict, mail);
        if (orders.requireTls()) {
            mail.setAttribute(new Attribute(MailEnvelope.REQUIRE_TLS, AttributeValue.of(true)));
        }
        if (orders.score() != 0) {
            Optional<SpamVerdict> before = SpamVerdict.of(mail);
            List<String> tests = new ArrayList<>(before.map(SpamVerdict::tests).orElse(List.of()));
            decision.hits().stream()
                    .filter(hit -> hit.mode() == RuleMode.ENFORCE)
                    .map(ContentHit::rule)
                    .distinct()
                    .forEach(tests::add);
            new SpamVerdict(
                            before.map(SpamVerdict::score).orElse(0.0) + orders.score(),
                            before.map(SpamVerdict::required).orElse(0.0),
                            tests)
                    .attach(mail);
        }
    }
}
