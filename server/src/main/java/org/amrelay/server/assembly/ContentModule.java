// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.assembly;

import com.google.inject.AbstractModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.amrelay.filtering.attachments.AttachmentInspector;
import org.amrelay.filtering.attachments.DeepInspector;
import org.amrelay.filtering.content.ContentBook;
import org.amrelay.filtering.content.ContentFilter;
import org.amrelay.filtering.content.ContentRuleFile;
import org.amrelay.filtering.sensitive.SensitiveFinder;
import org.amrelay.mail.settings.InvalidSettingsException;
import org.amrelay.mailets.ContentRules;
import org.amrelay.server.home.Home;
import org.amrelay.server.home.StartRefused;

/** The rules of {@code content-rules.yaml}, and who looks into attachments and text for them. */
public final class ContentModule extends AbstractModule {
    private final ContentFilter filter;

    private ContentModule(ContentFilter filter) {
        this.filter = filter;
    }

    /** @throws StartRefused with the place of every mistake, or when nobody would ask the rules */
    static ContentModule of(Home home, Map<String, String> environment) {
        ContentFilter filter = filter(home.conf(), environment);
        if (filter.hasRules()) {
            requireMailet(home.conf().resolve("mailetcontainer.xml"));
        }
        return new ContentModule(filter);
    }

    /**
     * Reads and compiles the rules; none for a home of before there were any.
     *
     * @throws StartRefused with the place of every mistake
     */
    public static ContentFilter filter(Path conf, Map<String, String> environment) {
        AttachmentInspector inspector = DeepInspector.usual();
        SensitiveFinder finder = SensitiveFiles.read(conf, environment);
        Path file = conf.resolve("content-rules.yaml");
        try {
            ContentRuleFile rules = Files.exists(file)
                    ? ContentRuleFile.read(Files.readString(file), environment)
                    : ContentRuleFile.none();
            return new ContentFilter(ContentBook.of(rules, finder.types()), inspector, finder);
        } catch (InvalidSettingsException mistakes) {
            throw new StartRefused(file + " " + mistakes.getMessage(), mistakes);
        } catch (IOException unreadable) {
            throw new StartRefused(file + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private static void requireMailet(Path processors) {
        try {
            if (Files.exists(processors) && !Files.readString(processors).contains(ContentRules.class.getName())) {
                throw new StartRefused("content-rules.yaml has rules, but " + processors + " has no mailet "
                        + ContentRules.class.getName() + ": docs/guide/content-rules.md says what to add");
            }
        } catch (IOException unreadable) {
            throw new StartRefused(processors + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    @Override
    protected void configure() {
        bind(ContentFilter.class).toInstance(filter);
    }
}
