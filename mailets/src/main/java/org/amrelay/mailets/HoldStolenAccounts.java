// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import javax.inject.Inject;
import org.amrelay.authentication.containment.AccountWatch;
import org.amrelay.authentication.containment.Submission;
import org.amrelay.james.Action;
import org.amrelay.james.MailEnvelope;
import org.amrelay.james.RelayMailet;
import org.amrelay.james.SpamVerdict;
import org.amrelay.mail.address.Network;
import org.apache.mailet.Mail;

/**
 * Holds the mail of an account that suddenly sends what it never sends ({@code containment} in {@code conf/accounts.yaml}):
 * its password may be stolen. What is held waits until somebody says {@code amr account release} or {@code recall}.
 *
 * <p>Weighs the client's network, the numbers of recipients and of new ones, bounces and the points of a ScoreSpam before
 * it. Mail that no account submitted goes on. May block on the disk, for an account that has not sent for a while.
 */
public final class HoldStolenAccounts extends RelayMailet<HoldStolenAccounts.Settings> {
    /** No parameters: what the watch is to think is in {@code accounts.yaml}. */
    public record Settings() {}

    private final AccountWatch watch;
    private final Clock clock;

    @Inject
    public HoldStolenAccounts(AccountWatch watch, Clock clock) {
        this.watch = watch;
        this.clock = clock;
    }

    @Override
    protected Action decide(Mail mail, Settings settings) {
        return MailEnvelope.account(mail)
                .flatMap(account -> submission(mail).flatMap(what -> watch.judge(account, mail.getName(), what)))
                .<Action>map(held -> new Action.Hold(
                        AccountWatch.ITSELF,
                        held.account() + " is contained since " + held.since() + ": " + held.reason()))
                .orElseGet(() -> new Action.Continue("no account that is contained"));
    }

    private Optional<Submission> submission(Mail mail) {
        List<String> recipients =
                mail.getRecipients().stream().map(Object::toString).toList();
        OptionalDouble points = SpamVerdict.of(mail).map(SpamVerdict::score).stream()
                .mapToDouble(Double::doubleValue)
                .findFirst();
        return Optional.ofNullable(mail.getRemoteAddr())
                .flatMap(Network::literal)
                .map(client -> new Submission(
                        clock.instant(), Network.around(client, 24, 48), Optional.empty(), recipients, points));
    }
}
