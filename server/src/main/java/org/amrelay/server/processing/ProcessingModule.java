// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.processing;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Scopes;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.ProvidesIntoSet;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.mailetcontainer.AutomaticallySentMailDetectorImpl;
import org.apache.james.mailetcontainer.api.LocalResources;
import org.apache.james.mailetcontainer.api.MailProcessor;
import org.apache.james.mailetcontainer.api.MailetLoader;
import org.apache.james.mailetcontainer.api.MatcherLoader;
import org.apache.james.mailetcontainer.api.jmx.MailSpoolerMBean;
import org.apache.james.mailetcontainer.impl.JamesMailetContext;
import org.apache.james.mailetcontainer.impl.LocalResourcesImpl;
import org.apache.james.server.core.configuration.ConfigurationProvider;
import org.apache.james.utils.GuiceMailetLoader;
import org.apache.james.utils.GuiceMatcherLoader;
import org.apache.james.utils.InitializationOperation;
import org.apache.james.utils.InitilizationOperationBuilder;
import org.apache.james.utils.MailetConfigurationOverride;
import org.apache.mailet.MailetContext;
import org.apache.mailet.base.AutomaticallySentMailDetector;

/**
 * The mailet container with our spooler and processors, in the place of James' {@code MailetContainerModule}.
 *
 * <p>Needs beside it {@link org.amrelay.server.queue.QueueModule} and {@link org.amrelay.server.users.UsersModule}. The
 * spooler is configured but not started: whoever assembles calls {@link RelaySpooler#start} when all else runs.
 */
public final class ProcessingModule extends AbstractModule {
    @Override
    protected void configure() {
        bind(RelayProcessors.class).in(Scopes.SINGLETON);
        bind(MailProcessor.class).to(RelayProcessors.class);
        bind(ItemProcessing.class).in(Scopes.SINGLETON);
        bind(ProcessingRehearsal.class).in(Scopes.SINGLETON);
        bind(RelaySpooler.class).in(Scopes.SINGLETON);
        bind(MailSpoolerMBean.class).to(RelaySpooler.class);
        bind(JamesMailetContext.class).in(Scopes.SINGLETON);
        bind(MailetContext.class).to(JamesMailetContext.class);
        bind(LocalResourcesImpl.class).in(Scopes.SINGLETON);
        bind(LocalResources.class).to(LocalResourcesImpl.class);
        bind(AutomaticallySentMailDetectorImpl.class).in(Scopes.SINGLETON);
        bind(AutomaticallySentMailDetector.class).to(AutomaticallySentMailDetectorImpl.class);
        bind(MailetLoader.class).to(GuiceMailetLoader.class);
        bind(MatcherLoader.class).to(GuiceMatcherLoader.class);
        Multibinder.newSetBinder(binder(), MailetConfigurationOverride.class);
    }

    @Provides
    @Singleton
    SpoolerSettings spooler(ConfigurationProvider configuration) throws ConfigurationException {
        return SpoolerSettings.read(part(configuration, "spooler"));
    }

    @ProvidesIntoSet
    InitializationOperation configureContext(ConfigurationProvider configuration, JamesMailetContext context) {
        return InitilizationOperationBuilder.forClass(JamesMailetContext.class)
                .init(() -> context.configure(part(configuration, "context")));
    }

    @ProvidesIntoSet
    InitializationOperation configureProcessors(ConfigurationProvider configuration, RelayProcessors processors) {
        return InitilizationOperationBuilder.forClass(RelayProcessors.class).init(() -> {
            processors.configure(part(configuration, "processors"));
            processors.init();
        });
    }

    private static HierarchicalConfiguration<ImmutableNode> part(ConfigurationProvider configuration, String name)
            throws ConfigurationException {
        HierarchicalConfiguration<ImmutableNode> file = configuration.getConfiguration("mailetcontainer");
        return file.configurationsAt(name).isEmpty() ? new BaseHierarchicalConfiguration() : file.configurationAt(name);
    }
}
