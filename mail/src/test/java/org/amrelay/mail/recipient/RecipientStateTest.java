// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.recipient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecipientStateTest {
    @ParameterizedTest
    @EnumSource
    void aFinalStateIsNeverLeftAndAnOpenOneAlwaysCanBe(RecipientState state) {
        boolean canBeLeft = Arrays.stream(RecipientState.values()).anyMatch(state::mayBecome);
        // The one door out of a final state: somebody decides about what is in quarantine
        assertThat(canBeLeft).isEqualTo(!state.isFinal() || state == RecipientState.QUARANTINED);
    }

    @Test
    void whatLeavesTheQuarantineIsFinalAgain() {
        assertThat(RecipientState.values())
                .filteredOn(RecipientState.QUARANTINED::mayBecome)
                .containsExactlyInAnyOrder(RecipientState.DISCARDED, RecipientState.EXPANDED)
                .allMatch(RecipientState::isFinal);
    }

    @ParameterizedTest
    @EnumSource
    void theNumberInStorageReadsBack(RecipientState state) {
        assertThat(RecipientState.ofNumber(state.number())).isEqualTo(state);
    }

    @Test
    void numbersAreUnique() {
        Set<Integer> numbers = Arrays.stream(RecipientState.values())
                .map(RecipientState::number)
                .collect(Collectors.toSet());
        assertThat(numbers).hasSameSizeAs(RecipientState.values());
    }

    @Test
    void everyStateIsReachedFromAccepted() {
        Set<RecipientState> reached = new HashSet<>(Set.of(RecipientState.ACCEPTED));
        for (int round = 0; round < RecipientState.values().length; round++) {
            for (RecipientState from : Set.copyOf(reached)) {
                Arrays.stream(RecipientState.values()).filter(from::mayBecome).forEach(reached::add);
            }
        }
        assertThat(reached).containsExactlyInAnyOrder(RecipientState.values());
    }

    @Test
    void anUnknownNumberIsRefusedByName() {
        assertThatThrownBy(() -> RecipientState.ofNumber(99)).hasMessageContaining("99");
    }
}
