// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.route;

/** The route book in force, for those who decide on mail and those who deliver it. Safe for several threads. */
public final class RouteBooks {
    private volatile RouteBook current;

    public RouteBooks(RouteBook book) {
        this.current = book;
    }

    public RouteBook current() {
        return current;
    }

    /** From now on another book is in force, also for mail that waits. */
    public void replace(RouteBook book) {
        current = book;
    }
}
