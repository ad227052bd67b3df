// SPDX-License-Identifier: Apache-2.0
package org.amrelay.extensions;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.io.FileNotFoundException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.amrelay.authentication.dkim.SignatureProvider;
import org.amrelay.authentication.keys.SigningKeys;
import org.amrelay.authentication.report.VerdictLog;
import org.amrelay.james.DeliveryHandOver;
import org.amrelay.mail.settings.SettingsReader;
import org.apache.commons.configuration2.Configuration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.utils.PropertiesProvider;

/** Binds what our mailets ask for, for the line {@code guice.extension.module}. */
public final class RelayExtensionModule extends AbstractModule {
    private static final String PREFIX = "amr.";

    @Provides
    @Singleton
    ExtensionSettings settings(PropertiesProvider properties) throws FileNotFoundException, ConfigurationException {
        Configuration configuration = properties.getConfiguration("extensions");
        Map<String, String> values = new LinkedHashMap<>();
        for (Iterator<String> names = configuration.getKeys(); names.hasNext(); ) {
            String name = names.next();
            if (name.startsWith(PREFIX)) {
                values.put(name.substring(PREFIX.length()), String.join(",", configuration.getStringArray(name)));
            }
        }
        return new SettingsReader(System.getenv()).read(ExtensionSettings.class, values);
    }

    /** A stock James has no store for keys; SignWithDkim takes them from PEM files. */
    @Provides
    @Singleton
    SigningKeys signingKeys() {
        return SigningKeys.none();
    }

    @Provides
    @Singleton
    SignatureProvider signatures() {
        return SignatureProvider.ofJava();
    }

    /** A stock James reports nothing. */
    @Provides
    @Singleton
    VerdictLog verdicts() {
        return VerdictLog.none();
    }

    @Provides
    @Singleton
    DeliveryService service(ExtensionSettings settings, FileSystem files, MailQueueFactory<?> queues, Clock clock)
            throws FileNotFoundException {
        Path directory = files.getFile("file://" + settings.directory()).toPath();
        return new DeliveryService(directory, settings, queues.createQueue(MailQueueFactory.SPOOL), clock);
    }

    @Provides
    @Singleton
    DeliveryHandOver handOver(DeliveryService service) {
        return service.handOver();
    }
}
