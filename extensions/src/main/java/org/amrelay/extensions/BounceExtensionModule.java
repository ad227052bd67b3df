// SPDX-License-Identifier: Apache-2.0
package org.amrelay.extensions;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.amrelay.authentication.report.ReportStore;
import org.amrelay.delivery.suppression.SuppressionLearner;
import org.amrelay.delivery.suppression.SuppressionStore;
import org.amrelay.delivery.tlsreport.TlsReportStore;
import org.amrelay.james.ReturnPaths;
import org.amrelay.james.SentMail;
import org.apache.james.filesystem.api.FileSystem;

/** What the mailets and hooks for bounces, suppression and reports ask for; kept beside the deliveries. */
final class BounceExtensionModule extends AbstractModule {
    @Provides
    @Singleton
    ReturnPaths returnPaths(ExtensionSettings settings, FileSystem files, DeliveryService service, Clock clock)
            throws IOException {
        Path directory = files.getFile("file://" + settings.directory()).toPath();
        return new ReturnPaths(service.hostname(), BounceSecret.in(directory), clock);
    }

    @Provides
    @Singleton
    SuppressionStore suppressions(DeliveryService service) {
        return service.storage().suppressions();
    }

    @Provides
    @Singleton
    SuppressionLearner learner(DeliveryService service) {
        return service.learner();
    }

    @Provides
    @Singleton
    SentMail sentMail(DeliveryService service, ReturnPaths paths, Clock clock) {
        return new DeliveredMail(service.storage().ledger(), paths, clock);
    }

    @Provides
    @Singleton
    ReportStore dmarcReports(DeliveryService service) {
        return service.storage().reports();
    }

    @Provides
    @Singleton
    TlsReportStore tlsReports(DeliveryService service) {
        return service.storage().tlsReports();
    }
}
