// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.processing;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.google.inject.Guice;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.util.List;
import javax.mail.MessagingException;
import org.amrelay.authentication.dkim.OwnKey;
import org.amrelay.authentication.dkim.SignatureAlgorithm;
import org.amrelay.authentication.dkim.SignatureProvider;
import org.amrelay.authentication.dkim.SigningKey;
import org.amrelay.james.MessageBytes;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.mailets.SignWithDkim;
import org.amrelay.server.TemporaryStorage;
import org.amrelay.server.queue.SignedMessages;
import org.apache.mailet.Mail;
import org.apache.mailet.Mailet;
import org.apache.mailet.base.GenericMailet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

class BrokenSignatureTest {
    private static final EmailAddress BOB = EmailAddress.of("bob@elsewhere.example");

    @RegisterExtension
    private final TemporaryStorage storage = new TemporaryStorage();

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(SignedMessages.class);
    private SpoolerRig rig;
    private OwnKey key;

    @BeforeEach
    void aRelaySigns() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        key = new OwnKey(
                new SigningKey("example.org", "s", SignatureAlgorithm.ED25519_SHA256, pair.getPrivate()),
                pair.getPublic());
        log.start();
        logger.addAppender(log);
        rig = new SpoolerRig(storage.get());
        SignedMessages messages = new SignedMessages(SignatureProvider.ofJava(), rig.openItems);
        rig.mailet("Sign", () -> signer(messages));
        rig.mailet("Deliver", () -> new Deliver(messages));
        rig.mailet("Prefix", () -> new Prefix("Subject", "[x] hi"));
        rig.mailet("Stamp", () -> new Prefix("X-Stamp", "1"));
    }

    @AfterEach
    void itStops() {
        logger.detachAppender(log);
    }

    private Mailet signer(MessageBytes messages) {
        SignWithDkim mailet = new SignWithDkim(domain -> List.of(key), SignatureProvider.ofJava(), Clock.systemUTC());
        Guice.createInjector(binder -> binder.bind(MessageBytes.class).toInstance(messages))
                .injectMembers(mailet);
        return mailet;
    }

    private static final class Prefix extends GenericMailet {
        private final String name;
        private final String value;

        private Prefix(String name, String value) {
            this.name = name;
            this.value = value;
        }

        @Override
        public void service(Mail mail) throws MessagingException {
            mail.getMessage().setHeader(name, value);
        }
    }

    private List<String> complaintsAfter(String... mailets) throws Exception {
        StringBuilder lines = new StringBuilder("<processor state='root'>");
        for (String mailet : mailets) {
            lines.append("<mailet match='All' class='").append(mailet).append("'/>");
        }
        rig.configure(lines + "</processor>").accept("mail-1", BOB).processOne();
        assertThat(rig.state("mail-1", BOB)).isEqualTo(RecipientState.QUEUED);
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void saysNothingWhenTheSignerIsLast() throws Exception {
        assertThat(complaintsAfter("Prefix", "Sign", "Deliver")).isEmpty();
    }

    @Test
    void namesTheMailetThatBrokeTheSignature() throws Exception {
        assertThat(complaintsAfter("Sign", "Prefix", "Deliver"))
                .singleElement()
                .asString()
                .contains("mail-1 goes out without valid signature", "s._domainkey.example.org", "the header is not")
                .contains("Prefix in processor root changed the message after it was signed");
    }

    @Test
    void saysNothingOfChangesThatBreakNothing() throws Exception {
        assertThat(complaintsAfter("Sign", "Stamp", "Deliver")).isEmpty();
    }

    @Test
    void saysSoWhenTheKeyItselfDoesNotFit() throws Exception {
        KeyPair other = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        key = new OwnKey(key.signing(), other.getPublic());

        assertThat(complaintsAfter("Sign", "Deliver"))
                .singleElement()
                .asString()
                .contains("no mailet has changed the message since it was signed");
    }
}
