// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.reply;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyTest {
    @Test
    void readsTheEnhancedCodeAtTheStartOfTheText() {
        assertThat(EnhancedCode.atStartOf("5.1.10 null MX")).contains(new EnhancedCode(5, 1, 10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "5.1", "3.1.1 x", "5.1.1.1", "5.x.1", "5.1.1000", "5..1", "a.b.c", "5.1.1text"})
    void readsNothingWhereThereIsNoEnhancedCode(String text) {
        assertThat(EnhancedCode.atStartOf(text)).isEmpty();
    }

    @Test
    void printsInOneLine() {
        assertThat(Reply.of(550, "5.1.1", "no such user\nask the postmaster"))
                .hasToString("550 5.1.1 no such user ask the postmaster");
    }

    @Test
    void knowsTemporaryFromPermanent() {
        assertThat(Reply.of(451, "4.3.0", "later").isTemporary()).isTrue();
        assertThat(Reply.of(554, "5.7.1", "no").isPermanent()).isTrue();
        assertThat(Reply.of(250, "2.0.0", "ok").isPositive()).isTrue();
    }
}
