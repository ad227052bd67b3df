// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.mail.MessagingException;
import org.amrelay.authentication.results.AuthenticationResults;
import org.amrelay.authentication.results.AuthenticationResultsParser;
import org.amrelay.filtering.quarantine.AllowedSenders;
import org.amrelay.james.Jump;
import org.amrelay.james.KeptBack;
import org.amrelay.james.QuarantineMarks;
import org.amrelay.james.SpamVerdict;
import org.amrelay.james.Verdicts;
import org.amrelay.mail.address.EmailAddress;
import org.apache.james.core.builder.MimeMessageBuilder;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.apache.mailet.base.test.FakeMail;
import org.apache.mailet.base.test.FakeMailContext;
import org.apache.mailet.base.test.FakeMailetConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QuarantineTest {
    private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");
    private static final EmailAddress ANN = EmailAddress.of("ann@relay.example");
    private static final EmailAddress BOB = EmailAddress.of("bob@relay.example");

    private final List<KeptBack> kept = new ArrayList<>();
    private FakeMail mail;

    @BeforeEach
    void aMailIsOnItsWay() throws Exception {
        mail = FakeMail.builder()
                .name("mail-1")
                .state("quarantine")
                .sender("eve@far.example")
                .recipients("ann@relay.example", "bob@relay.example")
                .mimeMessage(MimeMessageBuilder.mimeMessageBuilder()
                        .addFrom("Friend@far.example")
                        .setSubject("x"))
                .build();
    }

    /** Ann likes her friend. */
    private static final class AnnsFriends implements AllowedSenders {
        @Override
        public void allow(EmailAddress recipient, EmailAddress sender, Instant at) {
            throw new UnsupportedOperationException("a mailet allows nobody");
        }

        @Override
        public boolean isAllowed(EmailAddress recipient, EmailAddress sender) {
            return recipient.equals(ANN) && sender.toString().equalsIgnoreCase("friend@far.example");
        }
    }

    private Quarantine mailet(String... settings) throws MessagingException {
        Quarantine mailet =
                new Quarantine((given, how) -> kept.add(how), new AnnsFriends(), Clock.fixed(NOW, ZoneOffset.UTC));
        FakeMailetConfig.Builder config =
                FakeMailetConfig.builder().mailetName("Quarantine").mailetContext(FakeMailContext.defaultContext());
        Arrays.stream(settings).forEach(s -> config.setProperty(s.split("=")[0], s.split("=")[1]));
        mailet.init(config.build());
        return mailet;
    }

    private void verdict(String dmarc) {
        AuthenticationResults results = AuthenticationResultsParser.parse(
                        "relay.example; dmarc=" + dmarc + " header.from=far.example")
                .fold(found -> found, why -> {
                    throw new AssertionError(why);
                });
        Verdicts.attach(results, mail);
    }

    @Test
    void keepsEverybodysCopyAndSaysWhoSentItHere() throws Exception {
        new Jump("root", 3, "All", "DmarcEnforce", "").attach(mail);
        mailet("retention=2d").service(mail);

        assertThat(mail.getState()).isEqualTo(Mail.GHOST);
        assertThat(kept).hasSize(1);
        assertThat(kept.get(0).recipients()).containsExactly(ANN, BOB);
        assertThat(kept.get(0).reason().kind()).isEqualTo("policy");
        assertThat(kept.get(0).reason().rule()).isEqualTo("DmarcEnforce");
        assertThat(kept.get(0).expiresAt()).isEqualTo(NOW.plus(Duration.ofDays(2)));
        assertThat(kept.get(0).tells()).isTrue();
    }

    @Test
    void takesTheScoreAlong() throws Exception {
        new SpamVerdict(7.5, 5, List.of()).attach(mail);
        mailet("reason=spam").service(mail);

        assertThat(kept.get(0).reason().score()).hasValue(7.5);
    }

    @Test
    void noDigestTellsOfADigest() throws Exception {
        mail.setAttribute(new Attribute(QuarantineMarks.DIGEST, AttributeValue.of(true)));
        mailet().service(mail);

        assertThat(kept.get(0).tells()).isFalse();
    }

    @Test
    void letsPassWhatWasReleasedForThatReason() throws Exception {
        mail.setAttribute(new Attribute(QuarantineMarks.RELEASED, AttributeValue.of("spam,policy")));
        mailet().service(mail);

        assertThat(kept).isEmpty();
        assertThat(mail.getState()).isEqualTo("quarantine");
        assertThat(QuarantineMarks.mayGoBack(mail)).isTrue();
    }

    @Test
    void keepsWhatWasReleasedForAnotherReasonAndWhatIsNotReleasable() throws Exception {
        mail.setAttribute(new Attribute(QuarantineMarks.RELEASED, AttributeValue.of("policy,virus")));
        mailet("reason=spam").service(mail);
        mail.setState("quarantine");
        mailet("reason=virus", "releasable=false").service(mail);

        assertThat(kept).hasSize(2);
        assertThat(kept.get(1).reason().releasable()).isFalse();
    }

    @Test
    void aSenderWhomARecipientAllowsPassesWhenDmarcProvesHim() throws Exception {
        verdict("pass");
        mailet("reason=spam").service(mail);

        assertThat(kept.get(0).recipients()).containsExactly(BOB);
        assertThat(mail.getRecipients()).extracting(Object::toString).containsExactly("ann@relay.example");
        assertThat(mail.getState()).isEqualTo("quarantine");
        assertThat(QuarantineMarks.mayGoBack(mail)).isTrue();
    }

    @Test
    void anUnprovenSenderAndAnotherReasonAreKeptFromEverybody() throws Exception {
        verdict("fail");
        mailet("reason=spam").service(mail);
        verdict("pass");
        mail.setState("quarantine");
        mailet("reason=policy").service(mail);

        assertThat(kept).hasSize(2).allMatch(each -> each.recipients().size() == 2);
    }

    @Test
    void refusesWordsThatAreNone() {
        assertThatThrownBy(() -> mailet("reason=Very Bad")).hasMessageContaining("'reason' is not a word");
        assertThatThrownBy(() -> mailet("retention=0s")).hasMessageContaining("'retention' is less than 1s");
        assertThatThrownBy(() -> mailet("notify=true")).hasMessageContaining("'notify' is unknown");
    }
}
