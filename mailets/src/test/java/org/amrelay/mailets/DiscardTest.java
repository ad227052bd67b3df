// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.amrelay.james.Action;
import org.amrelay.mail.recipient.RecipientState;
import org.apache.mailet.Mail;
import org.apache.mailet.base.test.FakeMail;
import org.apache.mailet.base.test.FakeMailContext;
import org.apache.mailet.base.test.FakeMailetConfig;
import org.junit.jupiter.api.Test;

class DiscardTest {
    private final Discard mailet = new Discard();

    @Test
    void endsTheMailByTheRulesName() throws Exception {
        Mail mail = FakeMail.builder()
                .name("mail-1")
                .state("transport")
                .recipient("bob@relay.example")
                .build();
        mailet.init(config("test mail").build());
        assertThat(mailet.decide(mail, new Discard.Settings("test mail")))
                .isEqualTo(new Action.End(RecipientState.DISCARDED, "test mail", "discarded by a rule"));
        mailet.service(mail);
        assertThat(mail.getState()).isEqualTo(Mail.GHOST);
    }

    @Test
    void needsARuleThatExplainsIt() {
        assertThatThrownBy(() -> mailet.init(config(" ").build())).hasMessage("Discard: 'rule' is empty");
        assertThatThrownBy(() -> mailet.init(
                        FakeMailetConfig.builder().mailetName("Discard").build()))
                .hasMessageStartingWith("Discard: 'rule' is missing");
    }

    private static FakeMailetConfig.Builder config(String rule) {
        return FakeMailetConfig.builder()
                .mailetName("Discard")
                .mailetContext(FakeMailContext.defaultContext())
                .setProperty("rule", rule);
    }
}
