// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.shaping;

/**
 * What a site may be given at most; 0 means that nothing is said.
 *
 * @param concurrency deliveries at a time
 * @param perConnection messages over one connection
 * @param perSecond deliveries begun in one second of the clock, and so on
 * @param perDay in one day of UTC
 */
public record SiteLimits(
        int concurrency, int perConnection, long perSecond, long perMinute, long perHour, long perDay) {
    public SiteLimits {
        if (concurrency < 0 || perConnection < 0 || perSecond < 0 || perMinute < 0 || perHour < 0 || perDay < 0) {
            throw new IllegalArgumentException("a limit is 1 or more");
        }
    }

    /** Says nothing. */
    public static SiteLimits none() {
        return new SiteLimits(0, 0, 0, 0, 0, 0);
    }

    /** These limits, and where they say nothing the others. */
    public SiteLimits or(SiteLimits others) {
        return new SiteLimits(
                concurrency > 0 ? concurrency : others.concurrency,
                perConnection > 0 ? perConnection : others.perConnection,
                perSecond > 0 ? perSecond : others.perSecond,
                perMinute > 0 ? perMinute : others.perMinute,
                perHour > 0 ? perHour : others.perHour,
                perDay > 0 ? perDay : others.perDay);
    }

    /** The strictest of the rates up to the hour, in deliveries a second; 0 when there is none. */
    double strictestRate() {
        double strictest = perSecond > 0 ? perSecond : Double.MAX_VALUE;
        strictest = perMinute > 0 ? Math.min(strictest, perMinute / 60.0) : strictest;
        strictest = perHour > 0 ? Math.min(strictest, perHour / 3600.0) : strictest;
        return strictest == Double.MAX_VALUE ? 0 : strictest;
    }
}
