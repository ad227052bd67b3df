// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.dns;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Zones written in tests: {@code Zone.of("relay.example MX 10 mx1.relay.example.", "; TIMEOUT slow.example")}. */
public final class Zone {
    private Zone() {}

    /** Each line is a record from the root, or one of the directives of {@link ZoneFileDns}. */
    public static Dns of(String... lines) {
        try {
            return ZoneFileDns.parse(String.join("\n", lines) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
