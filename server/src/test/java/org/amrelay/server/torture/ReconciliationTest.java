// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.server.torture.ClientBook.Entry;
import org.amrelay.server.torture.ClientBook.Outcome;
import org.amrelay.storage.ledger.RecipientTrace;
import org.junit.jupiter.api.Test;

class ReconciliationTest {
    private static final EmailAddress PLAIN = RecipientKind.PLAIN.address(0, "m1");
    private static final EmailAddress REFUSED = RecipientKind.REFUSED.address(0, "m1");
    private static final EmailAddress SENDER = TortureMail.senderOf("m1");

    private final Map<String, Entry> clients = new HashMap<>();
    private final Map<EmailAddress, Integer> copies = new HashMap<>();
    private final Map<EmailAddress, List<RecipientTrace>> rows = new HashMap<>();
    private final DoubtBook doubts = new DoubtBook();

    @Test
    void acceptsADeliveredRecipient() {
        told(Outcome.ACCEPTED, PLAIN);
        row(PLAIN, RecipientState.DELIVERED, false);
        copies.put(PLAIN, 1);
        assertThat(books().delivered()).isEqualTo(1);
        assertThat(books().findings()).isEmpty();
    }

    @Test
    void countsWhatTheLedgerHasForgottenAsLost() {
        told(Outcome.ACCEPTED, PLAIN);
        copies.put(PLAIN, 1);
        assertThat(books().lost()).isEqualTo(1);
    }

    @Test
    void countsWhatTheDestinationNeverGotAsLost() {
        told(Outcome.ACCEPTED, PLAIN);
        row(PLAIN, RecipientState.DELIVERED, false);
        assertThat(books().lost()).isEqualTo(1);
    }

    @Test
    void countsABounceOfAGoodRecipientAsLost() {
        told(Outcome.ACCEPTED, PLAIN);
        row(PLAIN, RecipientState.BOUNCED, false);
        assertThat(books().lost()).isEqualTo(1);
    }

    @Test
    void wantsANoticeForEachBounce() {
        told(Outcome.ACCEPTED, REFUSED);
        row(REFUSED, RecipientState.BOUNCED, false);
        assertThat(books().lost()).isEqualTo(1);
        copies.put(SENDER, 1);
        assertThat(books().lost()).isZero();
        assertThat(books().bounced()).isEqualTo(1);
    }

    @Test
    void wantsOneRowForEachRecipient() {
        told(Outcome.ACCEPTED, PLAIN);
        row(PLAIN, RecipientState.QUEUED, false);
        row(PLAIN, RecipientState.QUEUED, false);
        assertThat(books().lost()).isEqualTo(1);
    }

    @Test
    void leavesOpenWhetherMailInDoubtWasTaken() {
        told(Outcome.IN_DOUBT, PLAIN);
        assertThat(books().findings()).isEmpty();
        assertThat(books().taken()).isZero();
        row(PLAIN, RecipientState.QUEUED, false);
        assertThat(books().taken()).isEqualTo(1);
        assertThat(books().queued()).isEqualTo(1);
    }

    @Test
    void findsMailThatNobodyFinishedSending() {
        told(Outcome.NOT_SENT, PLAIN);
        copies.put(PLAIN, 1);
        assertThat(books().findings()).singleElement().asString().contains("no client had finished sending it");
    }

    @Test
    void findsMailThatWasRefusedAndKept() {
        told(Outcome.REFUSED, PLAIN);
        row(PLAIN, RecipientState.QUEUED, false);
        assertThat(books().findings()).singleElement().asString().contains("refused");
    }

    @Test
    void excusesNoSecondCopyWithoutADoubt() {
        told(Outcome.ACCEPTED, PLAIN);
        row(PLAIN, RecipientState.DELIVERED, false);
        copies.put(PLAIN, 2);
        assertThat(books().duplicated()).isEqualTo(1);
        assertThat(books().duplicatedInDoubt()).isZero();
        assertThat(books().findings()).hasSize(1);
    }

    @Test
    void excusesASecondCopyThatAKillMade() {
        told(Outcome.ACCEPTED, PLAIN);
        row(PLAIN, RecipientState.DELIVERED, false);
        doubts.afterKill(List.of(PLAIN), recipient -> 1);
        copies.put(PLAIN, 2);
        assertThat(books().duplicatedInDoubt()).isEqualTo(1);
        copies.put(PLAIN, 3);
        assertThat(books().duplicated()).isEqualTo(2);
        assertThat(books().duplicatedInDoubt()).isEqualTo(1);
    }

    @Test
    void excusesASecondCopyThatTheLedgerKnowsOf() {
        told(Outcome.ACCEPTED, PLAIN);
        row(PLAIN, RecipientState.DELIVERED, true);
        copies.put(PLAIN, 2);
        assertThat(books().findings()).isEmpty();
    }

    @Test
    void aKillExcusesNothingThatHadNotArrived() {
        assertThat(doubts.afterKill(List.of(PLAIN), recipient -> 0)).isZero();
        assertThat(doubts.afterKill(List.of(PLAIN), recipient -> 1)).isEqualTo(1);
        assertThat(doubts.afterKill(List.of(PLAIN), recipient -> 1)).isZero();
        assertThat(doubts.excusedFor(PLAIN)).isEqualTo(1);
    }

    private void told(Outcome outcome, EmailAddress recipient) {
        clients.put("m1", new Entry(outcome, List.of(recipient)));
    }

    private void row(EmailAddress address, RecipientState state, boolean inDoubt) {
        rows.computeIfAbsent(address, a -> new ArrayList<>())
                .add(new RecipientTrace(
                        1, address, state, Instant.EPOCH, "", Optional.empty(), "", "", inDoubt, OptionalLong.empty()));
    }

    private Reconciliation books() {
        return new Reconciliation(clients, copies, rows, doubts);
    }
}
