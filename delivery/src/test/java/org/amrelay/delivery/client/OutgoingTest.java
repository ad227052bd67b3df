// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.ReversePath;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.envelope.ReturnContent;
import org.amrelay.mail.message.MessageContent;
import org.junit.jupiter.api.Test;

class OutgoingTest {
    private static final List<EnvelopeRecipient> BOB = List.of(EnvelopeRecipient.of(EmailAddress.of("bob@a.example")));
    private static final List<EnvelopeRecipient> EVE = List.of(EnvelopeRecipient.of(EmailAddress.of("eve@a.example")));

    @Test
    void keepsAllWishesOfItsSenderInAnotherFormAndForOthers() {
        MessageContent other = MessageContent.of("other".getBytes(UTF_8));
        Outgoing message = new Outgoing(
                ReversePath.of("ann@b.example"),
                BOB,
                Optional.of("envid"),
                Optional.of(ReturnContent.HEADERS),
                MessageContent.of("one".getBytes(UTF_8)),
                true);
        assertThat(message.with(other))
                .usingRecursiveComparison()
                .ignoringFields("content")
                .isEqualTo(message);
        assertThat(message.with(other).content()).isSameAs(other);
        assertThat(message.to(EVE))
                .usingRecursiveComparison()
                .ignoringFields("recipients")
                .isEqualTo(message);
    }
}
