// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.virus;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;

/**
 * Shows a message to an engine over an open connection, and tells whose fault it is when that fails: the message's while
 * the host answers a probe, else the host's.
 */
final class Showing {
    private Showing() {}

    /** What is said on the connection. */
    interface Talk {
        /** @return whether all of the message was sent */
        boolean send() throws IOException;

        ScanResult answer() throws IOException;

        /** Sees whether the host works. */
        void probe() throws IOException;

        /** What was said before the connection broke in the middle of the message. */
        default Optional<ScanResult> lastWords() {
            return Optional.empty();
        }
    }

    /**
     * Has the talk.
     *
     * @param engine for people
     * @param time that the connection has
     * @throws IOException when the host does not work
     */
    static ScanResult of(String engine, Duration time, Talk talk) throws IOException {
        boolean whole = false;
        try {
            whole = talk.send();
            return talk.answer();
        } catch (SocketTimeoutException late) {
            talk.probe();
            return whole
                    ? new ScanResult.Unscannable("scanning takes longer than " + time.toSeconds() + " s")
                    : new ScanResult.Troubled(engine + " did not take all of it in " + time.toSeconds() + " s");
        } catch (IOException broken) {
            talk.probe();
            ScanResult fails = new ScanResult.Troubled(engine + " fails on it: " + broken.getMessage());
            return whole ? fails : talk.lastWords().orElse(fails);
        }
    }
}
