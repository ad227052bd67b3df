// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.queue;

import java.util.List;

/** Sees each line of each processor that a mail comes to, those that do not match too. For one mail and one thread. */
@FunctionalInterface
public interface LineObserver {
    /** Nobody looks. */
    LineObserver NOBODY = (processor, matcher, mailet, matched, micros, changed) -> {};

    /**
     * A line was done with.
     *
     * @param matched the recipients that the mailet ran for; empty when it did not run
     * @param changed what is different after it, in words; empty text when nothing is
     */
    void line(String processor, String matcher, String mailet, List<String> matched, long micros, String changed);
}
