// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.processing;

import static org.amrelay.server.processing.SpoolerRig.BOB;
import static org.amrelay.server.processing.SpoolerRig.CAROL;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import javax.mail.MessagingException;
import org.amrelay.delivery.queue.QueuedDelivery;
import org.amrelay.james.TryLaterException;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.server.TemporaryStorage;
import org.amrelay.storage.RelayStorage;
import org.amrelay.storage.spool.Spool;
import org.amrelay.storage.spool.SpoolItem;
import org.apache.james.core.MailAddress;
import org.apache.james.server.core.MailImpl;
import org.apache.james.transport.mailets.Null;
import org.apache.james.transport.mailets.ToRepository;
import org.apache.mailet.Mail;
import org.apache.mailet.Mailet;
import org.apache.mailet.base.GenericMailet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ItemProcessingTest {
    private static final EmailAddress POOL = EmailAddress.of("pool@relay.example");

    @RegisterExtension
    final TemporaryStorage temporary = new TemporaryStorage();

    private SpoolerRig rig;

    @BeforeEach
    void aSpool(RelayStorage storage) {
        rig = new SpoolerRig(storage);
    }

    @Test
    void handsOverWhatIsToBeDelivered() throws Exception {
        root("<mailet match='All' class='Deliver'/>").accept("m", BOB, CAROL).processOne();
        assertThat(rig.state("m", BOB)).isEqualTo(RecipientState.QUEUED);
        assertThat(rig.state("m", CAROL)).isEqualTo(RecipientState.QUEUED);
        assertThat(claimed()).hasSize(1);
        assertThat(rig.waiting()).isZero();
        assertThat(rig.unaccounted()).isZero();
    }

    @Test
    void undoesEverythingWhenAMailetFails() throws Exception {
        rig.mailet(
                        "Notify",
                        () -> mailet((mail, context) -> context.getMailetContext()
                                .sendMail(
                                        new MailAddress("postmaster@relay.example"),
                                        List.of(new MailAddress("admin@relay.example")),
                                        mail.getMessage())))
                .mailet(
                        "Fail",
                        () -> mailet((mail, context) -> {
                            throw new MessagingException("the scanner is away");
                        }))
                .mailet("Keep", () -> new ToRepository(rig.repositories));
        root("<mailet match='All' class='Notify'/>"
                        + "<mailet match='RecipientIs=bob@relay.example' class='Deliver'/>"
                        + "<mailet match='All' class='Keep'><repositoryPath>relay://var/mail/kept</repositoryPath>"
                        + "<passThrough>true</passThrough></mailet>"
                        + "<mailet match='All' class='Fail'/>")
                .accept("m", BOB, CAROL)
                .processOne();
        assertThat(rig.waiting()).isEqualTo(1);
        assertThat(rig.state("m", BOB)).isEqualTo(RecipientState.ACCEPTED);
        assertThat(rig.state("m", CAROL)).isEqualTo(RecipientState.ACCEPTED);
        assertThat(claimed()).isEmpty();
        assertThat(rig.storage.repositories().size("relay://var/mail/kept")).isZero();
        assertThat(waitingItem().attempts()).isEqualTo(1);
        assertThat(waitingItem().mail().envelope().recipients()).hasSize(2);
    }

    @Test
    void triesLaterOnWhatOurOwnMailetsThrow() throws Exception {
        rig.mailet(
                "Later",
                () -> mailet((mail, context) -> {
                    throw new TryLaterException("the directory is away");
                }));
        root("<mailet match='All' class='Later'/>").accept("m", BOB).processOne();
        assertThat(waitingItem().attempts()).isEqualTo(1);
        assertThat(rig.storage.ledger().trace("m").get(0).events())
                .anySatisfy(event -> assertThat(event.text()).contains("the directory is away"));
    }

    @Test
    void keepsAMailThatFailsAgainAndAgain() throws Exception {
        rig.mailet(
                "Fail",
                () -> mailet((mail, context) -> {
                    throw new IllegalStateException("a bug");
                }));
        root("<mailet match='All' class='Fail'/>")
                .accept("m", BOB)
                .processOne()
                .processOne()
                .processOne();
        assertThat(rig.state("m", BOB)).isEqualTo(RecipientState.QUARANTINED);
        assertThat(rig.recipient("m", BOB).by())
                .contains("gave up after 3 failures: Fail in processor root failed: ", "a bug");
        assertThat(rig.storage.repositories().size(SpoolerRig.ERRORS)).isEqualTo(1);
        assertThat(rig.waiting()).isZero();
        assertThat(rig.unaccounted()).isZero();
    }

    @Test
    void namesTheMailetThatDiscards() throws Exception {
        rig.mailet("Null", Null::new);
        root("<mailet match='RecipientIs=bob@relay.example' class='Null'/><mailet match='All' class='Deliver'/>")
                .accept("m", BOB, CAROL)
                .processOne();
        assertThat(rig.state("m", BOB)).isEqualTo(RecipientState.DISCARDED);
        assertThat(rig.recipient("m", BOB).by()).isEqualTo("Null in processor root");
        assertThat(rig.state("m", CAROL)).isEqualTo(RecipientState.QUEUED);
        assertThat(rig.unaccounted()).isZero();
    }

    @Test
    void knowsThatAMailInARepositoryIsQuarantined() throws Exception {
        rig.mailet("Keep", () -> new ToRepository(rig.repositories));
        root("<mailet match='All' class='Keep'><repositoryPath>relay://var/mail/kept</repositoryPath></mailet>")
                .accept("m", BOB)
                .processOne();
        assertThat(rig.state("m", BOB)).isEqualTo(RecipientState.QUARANTINED);
        assertThat(rig.storage.repositories().keys("relay://var/mail/kept", "", 10))
                .containsExactly("m");
    }

    @Test
    void tellsReplacedRecipientsFromDiscardedOnes() throws Exception {
        rig.mailet(
                "Replace",
                () -> mailet((mail, context) -> mail.setRecipients(
                        List.of(new MailAddress("bob@relay.example"), new MailAddress("carol@relay.example")))));
        root("<mailet match='All' class='Replace'/><mailet match='All' class='Deliver'/>")
                .accept("m", POOL)
                .processOne();
        assertThat(rig.state("m", POOL)).isEqualTo(RecipientState.EXPANDED);
        assertThat(rig.state("m", BOB)).isEqualTo(RecipientState.QUEUED);
        assertThat(rig.state("m", CAROL)).isEqualTo(RecipientState.QUEUED);
        assertThat(rig.unaccounted()).isZero();
    }

    @Test
    void knowsABounceByTheNoticeToTheSender() throws Exception {
        rig.mailet(
                "Refuse",
                () -> mailet((mail, context) -> {
                    context.getMailetContext().bounce(mail, "no such user");
                    mail.setState(Mail.GHOST);
                }));
        root("<mailet match='All' class='Refuse'/>").accept("m", BOB).processOne();
        assertThat(rig.state("m", BOB)).isEqualTo(RecipientState.BOUNCED);
        assertThat(waitingItem().mail().envelope().sender().isNull()).isTrue();
        assertThat(rig.unaccounted()).isZero();
    }

    @Test
    void deliversOneCopyWhenTwoPartsOfAMailMeetAgain() throws Exception {
        rig.mailet(
                "ToBob",
                () -> mailet((mail, context) -> mail.setRecipients(List.of(new MailAddress("bob@relay.example")))));
        root("<mailet match='RecipientIs=carol@relay.example' class='ToBob'/><mailet match='All' class='Deliver'/>")
                .accept("m", BOB, CAROL)
                .processOne();
        List<QueuedDelivery> deliveries = claimed();
        assertThat(deliveries).hasSize(1);
        assertThat(deliveries.get(0).recipients()).hasSize(1);
        assertThat(rig.state("m", CAROL)).isEqualTo(RecipientState.EXPANDED);
    }

    @Test
    void deliversAChangedMessageAsItWasChanged() throws Exception {
        rig.mailet("Mark", () -> mailet((mail, context) -> mail.getMessage().addHeader("X-Marked", "yes")));
        root("<mailet match='RecipientIs=bob@relay.example' class='Mark'/><mailet match='All' class='Deliver'/>")
                .accept("m", BOB, CAROL)
                .processOne();
        for (QueuedDelivery delivery : claimed()) {
            String text = new String(delivery.content().open().readAllBytes(), StandardCharsets.UTF_8);
            boolean forBob = delivery.recipients().get(0).recipient().address().equals(BOB);
            assertThat(text.contains("X-Marked: yes\r\n")).isEqualTo(forBob);
            assertThat(text).endsWith("\r\n\r\nhi\r\n");
        }
    }

    @Test
    void neverDropsAMailAtTheEndOfAProcessor() throws Exception {
        root("<mailet match='RecipientIs=bob@relay.example' class='Deliver'/>")
                .accept("m", BOB, CAROL)
                .processOne();
        assertThat(rig.waiting()).isEqualTo(1);
        assertThat(rig.state("m", BOB)).isEqualTo(RecipientState.ACCEPTED);
        assertThat(rig.storage.ledger().trace("m").get(0).events())
                .anySatisfy(event -> assertThat(event.text()).contains("carol@relay.example"));
    }

    @Test
    void holdsAMailForAProcessorThatDoesNotExist() throws Exception {
        rig.mailet("Elsewhere", () -> mailet((mail, context) -> mail.setState("elsewhere")));
        root("<mailet match='All' class='Elsewhere'/>").accept("m", BOB).processOne();
        assertThat(waitingItem().attempts()).isEqualTo(1);
    }

    @Test
    void endsProcessorsThatSendAMailRoundInCircles() throws Exception {
        rig.mailet(
                "Again",
                () -> mailet((mail, context) -> mail.setState(mail.getState().equals("root") ? "b" : "root")));
        rig.configure("<processor state='root'><mailet match='All' class='Again'/></processor>"
                        + "<processor state='b'><mailet match='All' class='Again'/></processor>")
                .accept("m", BOB)
                .processOne();
        assertThat(waitingItem().attempts()).isEqualTo(1);
    }

    @Test
    void doesWithExceptionsWhatTheConfigurationSays() throws Exception {
        rig.mailet(
                "Fail",
                () -> mailet((mail, context) -> {
                    throw new MessagingException("away");
                }));
        root("<mailet match='All' class='Fail'><onMailetException>ignore</onMailetException></mailet>"
                        + "<mailet match='All' class='Fail'><onMailetException>error</onMailetException></mailet>")
                .accept("m", BOB)
                .processOne();
        assertThat(rig.state("m", BOB)).isEqualTo(RecipientState.QUEUED);
    }

    @Test
    void doesNotBelieveAMailetThatSwallowsItsFailureToSend() throws Exception {
        rig.mailet(
                "Forward",
                () -> mailet((mail, context) -> {
                    try {
                        MailImpl empty = MailImpl.builder()
                                .name("empty")
                                .sender("alice@example.org")
                                .addRecipient("bob@elsewhere.example")
                                .build();
                        context.getMailetContext().sendMail(empty);
                    } catch (MessagingException e) {
                        context.log("could not forward");
                    }
                    mail.setState(Mail.GHOST);
                }));
        root("<mailet match='All' class='Forward'/>").accept("m", BOB).processOne();
        assertThat(rig.waiting()).isEqualTo(1);
        assertThat(rig.state("m", BOB)).isEqualTo(RecipientState.ACCEPTED);
    }

    private SpoolerRig root(String lines) throws Exception {
        return rig.configure("<processor state='root'>" + lines + "</processor>");
    }

    private List<QueuedDelivery> claimed() {
        return rig.storage.deliveries().claim(Deliver.NEXT_HOP, Instant.now().plusSeconds(60), 10);
    }

    private SpoolItem waitingItem() {
        return rig.storage.spool().browse(Spool.MAIN, 0, 10).get(0);
    }

    private interface Service {
        void service(Mail mail, GenericMailet mailet) throws MessagingException;
    }

    private static Mailet mailet(Service service) {
        return new GenericMailet() {
            @Override
            public void service(Mail mail) throws MessagingException {
                service.service(mail, this);
            }
        };
    }
}
