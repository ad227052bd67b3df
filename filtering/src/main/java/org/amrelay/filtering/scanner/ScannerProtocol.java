// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.scanner;

import java.io.IOException;
import java.time.Duration;

/**
 * How one kind of scanner is spoken to; blocks, within the time that it is given. Safe for several threads.
 *
 * @param <Q> what it is asked about
 * @param <R> what it says
 */
public interface ScannerProtocol<Q, R> {
    /**
     * Asks a host.
     *
     * @throws IOException when the host does not work; another one is asked then, and this one not for a while
     */
    R ask(ScannerAddress host, Q question, Duration time) throws IOException;

    /**
     * Sees whether a host works, as cheaply as it can be seen.
     *
     * @throws IOException when it does not
     */
    void probe(ScannerAddress host, Duration time) throws IOException;
}
