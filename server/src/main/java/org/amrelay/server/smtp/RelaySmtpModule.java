// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import com.google.inject.AbstractModule;
import com.google.inject.Scopes;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.ProvidesIntoSet;
import org.apache.james.protocols.lib.netty.CertificateReloadable;
import org.apache.james.server.core.configuration.ConfigurationProvider;
import org.apache.james.smtpserver.netty.SMTPServerFactory;
import org.apache.james.utils.InitializationOperation;
import org.apache.james.utils.InitilizationOperationBuilder;

/** Puts {@link RelaySmtpServerFactory} where James has its own, and starts it with {@code smtpserver.xml}. */
public final class RelaySmtpModule extends AbstractModule {
    @Override
    protected void configure() {
        bind(RelaySmtpServerFactory.class).in(Scopes.SINGLETON);
        bind(SMTPServerFactory.class).to(RelaySmtpServerFactory.class);
        Multibinder.newSetBinder(binder(), CertificateReloadable.Factory.class)
                .addBinding()
                .to(RelaySmtpServerFactory.class);
    }

    @ProvidesIntoSet
    InitializationOperation start(ConfigurationProvider configurations, RelaySmtpServerFactory factory) {
        return InitilizationOperationBuilder.forClass(RelaySmtpServerFactory.class)
                .init(() -> {
                    factory.configure(configurations.getConfiguration("smtpserver"));
                    factory.init();
                });
    }
}
