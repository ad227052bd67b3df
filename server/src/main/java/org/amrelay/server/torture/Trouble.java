// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.torture;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.amrelay.server.home.Home;

/** Makes the relay's disk fail for a while. */
interface Trouble extends Closeable {
    /** Makes the home ready for it, before anything is in it. */
    void prepare(Home home) throws IOException;

    /** Options that the relay's Java needs for it. */
    List<String> options();

    void begin() throws IOException;

    void end() throws IOException;

    /** Undoes what {@link #prepare} did; safe to call twice. */
    @Override
    void close() throws IOException;

    /** The disk is as it is. */
    static Trouble none() {
        return new Trouble() {
            @Override
            public void prepare(Home home) {}

            @Override
            public List<String> options() {
                return List.of();
            }

            @Override
            public void begin() {}

            @Override
            public void end() {}

            @Override
            public void close() {}
        };
    }
}
