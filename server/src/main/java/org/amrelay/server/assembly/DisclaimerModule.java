// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.assembly;

import com.google.inject.AbstractModule;
import java.io.IOException;
import java.nio.file.Path;
import org.amrelay.filtering.disclaimer.DisclaimerFolder;
import org.amrelay.filtering.disclaimer.Disclaimers;
import org.amrelay.server.home.StartRefused;

/** The templates in {@code conf/disclaimers}, for the mailet AddDisclaimer. */
final class DisclaimerModule extends AbstractModule {
    private final Disclaimers disclaimers;

    private DisclaimerModule(Disclaimers disclaimers) {
        this.disclaimers = disclaimers;
    }

    /**
     * Reads the folder; a configuration without it has none.
     *
     * @throws StartRefused with the file that is wrong
     */
    static DisclaimerModule of(Path conf) {
        Path folder = conf.resolve("disclaimers");
        try {
            return new DisclaimerModule(DisclaimerFolder.read(folder));
        } catch (IllegalArgumentException wrong) {
            throw new StartRefused("disclaimers: " + wrong.getMessage(), wrong);
        } catch (IOException unreadable) {
            throw new StartRefused(folder + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    @Override
    protected void configure() {
        bind(Disclaimers.class).toInstance(disclaimers);
    }
}
