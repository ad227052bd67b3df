// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.processing;

import java.time.Duration;
import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.tree.ImmutableNode;

/**
 * The {@code spooler} element of {@code mailetcontainer.xml}.
 *
 * @param threads how many mails are processed at once, 1 or more
 * @param mostAttempts after so many failures a mail is kept in the error repository
 * @param firstRetry the wait after the first failure; it doubles
 * @param longestRetry at which it stops to grow
 * @param mostUnwritten how many mails may be done but not yet durable, before threads wait for the disk
 * @param errorRepository URL
 */
public record SpoolerSettings(
        int threads,
        int mostAttempts,
        Duration firstRetry,
        Duration longestRetry,
        int mostUnwritten,
        String errorRepository) {
    /** What holds when the file says nothing; two threads per processor, because mailets may wait for others. */
    public static SpoolerSettings defaults() {
        int threads = Math.max(2, 2 * Runtime.getRuntime().availableProcessors());
        return new SpoolerSettings(
                threads, 20, Duration.ofSeconds(10), Duration.ofMinutes(30), 1000, "relay://var/mail/error/");
    }

    public SpoolerSettings {
        if (threads < 1 || mostAttempts < 1 || mostUnwritten < 1) {
            throw new IllegalArgumentException("threads, attempts and unwritten mails of the spooler are 1 or more");
        }
    }

    /** Reads {@code threads}, {@code maxAttempts} and {@code errorRepository}; what is missing has its default. */
    static SpoolerSettings read(HierarchicalConfiguration<ImmutableNode> spooler) {
        SpoolerSettings defaults = defaults();
        return new SpoolerSettings(
                spooler.getInt("threads", defaults.threads()),
                spooler.getInt("maxAttempts", defaults.mostAttempts()),
                defaults.firstRetry(),
                defaults.longestRetry(),
                defaults.mostUnwritten(),
                spooler.getString("errorRepository", defaults.errorRepository()));
    }

    /** How long to wait after that many failures, 1 or more. */
    Duration retryAfter(int failures) {
        Duration wait = firstRetry.multipliedBy(1L << Math.min(failures - 1, 20));
        return wait.compareTo(longestRetry) < 0 ? wait : longestRetry;
    }
}
