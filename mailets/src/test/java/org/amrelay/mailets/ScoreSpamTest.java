// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.Arrays;
import javax.mail.MessagingException;
import org.amrelay.filtering.spam.SpamScorer;
import org.amrelay.james.SpamVerdict;
import org.apache.james.core.builder.MimeMessageBuilder;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.apache.mailet.base.test.FakeMail;
import org.apache.mailet.base.test.FakeMailContext;
import org.apache.mailet.base.test.FakeMailetConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScoreSpamTest {
    private FakeMail mail;

    @BeforeEach
    void aMailIsOnItsWay() throws Exception {
        mail = FakeMail.builder()
                .name("mail-1")
                .state("root")
                .sender("a@far.example")
                .recipient("bob@relay.example")
                .mimeMessage(MimeMessageBuilder.mimeMessageBuilder()
                        .addHeader("X-Spam-Flag", "NO")
                        .addHeader("X-Spam-Level", "")
                        .addFrom("a@far.example")
                        .setSubject("YOU HAVE WON THE LOTTERY!!!")
                        .setText("Dear winner, claim your prize money of $1,000,000.00 now, act now!"))
                .build();
    }

    private void serve(String... settings) throws MessagingException {
        ScoreSpam mailet = new ScoreSpam(SpamScorer.shipped(), Clock.systemUTC());
        FakeMailetConfig.Builder config =
                FakeMailetConfig.builder().mailetName("ScoreSpam").mailetContext(FakeMailContext.defaultContext());
        Arrays.stream(settings).forEach(s -> config.setProperty(s.split("=")[0], s.split("=")[1]));
        mailet.init(config.build());
        mailet.service(mail);
    }

    @Test
    void writesThePointsInThePlaceOfWhatOthersWrote() throws Exception {
        serve();
        SpamVerdict verdict = SpamVerdict.of(mail).orElseThrow();
        assertThat(verdict.score()).isPositive();
        assertThat(mail.getMessage().getHeader("X-Spam-Flag")).containsExactly(verdict.isSpam() ? "YES" : "NO");
        assertThat(mail.getMessage().getHeader("X-Spam-Level")).isNull();
        assertThat(mail.getMessage().getHeader("X-Spam-Status")[0])
                .contains("score=", verdict.tests().get(0));
        assertThat(mail.getState()).isEqualTo("root");
    }

    @Test
    void leavesTheHeaderOfAccountsMailAlone() throws Exception {
        mail.setAttribute(new Attribute(Mail.SMTP_AUTH_USER, AttributeValue.of("ann@relay.example")));
        serve();
        assertThat(SpamVerdict.of(mail)).isPresent();
        assertThat(mail.getMessage().getHeader("X-Spam-Level")).containsExactly("");
    }

    @Test
    void onlyRemembersWhenToldSo() throws Exception {
        serve("header=false");
        assertThat(mail.getMessage().getHeader("X-Spam-Score")).isNull();
    }

    @Test
    void refusesAParameterThatItDoesNotKnow() {
        assertThatThrownBy(() -> serve("headers=x")).hasMessageContaining("header");
    }
}
