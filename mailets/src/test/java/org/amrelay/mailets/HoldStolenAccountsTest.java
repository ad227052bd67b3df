// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import javax.mail.MessagingException;
import org.amrelay.authentication.containment.AccountWatch;
import org.amrelay.authentication.containment.Contained;
import org.amrelay.authentication.containment.ContainmentSettings;
import org.amrelay.authentication.containment.ContainmentStore;
import org.amrelay.james.HeldMail;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.apache.mailet.base.test.FakeMail;
import org.apache.mailet.base.test.FakeMailContext;
import org.apache.mailet.base.test.FakeMailetConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HoldStolenAccountsTest {
    private static final Contained ANN =
            new Contained("ann@relay.example", Instant.EPOCH, "operator", "by order", "", true, false);

    private FakeMail mail;

    @BeforeEach
    void aMailIsOnItsWay() throws Exception {
        mail = FakeMail.builder()
                .name("mail-1")
                .state("root")
                .sender("ann@relay.example")
                .recipient("bob@far.example")
                .remoteAddr("192.0.2.1")
                .build();
    }

    private void serve(FakeMailetConfig.Builder config) throws MessagingException {
        AccountWatch watch =
                new AccountWatch(ContainmentSettings.USUAL, ContainmentStore.of(List.of(ANN)), Clock.systemUTC());
        HoldStolenAccounts mailet = new HoldStolenAccounts(watch, Clock.systemUTC());
        mailet.init(config.build());
        mailet.service(mail);
    }

    private static FakeMailetConfig.Builder config() {
        return FakeMailetConfig.builder()
                .mailetName("HoldStolenAccounts")
                .mailetContext(FakeMailContext.defaultContext());
    }

    private void submittedBy(String account) {
        mail.setAttribute(new Attribute(Mail.SMTP_AUTH_USER, AttributeValue.of(account)));
    }

    @Test
    void holdsTheMailOfAContainedAccountAndLetsItGoOnItsWay() throws Exception {
        submittedBy("Ann@relay.example");
        serve(config());
        assertThat(HeldMail.by(mail)).contains("containment");
        assertThat(mail.getState()).isEqualTo("root");
    }

    @Test
    void leavesTheMailOfOthersAlone() throws Exception {
        submittedBy("joe@relay.example");
        serve(config());
        assertThat(HeldMail.by(mail)).isEmpty();
    }

    @Test
    void leavesMailAloneThatNoAccountSubmitted() throws Exception {
        serve(config());
        assertThat(HeldMail.by(mail)).isEmpty();
    }

    @Test
    void refusesAParameter() {
        assertThatThrownBy(() -> serve(config().setProperty("sensitivity", "2")))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("sensitivity");
    }
}
