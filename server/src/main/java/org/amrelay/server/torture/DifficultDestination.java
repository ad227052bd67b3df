// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.torture;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.server.destination.Answer;
import org.amrelay.server.destination.DestinationBehaviour;
import org.amrelay.server.destination.ReceivedMessage;

/**
 * Answers as the recipient's {@link RecipientKind} says, and compares every message with what was sent.
 *
 * <p>Safe for several threads.
 */
final class DifficultDestination implements DestinationBehaviour {
    private final Set<EmailAddress> triedBefore = ConcurrentHashMap.newKeySet();
    private final AtomicLong damaged = new AtomicLong();

    @Override
    public Answer onRecipient(EmailAddress recipient) {
        return switch (RecipientKind.of(recipient).orElse(RecipientKind.PLAIN)) {
            case REFUSED -> Answer.say("550 5.1.1 no such user here");
            case LATER -> triedBefore.add(recipient) ? Answer.say("450 4.2.1 come back later") : Answer.accept();
            case PLAIN, VANISHING -> Answer.accept();
        };
    }

    @Override
    public Answer onMessage(ReceivedMessage message) {
        if (!message.sender().isNull() && !isWhole(message)) {
            damaged.incrementAndGet();
        }
        boolean vanish = message.recipients().stream()
                .filter(recipient -> RecipientKind.of(recipient)
                        .filter(kind -> kind == RecipientKind.VANISHING)
                        .isPresent())
                .anyMatch(triedBefore::add);
        return vanish ? Answer.takeAndVanish() : Answer.accept();
    }

    private static boolean isWhole(ReceivedMessage message) {
        String[] mark = message.header(TortureMail.MARK).orElse("").split(" ", -1);
        return mark.length == 2
                && mark[1].length() < 7
                && mark[1].chars().allMatch(c -> c >= '0' && c <= '9')
                && message.recipients().stream()
                        .allMatch(r -> TortureMail.idIn(r).equals(mark[0]))
                && message.body().equals(TortureMail.body(mark[0], Integer.parseInt(mark[1])));
    }

    /** Messages that were not octet for octet what the client sent, or went to somebody else. */
    long damaged() {
        return damaged.get();
    }
}
