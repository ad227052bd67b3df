// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.Set;
import org.amrelay.mail.address.EmailAddress;
import org.junit.jupiter.api.Test;

class EnvelopeRecipientTest {
    private static final EmailAddress BOB = EmailAddress.of("bob@example.org");

    @Test
    void withoutNotifyTheSenderHearsOfFailuresAndDelaysOnly() {
        EnvelopeRecipient recipient = EnvelopeRecipient.of(BOB);
        assertThat(recipient.wants(Notify.FAILURE)).isTrue();
        assertThat(recipient.wants(Notify.DELAY)).isTrue();
        assertThat(recipient.wants(Notify.SUCCESS)).isFalse();
    }

    @Test
    void neverMeansNever() {
        EnvelopeRecipient recipient = new EnvelopeRecipient(BOB, Set.of(Notify.NEVER), Optional.empty());
        assertThat(recipient.wants(Notify.FAILURE)).isFalse();
    }

    @Test
    void neverStandsAlone() {
        assertThatThrownBy(() -> new EnvelopeRecipient(BOB, Set.of(Notify.NEVER, Notify.DELAY), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
