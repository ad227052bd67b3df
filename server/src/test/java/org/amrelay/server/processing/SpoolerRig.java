// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.processing;

import java.io.StringReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.mail.MessagingException;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.ReversePath;
import org.amrelay.mail.envelope.Envelope;
import org.amrelay.mail.envelope.EnvelopeRecipient;
import org.amrelay.mail.message.MessageContent;
import org.amrelay.mail.recipient.RecipientState;
import org.amrelay.server.queue.Arrivals;
import org.amrelay.server.queue.OpenItems;
import org.amrelay.server.queue.RelayMailQueueFactory;
import org.amrelay.server.repository.RelayRepositories;
import org.amrelay.storage.RelayStorage;
import org.amrelay.storage.ledger.MailTrace;
import org.amrelay.storage.ledger.RecipientTrace;
import org.amrelay.storage.mail.Origin;
import org.amrelay.storage.mail.StoredMail;
import org.amrelay.storage.spool.NewSpoolItem;
import org.amrelay.storage.spool.Spool;
import org.amrelay.storage.spool.SpoolItem;
import org.apache.commons.configuration2.XMLConfiguration;
import org.apache.commons.configuration2.io.FileHandler;
import org.apache.james.core.Domain;
import org.apache.james.dnsservice.api.InMemoryDNSService;
import org.apache.james.domainlist.api.mock.SimpleDomainList;
import org.apache.james.mailetcontainer.api.LocalResources;
import org.apache.james.mailetcontainer.impl.JamesMailetContext;
import org.apache.james.metrics.api.NoopGaugeRegistry;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.apache.james.queue.api.RawMailQueueItemDecoratorFactory;
import org.apache.james.transport.matchers.All;
import org.apache.james.transport.matchers.RecipientIs;
import org.apache.mailet.Mailet;
import org.apache.mailet.MailetConfig;
import org.apache.mailet.Matcher;
import org.apache.mailet.MatcherConfig;
import org.mockito.Mockito;

/** Real storage, queues, mailet context and processors around the mailets of a test; processes on the test's thread. */
final class SpoolerRig {
    static final EmailAddress BOB = EmailAddress.of("bob@relay.example");
    static final EmailAddress CAROL = EmailAddress.of("carol@relay.example");
    static final String ERRORS = "relay://var/mail/error";

    final RelayStorage storage;
    final OpenItems openItems = new OpenItems();
    final Arrivals arrivals;
    final RelayMailQueueFactory queues;
    final RelayRepositories repositories;
    final SpoolerSettings settings = new SpoolerSettings(4, 3, Duration.ofMillis(1), Duration.ofMillis(1), 100, ERRORS);
    private final Map<String, Supplier<Mailet>> mailets = new HashMap<>();
    private final Map<String, Supplier<Matcher>> matchers = new HashMap<>();
    private Optional<ItemProcessing> processing = Optional.empty();

    SpoolerRig(RelayStorage storage) {
        this.storage = storage;
        this.arrivals = new Arrivals(storage.spool());
        this.queues = new RelayMailQueueFactory(
                storage.spool(),
                openItems,
                arrivals,
                new RawMailQueueItemDecoratorFactory(),
                Clock.systemUTC(),
                new RecordingMetricFactory(),
                new NoopGaugeRegistry());
        this.repositories = new RelayRepositories(storage.repositories(), openItems);
        matcher("All", All::new);
        matcher("RecipientIs", RecipientIs::new);
        mailet("Deliver", () -> new Deliver(openItems));
    }

    SpoolerRig mailet(String name, Supplier<Mailet> mailet) {
        mailets.put(name, mailet);
        return this;
    }

    SpoolerRig matcher(String name, Supplier<Matcher> matcher) {
        matchers.put(name, matcher);
        return this;
    }

    /** Configures with {@code <processor>} elements as they stand in mailetcontainer.xml; an error processor is added. */
    SpoolerRig configure(String processors) throws Exception {
        SimpleDomainList domains = new SimpleDomainList();
        domains.addDomain(Domain.of("relay.example"));
        JamesMailetContext context =
                new JamesMailetContext(new InMemoryDNSService(), domains, Mockito.mock(LocalResources.class), queues);
        RelayProcessors configured = new RelayProcessors(context, this::load, this::load, openItems);
        context.configure(xml("<context><postmaster>postmaster@relay.example</postmaster></context>"));
        configured.configure(xml("<processors>" + processors
                + "<processor state='error'><mailet match='All' class='Deliver'/></processor></processors>"));
        configured.init();
        processing = Optional.of(new ItemProcessing(
                storage.spool(), storage.handOver(), openItems, configured, settings, Clock.systemUTC()));
        return this;
    }

    ItemProcessing processing() {
        return processing.orElseThrow();
    }

    private Mailet load(MailetConfig config) throws MessagingException {
        Mailet mailet = mailets.get(config.getMailetName()).get();
        mailet.init(config);
        return mailet;
    }

    private Matcher load(MatcherConfig config) throws MessagingException {
        Matcher matcher = matchers.get(config.getMatcherName()).get();
        matcher.init(config);
        return matcher;
    }

    private static XMLConfiguration xml(String text) throws Exception {
        XMLConfiguration configuration = new XMLConfiguration();
        new FileHandler(configuration).load(new StringReader(text));
        return configuration;
    }

    /** Puts a mail into the spool, durable when it returns. */
    SpoolerRig accept(String name, EmailAddress... recipients) throws Exception {
        StoredMail mail = new StoredMail(
                name,
                Envelope.of(
                        ReversePath.of("alice@example.org"),
                        List.of(recipients).stream().map(EnvelopeRecipient::of).toList()),
                MessageContent.of("From: alice@example.org\r\nSubject: hi\r\n\r\nhi\r\n".getBytes()),
                "root",
                Optional.empty(),
                Map.of(),
                Origin.within(),
                Instant.EPOCH);
        storage.spool()
                .add(NewSpoolItem.of(Spool.MAIN, mail))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        return this;
    }

    /** Takes what is due, one mail, and processes it. */
    SpoolerRig processOne() throws Exception {
        SpoolItem item = storage.spool()
                .take(Spool.MAIN, Instant.now().plusSeconds(60))
                .orElseThrow(() -> new AssertionError("nothing is due"));
        processing().process(item).toCompletableFuture().get(10, TimeUnit.SECONDS);
        return this;
    }

    RecipientTrace recipient(String mail, EmailAddress address) {
        MailTrace trace = storage.ledger().trace(mail).get(0);
        return trace.recipients().stream()
                .filter(row -> row.address().equals(address))
                .findFirst()
                .orElseThrow(() -> new AssertionError(address + " is not in " + trace));
    }

    RecipientState state(String mail, EmailAddress address) {
        return recipient(mail, address).state();
    }

    long unaccounted() {
        return storage.ledger().audit().unaccounted();
    }

    long waiting() {
        return storage.spool().size(Spool.MAIN);
    }
}
