// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.assembly;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Scopes;
import com.google.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import org.amrelay.delivery.dsn.NoticeSettings;
import org.amrelay.delivery.lane.DeliveryEngine;
import org.amrelay.delivery.lane.DeliverySettings;
import org.amrelay.delivery.lane.DoubtPolicy;
import org.amrelay.delivery.route.RouteBooks;
import org.amrelay.delivery.shaping.Shaping;
import org.amrelay.delivery.shaping.ShapingRules;
import org.amrelay.delivery.suppression.LearningDeliveryStore;
import org.amrelay.delivery.suppression.SuppressionLearner;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.ResolvingDns;
import org.amrelay.server.containment.ContainmentOrders;
import org.amrelay.server.containment.ContainmentUpkeep;
import org.amrelay.server.containment.OutcomeWatch;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.RelaySettings;
import org.amrelay.server.home.ResolverSettings;
import org.amrelay.server.home.StartRefused;
import org.amrelay.server.home.TlsPolicyFile;
import org.amrelay.storage.RelayStorage;

/** The delivery engine on our storage, with its own DNS. */
final class DeliveryModule extends AbstractModule {
    private final RouteBooks routes;
    private final ShapingRules rules;

    /**
     * @param routes what holds for mail that is processed and for mail that waits
     * @param rules the limits of sites
     */
    DeliveryModule(RouteBooks routes, ShapingRules rules) {
        this.routes = routes;
        this.rules = rules;
    }

    @Override
    protected void configure() {
        bind(ContainmentOrders.class).in(Scopes.SINGLETON);
        bind(ContainmentUpkeep.class).in(Scopes.SINGLETON);
        bind(RouteBooks.class).toInstance(routes);
    }

    @Provides
    @Singleton
    Dns dns(Home home, RelaySettings settings, Clock clock) {
        try {
            return new ResolvingDns(ResolverSettings.of(home, settings), clock);
        } catch (IllegalArgumentException wrong) {
            throw new StartRefused("dns in relay.yaml: " + wrong.getMessage(), wrong);
        }
    }

    @Provides
    @Singleton
    TlsPolicyFile tlsPolicies(Home home) {
        return TlsPolicyFile.read(home);
    }

    @Provides
    @Singleton
    OutboundTls outboundTls(
            TlsPolicyFile policies, RelaySettings settings, RelayStorage storage, Dns dns, Clock clock) {
        return new OutboundTls(policies.settings(), settings.hostname(), storage, dns, clock);
    }

    @Provides
    @Singleton
    DeliveryEngine engine(
            RelaySettings settings,
            RelayStorage storage,
            Dns dns,
            Clock clock,
            TlsPolicyFile policies,
            OutboundTls outboundTls,
            SuppressionLearner learner,
            ContainmentUpkeep containment,
            NoticeSettings notices) {
        return new DeliveryEngine(
                DeliverySettings.defaults(settings.hostname())
                        .withTls(policies.fallback())
                        .withNotices(notices)
                        .whenInDoubt(DoubtPolicy.of(settings.value("AMR_DELIVERY_IN_DOUBT"))),
                new DeliveryEngine.Rules(
                        routes, Shaping.open(rules, storage.shapingMemory(), clock.instant()), outboundTls.adviser()),
                new OutcomeWatch(new LearningDeliveryStore(storage.deliveries(), learner), containment),
                dns,
                clock,
                new SecureRandom());
    }
}
