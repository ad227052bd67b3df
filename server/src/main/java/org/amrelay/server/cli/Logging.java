// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import java.nio.file.Path;
import org.amrelay.server.home.Home;

/** Points the log at a home; must run before the first logger is made. */
final class Logging {
    private Logging() {}

    static void into(Home home) {
        Path configuration = home.conf().resolve("logback.xml");
        System.setProperty("amr.home", home.directory().toString());
        System.setProperty("logback.configurationFile", configuration.toUri().toString());
    }
}
