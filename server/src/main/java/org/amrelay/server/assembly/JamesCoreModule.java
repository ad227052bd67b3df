// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.assembly;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.Multibinder;
import java.time.Clock;
import org.amrelay.server.home.Home;
import org.apache.james.RunArguments;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.filesystem.api.JamesDirectoriesProvider;
import org.apache.james.lifecycle.api.ConfigurationSanitizer;
import org.apache.james.lifecycle.api.StartUpCheck;
import org.apache.james.mailbox.Authorizator;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.metrics.api.NoopGaugeRegistry;
import org.apache.james.modules.MimeMessageModule;
import org.apache.james.modules.StartablesModule;
import org.apache.james.modules.protocols.ProtocolHandlerModule;
import org.apache.james.onami.lifecycle.PreDestroyModule;
import org.apache.james.server.core.JamesServerResourceLoader;
import org.apache.james.server.core.configuration.Configuration;
import org.apache.james.server.core.configuration.ConfigurationProvider;
import org.apache.james.server.core.filesystem.FileSystemImpl;
import org.apache.james.utils.ExtensionModule;
import org.apache.james.utils.GuiceProbe;
import org.apache.james.utils.PropertiesProvider;

/**
 * What James' parts expect around them: files, configuration, clock, life cycle.
 *
 * <p>James' own CommonServicesModule less what a relay does not use (health checks of repositories, probes, dropwizard).
 */
final class JamesCoreModule extends AbstractModule {
    private final Home home;
    private final ConfigurationProvider configuration;
    private final Clock clock;

    JamesCoreModule(Home home, ConfigurationProvider configuration, Clock clock) {
        this.home = home;
        this.configuration = configuration;
        this.clock = clock;
    }

    @Override
    protected void configure() {
        install(new ExtensionModule());
        install(new StartablesModule());
        install(new PreDestroyModule());
        install(new MimeMessageModule());
        install(new ProtocolHandlerModule());
        Configuration.Basic basic = Configuration.builder()
                .workingDirectory(home.directory().toFile())
                .build();
        bind(Configuration.class).toInstance(basic);
        bind(Configuration.ConfigurationPath.class).toInstance(basic.configurationPath());
        JamesDirectoriesProvider places =
                new JamesServerResourceLoader(home.directory().toString());
        bind(JamesDirectoriesProvider.class).toInstance(places);
        FileSystem files = new FileSystemImpl(places);
        bind(FileSystem.class).toInstance(files);
        bind(PropertiesProvider.class).toInstance(new PropertiesProvider(files, basic.configurationPath()));
        bind(ConfigurationProvider.class).toInstance(configuration);
        bind(RunArguments.class).toInstance(RunArguments.from(new String[0]));
        bind(Clock.class).toInstance(clock);
        bind(MetricFactory.class).toInstance(new PlainMetrics());
        // Nobody submits in another account's name.
        bind(Authorizator.class)
                .toInstance((account, other) -> account.equals(other)
                        ? Authorizator.AuthorizationState.ALLOWED
                        : Authorizator.AuthorizationState.FORBIDDEN);
        bind(GaugeRegistry.class).toInstance(new NoopGaugeRegistry());
        Multibinder.newSetBinder(binder(), GuiceProbe.class);
        Multibinder.newSetBinder(binder(), StartUpCheck.class);
        Multibinder.newSetBinder(binder(), ConfigurationSanitizer.class);
    }
}
