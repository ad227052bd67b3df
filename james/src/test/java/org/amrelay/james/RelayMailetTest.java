// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.mail.MessagingException;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.mail.settings.Parameter;
import org.amrelay.mail.settings.ProcessorName;
import org.apache.james.core.MailAddress;
import org.apache.mailet.DsnParameters;
import org.apache.mailet.Mail;
import org.apache.mailet.ProcessingState;
import org.apache.mailet.base.test.FakeMail;
import org.apache.mailet.base.test.FakeMailContext;
import org.apache.mailet.base.test.FakeMailetConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RelayMailetTest {
    public record Settings(
            @Parameter(description = "where to", defaultsTo = "rejected")
            ProcessorName rejectTo,

            @Parameter(description = "where to, maybe") Optional<ProcessorName> otherTo) {}

    interface Decision {
        Action about(Mail mail, Settings settings) throws Exception;
    }

    static final class Probe extends RelayMailet<Settings> {
        private final Decision decision;

        Probe(Decision decision) {
            this.decision = decision;
        }

        @Override
        protected Action decide(Mail mail, Settings settings) throws Exception {
            return decision.about(mail, settings);
        }
    }

    private static final EmailAddress BOB = EmailAddress.of("bob@relay.example");
    private static final EmailAddress CAROL = EmailAddress.of("carol@relay.example");

    private final FakeMailContext context = FakeMailContext.defaultContext();
    private final FakeMailetConfig.Builder config =
            FakeMailetConfig.builder().mailetName("Probe").mailetContext(context);
    private final List<String> fates = new ArrayList<>();
    private Mail mail;

    @BeforeEach
    void aMailIsOnItsWay() throws Exception {
        mail = FakeMail.builder()
                .name("mail-1")
                .state("transport")
                .sender("alice@relay.example")
                .recipients(BOB.toString(), CAROL.toString())
                .build();
    }

    @Test
    void continuesInTheSameProcessor() throws Exception {
        serve((mail, settings) -> new Action.Continue("nothing to do"));
        assertThat(mail.getState()).isEqualTo("transport");
    }

    @Test
    void goesToTheProcessorOfTheSettings() throws Exception {
        Probe probe = serve((mail, settings) -> new Action.GoTo(settings.rejectTo(), "bad"));
        assertThat(mail.getState()).isEqualTo("rejected");
        assertThat(probe.requiredProcessingState()).containsExactly(new ProcessingState("rejected"));
    }

    @Test
    void replacesRecipientsNotesItAndKeepsWhatTheSenderWantsToHear() throws Exception {
        DsnParameters.RecipientDsnParameters wanted =
                DsnParameters.RecipientDsnParameters.of(EnumSet.of(DsnParameters.Notify.SUCCESS));
        mail.setDsnParameters(DsnParameters.builder()
                .addRcptParameter(new MailAddress(BOB.toString()), wanted)
                .build()
                .orElseThrow());
        EmailAddress dave = EmailAddress.of("dave@example.org");
        serve((mail, settings) -> new Action.Change(Map.of(BOB, List.of(CAROL, dave)), "alias"));
        assertThat(mail.getRecipients())
                .containsExactly(new MailAddress("carol@relay.example"), new MailAddress("dave@example.org"));
        assertThat(mail.dsnParameters().orElseThrow().getRcptParameters())
                .containsEntry(new MailAddress("dave@example.org"), wanted);
        assertThat(fates)
                .containsExactly("bob@relay.example EXPANDED Probe: alias [carol@relay.example, dave@example.org]");
    }

    @Test
    void endsTheMailForEveryRecipientWithTheRulesName() throws Exception {
        serve((mail, settings) -> new Action.End(RecipientState.DISCARDED, "rule 7", "spam"));
        assertThat(mail.getState()).isEqualTo(Mail.GHOST);
        assertThat(fates)
                .containsExactly(
                        "bob@relay.example DISCARDED rule 7: spam []", "carol@relay.example DISCARDED rule 7: spam []");
    }

    @Test
    void putsTheMailBackIntoTheSpoolWhenAStockJamesCannotProcessIt() throws Exception {
        serve((mail, settings) -> {
            throw new IllegalStateException("a bug");
        });
        assertThat(mail.getState()).isEqualTo(Mail.GHOST);
        FakeMailContext.SentMail sent = context.getSentMails().get(0);
        assertThat(sent.getState()).isEqualTo("transport");
        assertThat(sent.getDelay()).contains(new FakeMailContext.Delay(15, java.util.concurrent.TimeUnit.SECONDS));
        assertThat(sent.getRecipients()).hasSize(2);
    }

    @Test
    void rollsBackWhereTheSpoolerKnowsHow() throws Exception {
        Probe probe = new Probe((mail, settings) -> new Action.TryLater("disk full"));
        probe.postponeBy(Postponement.rollBack());
        probe.init(config.build());
        assertThatThrownBy(() -> probe.service(mail))
                .isInstanceOf(TryLaterException.class)
                .hasMessage("mail-1: disk full");
    }

    @Test
    void refusesMisspeltParametersAndNamesTheRightOnes() {
        config.setProperty("rejecTo", "spam").setProperty("onMailetException", "ignore");
        assertThatThrownBy(() -> new Probe((mail, settings) -> new Action.Continue("")).init(config.build()))
                .isInstanceOf(MessagingException.class)
                .hasMessage("Probe: 'rejecTo' is unknown, did you mean 'rejectTo'?");
    }

    private Probe serve(Decision decision) throws Exception {
        Probe probe = new Probe(decision);
        probe.noteFatesIn(
                (mail, recipient, state, by, becomes) -> fates.add(recipient + " " + state + " " + by + " " + becomes));
        probe.init(config.build());
        probe.service(mail);
        return probe;
    }
}
