// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.greylist;

import java.time.Duration;

/**
 * How patient strangers have to be.
 *
 * @param delay before which coming back does not count
 * @param window after which it is too late to come back
 * @param memory how long those are known who came back, since they were last seen
 * @param prefix4 bits of an IPv4 address that make its network; large senders come back from another address
 * @param prefix6 the same for IPv6
 * @param autoAllow a network that came back so often is known as a whole; 0 for never
 */
public record GreylistSettings(
        Duration delay, Duration window, Duration memory, int prefix4, int prefix6, int autoAllow) {
    public GreylistSettings {
        if (delay.isNegative() || window.compareTo(delay) <= 0 || memory.compareTo(window) < 0) {
            throw new IllegalArgumentException("the delay is shorter than the window, and that than the memory");
        }
    }
}
