// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.assembly;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.TypeLiteral;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.annotation.PreDestroy;
import org.amrelay.delivery.lane.DeliveryEngine;
import org.amrelay.filtering.virus.VirusProtection;
import org.amrelay.server.containment.ContainmentUpkeep;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.RelaySettings;
import org.amrelay.server.processing.ProcessingModule;
import org.amrelay.server.processing.RelaySpooler;
import org.amrelay.server.quarantine.QuarantineModule;
import org.amrelay.server.quarantine.QuarantineUpkeep;
import org.amrelay.server.queue.QueueModule;
import org.amrelay.server.reports.ReportModule;
import org.amrelay.server.reports.ReportUpkeep;
import org.amrelay.server.repository.RepositoryModule;
import org.amrelay.server.shaping.ShapingFile;
import org.amrelay.server.signing.KeyUpkeep;
import org.amrelay.server.signing.SigningModule;
import org.amrelay.server.smtp.RelaySmtpModule;
import org.amrelay.server.users.AccountRules;
import org.amrelay.server.users.UsersModule;
import org.amrelay.storage.RelayStorage;
import org.apache.james.CoreDataModule;
import org.apache.james.modules.server.DNSServiceModule;
import org.apache.james.onami.lifecycle.Stager;
import org.apache.james.smtpserver.netty.SMTPServerFactory;
import org.apache.james.utils.InitializationOperations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts that make a relay: this list is what runs.
 *
 * <p>Built and started once. Start and stop by one thread.
 */
final class RelayServer {
    private static final Logger LOGGER = LoggerFactory.getLogger(RelayServer.class);
    private static final Duration DRAIN = Duration.ofSeconds(4);

    private final Injector injector;

    private RelayServer(Injector injector) {
        this.injector = injector;
    }

    /** Builds the parts; nothing listens yet. */
    static RelayServer assemble(
            Home home, RelaySettings settings, Map<String, String> environment, RelayStorage storage, Clock clock) {
        ConfigurationFiles configuration =
                new ConfigurationFiles(home.conf(), new Placeholders(settings.variables(), environment));
        RoutesReload routes = RoutesReload.of(home, settings, environment);
        List<Module> modules = List.of(
                new JamesCoreModule(home, configuration, clock),
                new DNSServiceModule(),
                new CoreDataModule(),
                new UsersModule(AccountRules.read(home, environment)),
                new QueueModule(),
                new RepositoryModule(),
                new ProcessingModule(),
                new RelaySmtpModule(),
                new DeliveryModule(routes.books(), ShapingFile.read(home)),
                new BounceModule(home),
                new SigningModule(home, environment),
                new ReportModule(),
                ScanningModule.of(home, environment),
                SpamModule.of(home.conf(), home),
                new QuarantineModule(home, environment),
                ContentModule.of(home, environment),
                DisclaimerModule.of(home.conf()),
                binder -> {
                    binder.bind(Home.class).toInstance(home);
                    binder.bind(RoutesReload.class).toInstance(routes);
                    binder.bind(RelaySettings.class).toInstance(settings);
                    binder.bind(RelayStorage.class).toInstance(storage);
                });
        return new RelayServer(Guice.createInjector(modules));
    }

    /**
     * Starts all parts in the order of their dependencies; returns when the mail ports accept.
     *
     * @param undo takes what has to be done to stop, the last first: no more mail in, mailets, delivery, all else
     */
    void start(Consumer<Runnable> undo) {
        // Before anything else: mail whose keys do not open would go out unsigned
        KeyUpkeep keys = part(KeyUpkeep.class);
        undo.accept(() -> injector.getInstance(Key.get(new TypeLiteral<Stager<PreDestroy>>() {}))
                .stage());
        part(InitializationOperations.class).initModules();
        undo.accept(part(OutboundTls.class)::close);
        part(OutboundTls.class).start();
        undo.accept(part(ContainmentUpkeep.class)::stop);
        part(ContainmentUpkeep.class).start();
        undo.accept(this::drainDelivery);
        part(DeliveryEngine.class).start();
        undo.accept(part(RoutesReload.class)::stop);
        part(RoutesReload.class).start();
        undo.accept(part(VirusProtection.class)::close);
        undo.accept(part(RelaySpooler.class)::stop);
        part(RelaySpooler.class).start();
        undo.accept(keys::stop);
        keys.start();
        undo.accept(part(ReportUpkeep.class)::stop);
        part(ReportUpkeep.class).start();
        undo.accept(part(QuarantineUpkeep.class)::stop);
        part(QuarantineUpkeep.class).start();
        undo.accept(part(SMTPServerFactory.class)::destroy);
    }

    /** One of the parts. */
    <T> T part(Class<T> type) {
        return injector.getInstance(type);
    }

    private void drainDelivery() {
        try {
            part(DeliveryEngine.class)
                    .stop(DRAIN)
                    .toCompletableFuture()
                    .get(DRAIN.toMillis() + 1_000, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException undone) {
            LOGGER.warn("delivery was cut off; what is undecided stays queued: {}", undone.toString());
        }
    }
}
