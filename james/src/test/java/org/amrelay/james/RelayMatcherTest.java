// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collection;
import org.amrelay.mail.settings.Parameter;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.apache.mailet.base.test.FakeMail;
import org.apache.mailet.base.test.FakeMailContext;
import org.apache.mailet.base.test.FakeMatcherConfig;
import org.junit.jupiter.api.Test;

class RelayMatcherTest {
    public record Settings(
            @Parameter(description = "score", min = 0) int score) {}

    static final class ScoreAbove extends RelayMatcher<Settings> {
        @Override
        protected Collection<MailAddress> matching(Mail mail, Settings settings) {
            if (settings.score() > 100) {
                throw new IllegalStateException("no scanner");
            }
            return all(mail, settings.score() > 5);
        }
    }

    private final FakeMailContext context = FakeMailContext.defaultContext();
    private final ScoreAbove matcher = new ScoreAbove();

    @Test
    void answersForTheMailAsAWhole() throws Exception {
        assertThat(matching("6", mail())).hasSize(1);
        assertThat(matching("5", mail())).isEmpty();
    }

    @Test
    void takesTheMailOutOfTheProcessorAndTriesLaterWhenItCannotAnswer() throws Exception {
        Mail mail = mail();
        assertThat(matching("101", mail)).isEmpty();
        assertThat(mail.getState()).isEqualTo(Mail.GHOST);
        assertThat(context.getSentMails())
                .singleElement()
                .extracting(FakeMailContext.SentMail::getState)
                .isEqualTo("transport");
    }

    @Test
    void refusesABadCondition() {
        assertThatThrownBy(() -> matching("many", mail()))
                .hasMessage("ScoreAbove: 'score': 'many' is not a whole number");
    }

    private Collection<MailAddress> matching(String condition, Mail mail) throws Exception {
        matcher.init(FakeMatcherConfig.builder()
                .matcherName("ScoreAbove")
                .condition(condition)
                .mailetContext(context)
                .build());
        return matcher.match(mail);
    }

    private static Mail mail() throws Exception {
        return FakeMail.builder()
                .name("mail-1")
                .state("transport")
                .recipient("bob@relay.example")
                .build();
    }
}
