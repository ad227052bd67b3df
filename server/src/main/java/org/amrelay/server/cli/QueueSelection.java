// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.amrelay.server.admin.QueueQuestion;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which deliveries: one, those of a mail, those that fit, or all. */
final class QueueSelection {
    @Parameters(arity = "0..1", paramLabel = "ID|MAIL", description = "number of a delivery, or name of a mail")
    private Optional<String> one = Optional.empty();

    @Option(
            names = "--sender",
            paramLabel = "TEXT",
            description = "part of the sender's address; =ADDRESS: the whole address")
    private Optional<String> sender = Optional.empty();

    @Option(
            names = "--recipient",
            paramLabel = "TEXT",
            description = "part of a recipient's address; =ADDRESS: the whole address")
    private Optional<String> recipient = Optional.empty();

    @Option(names = "--domain", paramLabel = "DOMAIN", description = "domain of a recipient")
    private Optional<String> domain = Optional.empty();

    @Option(names = "--account", paramLabel = "NAME", description = "account that submitted the mail")
    private Optional<String> account = Optional.empty();

    @Option(names = "--next-hop", paramLabel = "HOP", description = "mx:domain, host:name:port or route:name")
    private Optional<String> nextHop = Optional.empty();

    @Option(names = "--older-than", paramLabel = "TIME", description = "accepted longer ago, such as 30m, 4h or 2d")
    private Optional<String> olderThan = Optional.empty();

    @Option(names = "--reply", paramLabel = "TEXT", description = "part of the last reply")
    private Optional<String> reply = Optional.empty();

    @Option(
            names = "--held",
            arity = "0..1",
            fallbackValue = "true",
            description = "only held ones, or with =false only others")
    private Optional<Boolean> held = Optional.empty();

    @Option(names = "--all", description = "everything that waits")
    private boolean all;

    boolean saysNothing() {
        return !all && question().equals(QueueQuestion.all());
    }

    QueueQuestion question() {
        Optional<QueueQuestion> named = one.map(QueueQuestion::of);
        return new QueueQuestion(
                named.map(QueueQuestion::delivery).orElse(OptionalLong.empty()),
                named.flatMap(QueueQuestion::mail),
                nextHop,
                sender,
                recipient,
                held,
                domain,
                account,
                olderThan.map(QueueSelection::ago),
                reply);
    }

    private static Instant ago(String text) {
        return Ages.ago(text, Clock.systemUTC().instant());
    }
}
