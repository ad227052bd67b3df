// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.assembly;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.time.Clock;
import org.amrelay.authentication.dkim.SignatureProvider;
import org.amrelay.authentication.keys.SigningKeys;
import org.amrelay.authentication.report.ReportStore;
import org.amrelay.authentication.report.VerdictLog;
import org.amrelay.delivery.suppression.SuppressionLearner;
import org.amrelay.delivery.suppression.SuppressionStore;
import org.amrelay.delivery.tlsreport.TlsReportStore;
import org.amrelay.filtering.content.ContentFilter;
import org.amrelay.filtering.quarantine.AllowedSenders;
import org.amrelay.filtering.spam.SpamLessons;
import org.amrelay.filtering.spam.SpamScorer;
import org.amrelay.filtering.virus.VirusProtection;
import org.amrelay.james.SentMail;
import org.amrelay.mail.dns.Dns;
import org.amrelay.server.home.RelaySettings;
import org.amrelay.storage.RelayStorage;
import org.apache.james.dnsservice.api.DNSService;

/** What mailets and hooks ask for, with nothing behind it that could be changed. */
final class DryParts extends AbstractModule {
    private final DryRelay.Surroundings surroundings;

    DryParts(DryRelay.Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    protected void configure() {
        bind(RelayStorage.class).toInstance(surroundings.storage());
        bind(SuppressionStore.class).toInstance(surroundings.storage().suppressions());
        bind(ReportStore.class).toInstance(surroundings.storage().reports());
        bind(TlsReportStore.class).toInstance(surroundings.storage().tlsReports());
        bind(DNSService.class).toInstance(surroundings.jamesDns());
        bind(Dns.class).toInstance(surroundings.dns());
        // A signature would be of no use, and its key is none of an explanation's business
        bind(SigningKeys.class).toInstance(SigningKeys.none());
        bind(SignatureProvider.class).toInstance(SignatureProvider.ofJava());
        bind(SpamScorer.class).toInstance(surroundings.scorer());
        bind(SpamLessons.class).toInstance(SpamLessons.none());
        bind(ContentFilter.class).toInstance(surroundings.content());
        // No scanner is asked: that would open a socket
        bind(VirusProtection.class).toInstance(VirusProtection.none());
        bind(AllowedSenders.class).toInstance(AllowedSenders.nobody());
        bind(VerdictLog.class).toInstance(VerdictLog.none());
        bind(SentMail.class).to(NothingSent.class);
    }

    @Provides
    @Singleton
    SuppressionLearner learner(SuppressionStore store, RelaySettings settings, Clock clock) {
        return BounceModule.learnerOf(store, settings, clock);
    }
}
