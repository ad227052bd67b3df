// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.assembly;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.amrelay.delivery.dsn.NoticeTemplates;
import org.amrelay.delivery.lane.TlsForecast;
import org.amrelay.delivery.route.RouteBooks;
import org.amrelay.filtering.content.ContentFilter;
import org.amrelay.filtering.spam.SpamScorer;
import org.amrelay.james.ReturnPaths;
import org.amrelay.mail.dns.Dns;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.RelaySettings;
import org.amrelay.server.home.StartRefused;
import org.amrelay.server.home.TlsPolicyFile;
import org.amrelay.server.processing.ProcessingModule;
import org.amrelay.server.queue.QueueModule;
import org.amrelay.server.repository.RepositoryModule;
import org.amrelay.server.smtp.SessionRehearsal;
import org.amrelay.server.users.AccountRules;
import org.amrelay.server.users.UsersModule;
import org.amrelay.storage.RelayStorage;
import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.CoreDataModule;
import org.apache.james.dnsservice.api.DNSService;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.protocols.lib.handler.ProtocolHandlerLoader;
import org.apache.james.server.core.configuration.ConfigurationProvider;
import org.apache.james.utils.InitializationOperations;

/**
 * A relay without ports, delivery and storage of its own, for those who only want to know what it would do.
 *
 * <p>Mailets, matchers and hooks are those of the configuration. Nothing is started but they.
 */
public final class DryRelay {
    private final Injector injector;

    private DryRelay(Injector injector) {
        this.injector = injector;
    }

    /** What takes the place of network, storage and time. */
    public record Surroundings(
            RelayStorage storage,
            Dns dns,
            DNSService jamesDns,
            SpamScorer scorer,
            ContentFilter content,
            Clock clock) {}

    /**
     * Builds the parts and configures mailets and matchers.
     *
     * @param conf where the configuration is; need not be in the default file system
     * @param home what file names in the configuration are relative to
     * @throws StartRefused when the operator can put it right
     */
    public static DryRelay assemble(
            Path conf, Home home, RelaySettings settings, Map<String, String> environment, Surroundings surroundings) {
        ConfigurationFiles configuration =
                new ConfigurationFiles(conf, new Placeholders(settings.variables(), environment));
        RouteBooks routes = RoutesReload.once(conf, home, settings, environment);
        TlsPolicyFile policies = TlsPolicyFile.read(conf);
        List<Module> modules = List.of(
                new JamesCoreModule(home, configuration, surroundings.clock()),
                new CoreDataModule(),
                new UsersModule(AccountRules.read(conf, environment), false),
                new QueueModule(),
                new RepositoryModule(),
                new ProcessingModule(),
                new DryParts(surroundings),
                DisclaimerModule.of(conf),
                binder -> {
                    binder.bind(RouteBooks.class).toInstance(routes);
                    binder.bind(TlsForecast.class)
                            .toInstance(new TlsForecast(
                                    surroundings.dns(), routes, policies.settings(), policies.fallback()));
                    binder.bind(ReturnPaths.class)
                            .toInstance(BounceModule.returnPathsOf(home, settings, surroundings.clock()));
                    binder.bind(NoticeTemplates.class).toInstance(BounceModule.languagesOf(home, settings));
                    binder.bind(RelaySettings.class).toInstance(settings);
                });
        try {
            DryRelay relay = new DryRelay(Guice.createInjector(modules));
            relay.part(InitializationOperations.class).initModules();
            return relay;
        } catch (Exception failed) {
            // James throws checked exceptions that its methods do not declare.
            throw StartFailures.explain(home, failed);
        }
    }

    /**
     * The sessions of the ports, in the order of {@code smtpserver.xml}: receive, submission, submissions.
     *
     * @throws StartRefused when the operator can put it right
     */
    public List<SessionRehearsal> ports() {
        SessionRehearsal.Parts parts = new SessionRehearsal.Parts(
                part(DNSService.class),
                part(ProtocolHandlerLoader.class),
                part(FileSystem.class),
                part(MetricFactory.class),
                part(Clock.class));
        List<SessionRehearsal> ports = new ArrayList<>();
        try {
            HierarchicalConfiguration<ImmutableNode> file =
                    part(ConfigurationProvider.class).getConfiguration("smtpserver");
            for (HierarchicalConfiguration<ImmutableNode> server : file.configurationsAt("smtpserver")) {
                ports.add(SessionRehearsal.of(server, parts));
            }
        } catch (ConfigurationException wrong) {
            throw new StartRefused("smtpserver.xml: " + wrong.getMessage(), wrong);
        }
        return ports;
    }

    /** One of the parts. */
    public <T> T part(Class<T> type) {
        return injector.getInstance(type);
    }
}
