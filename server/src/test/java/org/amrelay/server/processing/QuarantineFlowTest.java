// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.processing;

import static org.amrelay.server.processing.SpoolerRig.BOB;
import static org.amrelay.server.processing.SpoolerRig.CAROL;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.amrelay.filtering.quarantine.AllowedSenders;
import org.amrelay.filtering.quarantine.QuarantineDecision;
import org.amrelay.filtering.quarantine.QuarantineFilter;
import org.amrelay.filtering.quarantine.QuarantinedMail;
import org.amrelay.filtering.quarantine.ReleaseManner;
import org.amrelay.james.RecipientFates;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.mailets.Quarantine;
import org.amrelay.server.TemporaryStorage;
import org.amrelay.server.queue.QuarantineIntake;
import org.amrelay.storage.RelayStorage;
import org.amrelay.storage.ledger.MailTrace;
import org.apache.james.transport.mailets.ToProcessor;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMailet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** From the line that takes a mail out to the line behind it. */
class QuarantineFlowTest {
    private static final ReleaseManner RESTART = new ReleaseManner(true, true);
    private static final String TO_QUARANTINE = "<mailet match='RecipientIs=bob@relay.example' class='ToProcessor'>"
            + "<processor>quarantine</processor></mailet>";
    private static final String QUARANTINE =
            "<processor state='quarantine'><mailet match='All' class='Quarantine'/></processor>";

    @RegisterExtension
    final TemporaryStorage temporary = new TemporaryStorage();

    private SpoolerRig rig;

    @BeforeEach
    void aSpool(RelayStorage storage) {
        rig = new SpoolerRig(storage)
                .mailet("ToProcessor", ToProcessor::new)
                .mailet("Count", CountMailet::new)
                .mailet("Quarantine", this::quarantine);
    }

    private Quarantine quarantine() {
        Quarantine mailet =
                new Quarantine(new QuarantineIntake(rig.openItems), AllowedSenders.nobody(), Clock.systemUTC());
        Guice.createInjector(binder -> binder.bind(RecipientFates.class).toInstance(rig.openItems))
                .injectMembers(mailet);
        return mailet;
    }

    /** Counts how often a mail comes by, in its attributes. */
    private static final class CountMailet extends GenericMailet {
        private static final AttributeName SEEN = AttributeName.of("test.seen");

        @Override
        public void service(Mail mail) {
            int before = mail.getAttribute(SEEN)
                    .flatMap(seen -> seen.getValue().valueAs(Integer.class))
                    .orElse(0);
            mail.setAttribute(new Attribute(SEEN, AttributeValue.of(before + 1)));
        }
    }

    private SpoolerRig configured(String root, String others) throws Exception {
        return rig.configure("<processor state='root'>" + root + "</processor>" + others);
    }

    private QuarantinedMail kept() {
        return rig.storage
                .quarantine()
                .mails()
                .list(QuarantineFilter.kept(), Long.MAX_VALUE, 1)
                .get(0);
    }

    private List<QuarantinedMail> allKept() {
        return rig.storage.quarantine().mails().list(QuarantineFilter.kept(), Long.MAX_VALUE, 9);
    }

    private MailTrace newest() {
        return rig.storage.ledger().recent(Long.MAX_VALUE, 1).get(0);
    }

    private void release(ReleaseManner manner, EmailAddress... to) {
        rig.storage
                .quarantine()
                .mails()
                .release(new QuarantineDecision(List.of(kept().id()), Set.of(to), "olga"), manner);
    }

    private String counted() {
        return rig.storage
                .spool()
                .browse("spool", 0, 1)
                .get(0)
                .mail()
                .attributes()
                .get("test.seen");
    }

