// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.scanner;

import java.time.Duration;

/** Whether one host of a scanner works, as far as is known. Safe for several threads. */
final class ScannerHost {
    private final ScannerAddress address;
    private final Duration firstRest;
    private final Duration longestRest;
    private Duration rest;
    private String trouble = "";
    private boolean wasProbed;
    private long probedAt;

    /**
     * @param firstRest how long it is left alone after it has failed; doubles with each further failure
     * @param longestRest at which that stops to grow
     */
    ScannerHost(ScannerAddress address, Duration firstRest, Duration longestRest) {
        this.address = address;
        this.firstRest = firstRest;
        this.longestRest = longestRest;
        this.rest = firstRest;
    }

    ScannerAddress address() {
        return address;
    }

    synchronized boolean isWorking() {
        return trouble.isEmpty();
    }

    /** Whether it has not answered a probe since then. */
    synchronized boolean isLastProbedBefore(long nanoTime) {
        return !wasProbed || probedAt - nanoTime < 0;
    }

    synchronized void probed(long nanoTime) {
        wasProbed = true;
        probedAt = nanoTime;
    }

    synchronized void works() {
        rest = firstRest;
        trouble = "";
    }

    /**
     * Notes that it does not work.
     *
     * @return whether that is news
     */
    synchronized boolean failed(String why) {
        boolean news = trouble.isEmpty();
        trouble = why;
        return news;
    }

    /** How long it is to be left alone now. */
    synchronized Duration rest() {
        Duration now = rest;
        Duration next = rest.multipliedBy(2);
        rest = next.compareTo(longestRest) < 0 ? next : longestRest;
        return now;
    }

    /** Why it is left alone; empty when it is not. */
    synchronized String trouble() {
        return trouble;
    }
}
