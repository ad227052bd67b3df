// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.reports;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Scopes;
import com.google.inject.Singleton;
import java.time.Clock;
import org.amrelay.authentication.report.ReportStore;
import org.amrelay.authentication.report.VerdictCounts;
import org.amrelay.authentication.report.VerdictLog;
import org.amrelay.authentication.report.failure.PendingFailures;
import org.amrelay.delivery.tlsreport.TlsReportStore;
import org.amrelay.server.home.RelaySettings;
import org.amrelay.storage.RelayStorage;

/** What mailets ask for to count and to keep reports. */
public final class ReportModule extends AbstractModule {
    @Override
    protected void configure() {
        bind(ReportUpkeep.class).in(Scopes.SINGLETON);
        bind(ReportSending.class).in(Scopes.SINGLETON);
        bind(FailureSending.class).in(Scopes.SINGLETON);
    }

    @Provides
    @Singleton
    ReportStore reports(RelayStorage storage) {
        return storage.reports();
    }

    @Provides
    @Singleton
    TlsReportStore tlsReports(RelayStorage storage) {
        return storage.tlsReports();
    }

    @Provides
    @Singleton
    VerdictCounts counts(Clock clock) {
        return new VerdictCounts(clock);
    }

    @Provides
    @Singleton
    PendingFailures failures(Clock clock) {
        return new PendingFailures(clock);
    }

    /** What nobody will be sent is not counted. */
    @Provides
    @Singleton
    VerdictLog log(VerdictCounts counts, PendingFailures failures, RelaySettings settings) {
        VerdictLog log = ReportSending.isOn(settings) ? counts : VerdictLog.none();
        return FailureSending.isOn(settings) ? log.with(failures) : log;
    }
}
