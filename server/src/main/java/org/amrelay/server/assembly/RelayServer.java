// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.assembly;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.TypeLiteral;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import javax.annotation.PreDestroy;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.RelaySettings;
import org.amrelay.server.smtp.RelaySmtpModule;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.james.modules.server.DNSServiceModule;
import org.apache.james.modules.server.MailStoreRepositoryModule;
import org.apache.james.modules.server.MailetContainerModule;
import org.apache.james.onami.lifecycle.Stager;
import org.apache.james.utils.InitializationOperations;

/**
 * The parts that make a relay: this list is what runs.
 *
 * <p>Built and started once. Start and stop by one thread.
 */
final class RelayServer {
    private final Injector injector;

    private RelayServer(Injector injector) {
        this.injector = injector;
    }

    /** Builds the parts; nothing listens yet. */
    static RelayServer assemble(Home home, RelaySettings settings, Map<String, String> environment, Clock clock) {
        ConfigurationFiles configuration =
                new ConfigurationFiles(home.conf(), new Placeholders(settings.values(), environment));
        List<Module> modules = List.of(
                new JamesCoreModule(home, configuration, clock),
                new DNSServiceModule(),
                new MemoryModule(),
                new MailStoreRepositoryModule(),
                new MailetContainerModule(),
                new RelaySmtpModule(),
                binder -> binder.bind(MailetContainerModule.DefaultProcessorsConfigurationSupplier.class)
                        .toInstance(BaseHierarchicalConfiguration::new));
        return new RelayServer(Guice.createInjector(modules));
    }

    /** Starts all parts in the order of their dependencies; returns when the mail ports accept. */
    void start() {
        part(InitializationOperations.class).initModules();
    }

    /** One of the parts. */
    <T> T part(Class<T> type) {
        return injector.getInstance(type);
    }

    /** Stops what is left, last started first. */
    void stop() {
        injector.getInstance(Key.get(new TypeLiteral<Stager<PreDestroy>>() {})).stage();
    }
}