    @Test
    void takesOutOneRecipientAndLetsItGoOnBehindTheLineThatSentItThere() throws Exception {
        configured(
                        "<mailet match='All' class='Count'/>" + TO_QUARANTINE + "<mailet match='All' class='Deliver'/>",
                        QUARANTINE)
                .accept("m", BOB, CAROL)
                .processOne();
        assertThat(rig.state("m", BOB)).isEqualTo(RecipientState.QUARANTINED);
        assertThat(rig.state("m", CAROL)).isEqualTo(RecipientState.QUEUED);
        assertThat(kept().reason().rule()).isEqualTo("RecipientIs=bob@relay.example");
        assertThat(kept().processor()).isEqualTo("quarantine");
        assertThat(kept().point()).isEqualTo("line 2 of root (RecipientIs=bob@relay.example, ToProcessor)");
        assertThat(kept().subject()).isEqualTo("hi");
        assertThat(rig.unaccounted()).isZero();

        release(ReleaseManner.goOn());
        assertThat(counted()).as("attributes are kept").contains("1");
        rig.processOne();

        assertThat(rig.state(newest().name(), BOB)).isEqualTo(RecipientState.QUEUED);
        assertThat(rig.state("m", BOB)).isEqualTo(RecipientState.EXPANDED);
        assertThat(rig.unaccounted()).isZero();
    }

    @Test
    void whatStartsAnewIsNotTakenOutAgainForTheSameReason() throws Exception {
        configured(TO_QUARANTINE + "<mailet match='All' class='Deliver'/>", QUARANTINE)
                .accept("m", BOB)
                .processOne();

        release(RESTART);
        rig.processOne();

        assertThat(rig.state(newest().name(), BOB)).isEqualTo(RecipientState.QUEUED);
        assertThat(allKept()).isEmpty();
        assertThat(rig.unaccounted()).isZero();
    }

    @Test
    void whatIsNotReleasableIsTakenOutAgainWhenItStartsAnew() throws Exception {
        configured(
                        TO_QUARANTINE + "<mailet match='All' class='Deliver'/>",
                        "<processor state='quarantine'><mailet match='All' class='Quarantine'><reason>virus</reason>"
                                + "<releasable>false</releasable></mailet></processor>")
                .accept("m", BOB)
                .processOne();

        release(RESTART);
        rig.processOne();
        assertThat(allKept()).hasSize(1);
        assertThat(rig.state(newest().name(), BOB)).isEqualTo(RecipientState.QUARANTINED);
        release(new ReleaseManner(false, true));
        rig.processOne();

        assertThat(rig.state(newest().name(), BOB)).isEqualTo(RecipientState.QUEUED);
        assertThat(rig.unaccounted()).isZero();
    }

    @Test
    void goesOnBehindItsOwnLineWhereOthersFollow() throws Exception {
        configured(
                        "<mailet match='All' class='Quarantine'/><mailet match='All' class='Deliver'/>",
                        "<processor state='other'><mailet match='All' class='Deliver'/></processor>")
                .accept("m", BOB, CAROL)
                .processOne();
        assertThat(kept().point()).isEqualTo("line 1 of root (All, Quarantine)");

        release(ReleaseManner.goOn(), CAROL);
        rig.processOne();

        assertThat(rig.state(newest().name(), CAROL)).isEqualTo(RecipientState.QUEUED);
        assertThat(rig.state("m", BOB)).isEqualTo(RecipientState.QUARANTINED);
        release(RESTART);
        rig.processOne();
        assertThat(rig.state(newest().name(), BOB)).isEqualTo(RecipientState.QUEUED);
        assertThat(rig.unaccounted()).isZero();
    }

    @Test
    void findsItsLineAgainWhenTheConfigurationHasChanged() throws Exception {
        configured(TO_QUARANTINE + "<mailet match='All' class='Deliver'/>", QUARANTINE)
                .accept("m", BOB)
                .processOne();
        release(ReleaseManner.goOn());

        configured(
                        "<mailet match='All' class='Count'/><mailet match='All' class='Count'/>" + TO_QUARANTINE
                                + "<mailet match='All' class='Deliver'/>",
                        QUARANTINE)
                .processOne();

        assertThat(rig.state(newest().name(), BOB)).isEqualTo(RecipientState.QUEUED);
    }

    @Test
    void startsTheProcessorAnewWhenItsLineIsGone() throws Exception {
        configured(TO_QUARANTINE + "<mailet match='All' class='Deliver'/>", QUARANTINE)
                .accept("m", BOB)
                .processOne();
        release(ReleaseManner.goOn());

        configured("<mailet match='All' class='Count'/><mailet match='All' class='Deliver'/>", QUARANTINE)
                .processOne();

        assertThat(rig.state(newest().name(), BOB)).isEqualTo(RecipientState.QUEUED);
        assertThat(rig.unaccounted()).isZero();
    }
}
