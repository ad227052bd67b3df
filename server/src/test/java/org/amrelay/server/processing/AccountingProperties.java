// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.processing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.mail.MessagingException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.storage.RelayStorage;
import org.amrelay.storage.ledger.MailTrace;
import org.apache.commons.io.FileUtils;
import org.apache.james.core.MailAddress;
import org.apache.james.transport.mailets.Null;
import org.apache.james.transport.mailets.ToRepository;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMailet;

/** Whatever mailets do to a mail, each recipient is explained, or nothing has happened. */
class AccountingProperties {
    private static final List<String> PEOPLE = List.of("a@relay.example", "b@relay.example", "c@relay.example");
    private final AtomicInteger number = new AtomicInteger();
    private Path directory;
    private SpoolerRig rig;

    @BeforeProperty
    void openStorage() throws Exception {
        directory = Files.createTempDirectory("accounting");
        rig = new SpoolerRig(RelayStorage.openSqlite(directory, Clock.systemUTC()))
                .mailet("Discard", Null::new)
                .mailet("Keep", () -> new ToRepository(rig.repositories))
                .mailet("Mark", () -> mailet(mail -> mail.getMessage().addHeader("X-Mark", "yes")))
                .mailet("ToA", () -> mailet(mail -> mail.setRecipients(addresses(0))))
                .mailet("ToBAndC", () -> mailet(mail -> mail.setRecipients(addresses(1, 2))))
                .mailet("Empty", () -> mailet(mail -> mail.setRecipients(List.of())))
                .mailet("Again", () -> mailet(mail -> mail.setState("other")))
                .mailet(
                        "Fail",
                        () -> mailet(mail -> {
                            throw new MessagingException("fails");
                        }))
                .mailet("Bounce", Bounce::new)
                .mailet("Forward", Forward::new);
    }

    @AfterProperty
    void closeStorage() throws Exception {
        rig.storage.close();
        FileUtils.deleteDirectory(directory.toFile());
    }

    @Property(seed = "1", tries = 150)
    void explainsEveryRecipientOrUndoesEverything(
            @ForAll("lines") List<String> root, @ForAll("lines") List<String> other, @ForAll boolean endsWell)
            throws Exception {
        String last = endsWell ? "<mailet match='All' class='Deliver'/>" : "";
        rig.configure(
                "<processor state='root'>" + String.join("", root) + last + "</processor><processor state='other'>"
                        + String.join("", other).replace("Again", "Mark") + last + "</processor>");
        String name = "m" + number.incrementAndGet();
        rig.accept(name, PEOPLE.stream().map(EmailAddress::of).toArray(EmailAddress[]::new));
        rig.processOne();
        MailTrace trace = rig.storage.ledger().trace(name).get(0);
        List<RecipientState> states =
                trace.recipients().stream().map(recipient -> recipient.state()).toList();
        boolean undone = states.stream().allMatch(RecipientState.ACCEPTED::equals) && states.size() == PEOPLE.size();
        assertThat(undone || !states.contains(RecipientState.ACCEPTED))
                .as("%s", trace)
                .isTrue();
        assertThat(rig.unaccounted()).isZero();
        rig.storage.spool().clear("spool").toCompletableFuture().join();
    }

    @Provide
    Arbitrary<List<String>> lines() {
        Arbitrary<String> mailet = Arbitraries.of(
                "Discard", "Keep", "Mark", "ToA", "ToBAndC", "Empty", "Again", "Fail", "Bounce", "Forward", "Deliver");
        Arbitrary<String> matcher = Arbitraries.subsetOf(PEOPLE)
                .map(people -> people.isEmpty()
                        ? "All"
                        : "RecipientIs=" + people.stream().collect(Collectors.joining(",")));
        return Combinators.combine(matcher, mailet)
                .as((match, name) -> "<mailet match='" + match + "' class='" + name + "'>"
                        + "<repositoryPath>relay://var/mail/kept</repositoryPath></mailet>")
                .list()
                .ofMaxSize(5);
    }

    private interface Service {
        void service(Mail mail) throws MessagingException;
    }

    private static GenericMailet mailet(Service service) {
        return new GenericMailet() {
            @Override
            public void service(Mail mail) throws MessagingException {
                service.service(mail);
            }
        };
    }

    private static List<MailAddress> addresses(int... people) throws MessagingException {
        List<MailAddress> addresses = new ArrayList<>();
        for (int person : people) {
            addresses.add(new MailAddress(PEOPLE.get(person)));
        }
        return addresses;
    }

    private static final class Bounce extends GenericMailet {
        @Override
        public void service(Mail mail) throws MessagingException {
            getMailetContext().bounce(mail, "no");
            mail.setState(Mail.GHOST);
        }
    }

    private static final class Forward extends GenericMailet {
        @Override
        public void service(Mail mail) throws MessagingException {
            Mail copy = mail.duplicate();
            copy.setRecipients(List.of(new MailAddress("elsewhere@example.net")));
            getMailetContext().sendMail(copy);
            mail.setState(Mail.GHOST);
        }
    }
}
