// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.assembly;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import org.amrelay.delivery.dsn.NoticeSettings;
import org.amrelay.delivery.lane.DeliveryEngine;
import org.amrelay.delivery.lane.DeliverySettings;
import org.amrelay.delivery.suppression.LearningDeliveryStore;
import org.amrelay.delivery.suppression.SuppressionLearner;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.DnsSettings;
import org.amrelay.mail.dns.ResolvingDns;
import org.amrelay.server.home.RelaySettings;
import org.amrelay.storage.RelayStorage;

/** The delivery engine on our storage, with its own DNS. */
final class DeliveryModule extends AbstractModule {
    @Provides
    @Singleton
    Dns dns(Clock clock) {
        return new ResolvingDns(DnsSettings.defaults(), clock);
    }

    @Provides
    @Singleton
    DeliveryEngine engine(
            RelaySettings settings,
            RelayStorage storage,
            Dns dns,
            Clock clock,
            SuppressionLearner learner,
            NoticeSettings notices) {
        return new DeliveryEngine(
                DeliverySettings.defaults(settings.hostname()).withNotices(notices),
                new LearningDeliveryStore(storage.deliveries(), learner),
                dns,
                clock,
                new SecureRandom());
    }
}
