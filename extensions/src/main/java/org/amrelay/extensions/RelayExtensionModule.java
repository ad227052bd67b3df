// SPDX-License-Identifier: Apache-2.0
package org.amrelay.extensions;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.amrelay.authentication.dkim.SignatureProvider;
import org.amrelay.authentication.greylist.GreylistStore;
import org.amrelay.authentication.identity.AccountIdentities;
import org.amrelay.authentication.keys.SigningKeys;
import org.amrelay.authentication.limit.LimitRule;
import org.amrelay.authentication.limit.MemoryLimits;
import org.amrelay.authentication.limit.SubmissionLimiter;
import org.amrelay.authentication.report.VerdictLog;
import org.amrelay.delivery.dsn.NoticeFolder;
import org.amrelay.delivery.dsn.NoticeTemplates;
import org.amrelay.delivery.route.RouteBook;
import org.amrelay.delivery.route.RouteBookReader;
import org.amrelay.delivery.route.RouteBooks;
import org.amrelay.delivery.route.RouteResources;
import org.amrelay.filtering.attachments.DeepInspector;
import org.amrelay.filtering.content.ContentBook;
import org.amrelay.filtering.content.ContentFilter;
import org.amrelay.filtering.content.ContentRuleFile;
import org.amrelay.filtering.disclaimer.DisclaimerFolder;
import org.amrelay.filtering.disclaimer.Disclaimers;
import org.amrelay.filtering.quarantine.AllowedSenders;
import org.amrelay.filtering.sensitive.SensitiveSettings;
import org.amrelay.filtering.sensitive.SensitiveTypes;
import org.amrelay.filtering.spam.SpamLessons;
import org.amrelay.filtering.spam.SpamScorer;
import org.amrelay.filtering.virus.ScannersSettings;
import org.amrelay.filtering.virus.VirusProtection;
import org.amrelay.james.DeliveryHandOver;
import org.amrelay.james.MailQuarantine;
import org.amrelay.james.MessageViews;
import org.amrelay.mail.dns.Dns;
import org.amrelay.mail.dns.DnsSettings;
import org.amrelay.mail.dns.ResolvingDns;
import org.amrelay.mail.settings.InvalidSettingsException;
import org.amrelay.mail.settings.SettingsReader;
import org.amrelay.smtp.auth.BanBook;
import org.amrelay.smtp.auth.NoBans;
import org.amrelay.smtp.mail.AliasIdentities;
import org.apache.commons.configuration2.Configuration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.utils.PropertiesProvider;

/** Binds what our mailets ask for, for the line {@code guice.extension.module}. */
public final class RelayExtensionModule extends AbstractModule {
    private static final String PREFIX = "amr.";

    @Override
    protected void configure() {
        install(new BounceExtensionModule());
        bind(AccountIdentities.class).to(AliasIdentities.class);
        bind(BanBook.class).to(NoBans.class);
        bind(SpamLessons.class).toInstance(SpamLessons.none());
        bind(MessageViews.class).toInstance(MessageViews.ofJames());
        bind(MailQuarantine.class).to(RepositoryQuarantine.class);
        bind(AllowedSenders.class).toInstance(AllowedSenders.nobody());
    }

    @Provides
    @Singleton
    SubmissionLimiter limiter(Clock clock) {
        return new SubmissionLimiter(LimitRule.USUAL, new MemoryLimits(), clock);
    }

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

    /** The tests and the model of the jar. */
    @Provides
    @Singleton
    SpamScorer spamScorer() {
        return SpamScorer.shipped();
    }

    /** Without a file nothing is scanned; mail that waits is tried again by James' own delays. */
    @Provides
    @Singleton
    VirusProtection scanners(ExtensionSettings settings, FileSystem files, Clock clock) throws IOException {
        if (settings.scanners().isEmpty()) {
            return VirusProtection.none();
        }
        Path file = files.getFile("file://" + settings.scanners().get()).toPath();
        try {
            return ScannersSettings.read(Files.readString(file), System.getenv())
                    .protection(clock, () -> {});
        } catch (InvalidSettingsException mistakes) {
            throw new InvalidSettingsException(List.of(file + " " + mistakes.getMessage()));
        }
    }

    /** Without a file there are no rules. */
    @Provides
    @Singleton
    ContentFilter content(ExtensionSettings settings, FileSystem files) throws IOException {
        if (settings.contentRules().isEmpty()) {
            return ContentFilter.none();
        }
        Path file = files.getFile("file://" + settings.contentRules().get()).toPath();
        try {
            ContentRuleFile rules = ContentRuleFile.read(Files.readString(file), System.getenv());
            SensitiveTypes finder = new SensitiveTypes(SensitiveSettings.standard());
            return new ContentFilter(ContentBook.of(rules, finder.types()), DeepInspector.usual(), finder);
        } catch (InvalidSettingsException mistakes) {
            throw new InvalidSettingsException(List.of(file + " " + mistakes.getMessage()));
        }
    }

    /** Without the folder there are none. */
    @Provides
    @Singleton
    Disclaimers disclaimers(ExtensionSettings settings, FileSystem files) throws IOException {
        return DisclaimerFolder.read(
                files.getFile("file://" + settings.disclaimers()).toPath());
    }

    @Provides
    @Singleton
    RouteBooks routes(ExtensionSettings settings, FileSystem files) throws IOException {
        if (settings.routes().isEmpty()) {
            return new RouteBooks(RouteBook.empty());
        }
        Path file = files.getFile("file://" + settings.routes().get()).toPath();
        try {
            return new RouteBooks(RouteBookReader.read(
                    file,
                    new RouteResources(System.getenv(), file.toAbsolutePath().resolveSibling(""))));
        } catch (InvalidSettingsException mistakes) {
            throw new InvalidSettingsException(List.of(file + " " + mistakes.getMessage()));
        }
    }

    @Provides
    @Singleton
    DeliveryService service(
            ExtensionSettings settings,
            FileSystem files,
            NoticeTemplates languages,
            MailQueueFactory<?> queues,
            RouteBooks routes,
            Clock clock)
            throws FileNotFoundException {
        return new DeliveryService(
                directory(settings, files),
                settings,
                languages,
                queues.createQueue(MailQueueFactory.SPOOL),
                routes,
                clock);
    }

    private static Path directory(ExtensionSettings settings, FileSystem files) throws FileNotFoundException {
        return files.getFile("file://" + settings.directory()).toPath();
    }

    @Provides
    @Singleton
    NoticeTemplates languages(ExtensionSettings settings, FileSystem files) throws IOException {
        return NoticeFolder.read(files.getFile("file://" + settings.notices()).toPath(), settings.noticeLanguage());
    }

    @Provides
    @Singleton
    DeliveryHandOver handOver(DeliveryService service) {
        return service.handOver();
    }

    /** For the hooks that look up who a client is. */
    @Provides
    @Singleton
    Dns dns(Clock clock) {
        return new ResolvingDns(DnsSettings.defaults(), clock);
    }

    @Provides
    @Singleton
    GreylistStore greylist(DeliveryService service) {
        return service.storage().greylist();
    }
}
