// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.home;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;

/** A home for a test: on the loopback, with free ports. */
public final class TestHome {
    /** What the environment of a test relay says. */
    public static final Map<String, String> ENVIRONMENT = Map.of(
            "AMR_HOSTNAME", "relay.example",
            "AMR_LISTEN_MAIL", "127.0.0.1",
            "AMR_PORT_RECEIVE", "0",
            "AMR_PORT_SUBMISSION", "0",
            "AMR_PORT_SUBMISSIONS", "0",
            "AMR_PORT_ADMIN", "0");

    private TestHome() {}

    public static Home in(Path directory) {
        Home home = new Home(directory);
        new HomeCreator(new SecureRandom(), Clock.systemUTC()).create(home, ENVIRONMENT);
        return home;
    }

    public static RelaySettings settings(Home home) {
        return RelaySettings.read(home, ENVIRONMENT);
    }
}
