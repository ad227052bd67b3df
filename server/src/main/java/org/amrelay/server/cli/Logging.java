// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.cli;

import java.nio.file.Path;
import org.amrelay.server.home.Home;

/** Says where the log goes; heard only before the first logger is made. */
final class Logging {
    private static final String CONFIGURATION = "logback.configurationFile";

    private Logging() {}

    /** Into the home's log directory, as its {@code conf/logback.xml} says. */
    static void into(Home home) {
        Path configuration = home.conf().resolve("logback.xml");
        System.setProperty("amr.home", home.directory().toString());
        System.setProperty(CONFIGURATION, configuration.toUri().toString());
    }

    /** Errors to the standard error output, nothing else: for commands that answer and end. */
    static void quiet() {
        System.setProperty(CONFIGURATION, "org/amrelay/server/cli/quiet-logback.xml");
    }
}
