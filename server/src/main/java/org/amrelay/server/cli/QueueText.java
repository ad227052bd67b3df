// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Collectors;
import org.amrelay.server.admin.Answers;

/** What {@code amr queue} says, for people. */
final class QueueText {
    private final PrintWriter out;

    QueueText(PrintWriter out) {
        this.out = out;
    }

    void line(Answers.Queued entry) {
        out.printf(
                "%-6d %-24s %s -> %s via %s, %d attempts, %s%n",
                entry.id(),
                entry.mail(),
                Output.safe(entry.sender()),
                Output.safe(entry.recipients().stream()
                        .map(Answers.Recipient::address)
                        .collect(Collectors.joining(", "))),
                entry.nextHop(),
                entry.attempts(),
                when(entry));
    }

    private static String when(Answers.Queued entry) {
        if (!entry.cancelledAt().isEmpty()) {
            return "cancelled at " + entry.cancelledAt() + " (amr queue undo)";
        }
        return entry.held() ? held(entry) : entry.inAttempt() ? "now" : "next " + entry.dueAt();
    }

    private static String held(Answers.Queued entry) {
        boolean doubt = entry.recipients().stream().anyMatch(Answers.Recipient::inDoubt);
        return doubt ? "held, in doubt" : "held";
    }

    void delivery(Answers.Queued entry) {
        out.printf(
                "delivery %d of mail %s, %d bytes, via %s%n", entry.id(), entry.mail(), entry.size(), entry.nextHop());
        out.printf(
                "  from %s%s, accepted %s, given up %s%n",
                Output.safe(entry.sender()),
                entry.account().isEmpty() ? "" : " (account " + Output.safe(entry.account()) + ")",
                entry.acceptedAt(),
                entry.expiresAt());
        out.printf("  %d attempts, %s%n", entry.attempts(), when(entry));
        entry.recipients()
                .forEach(row -> out.printf(
                        "  to %s: %s%s%s %s%n",
                        Output.safe(row.address()),
                        row.state(),
                        row.by().isEmpty() ? "" : " by " + Output.safe(row.by()),
                        row.inDoubt() ? " (in doubt)" : "",
                        Output.safe(row.lastReply())));
    }

    void site(Answers.Site site) {
        out.printf("%s: %s%n", site.name(), Output.safe(site.why().isEmpty() ? "nothing slows it" : site.why()));
        out.printf(
                Locale.ROOT,
                "  %d wait for %d next hops, %d under way of %d at a time, %.1f a minute%s; %s%n",
                site.waiting(),
                site.lanes(),
                site.active(),
                site.concurrency(),
                site.deliveredPerSecond() * 60,
                site.ratePerSecond() > 0
                        ? String.format(Locale.ROOT, " of %.1f at most", site.ratePerSecond() * 60)
                        : "",
                drained(site));
        site.held()
                .forEach((party, until) ->
                        out.printf("  the mail of %s is kept back until %s%n", Output.safe(party), until));
        site.decisions().forEach(event -> out.printf("  %s  %s%n", event.at(), Output.safe(event.text())));
    }

    private static String drained(Answers.Site site) {
        if (site.waiting() == 0) {
            return "nothing waits";
        }
        if (site.drained().isEmpty()) {
            return "nothing has been delivered lately to tell how long it takes";
        }
        Duration left = Duration.between(Instant.parse(site.at()), Instant.parse(site.drained()));
        return "drained in about " + words(left);
    }

    private static String words(Duration left) {
        if (left.toMinutes() < 1) {
            return "a minute";
        }
        if (left.toHours() < 2) {
            return left.toMinutes() + " min";
        }
        return left.toDays() < 2 ? left.toHours() + " h " + left.toMinutesPart() + " min" : left.toDays() + " days";
    }

    void impact(String order, Answers.Impact impact) {
        out.printf(
                "%s would touch %d deliveries to %d recipients, %d bytes%n",
                order, impact.deliveries(), impact.recipients(), impact.bytes());
        impact.senders()
                .forEach(share -> out.printf(
                        "  %8d from %s%n",
                        share.deliveries(), share.name().isEmpty() ? "<>" : Output.safe(share.name())));
        impact.nextHops().forEach(share -> out.printf("  %8d via %s%n", share.deliveries(), share.name()));
    }
}
