// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.preflight;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/**
 * What counts as writing to many. Immutable.
 *
 * @param recipients within the window from which mail of one account under one author's domain is mail to many
 * @param window how far back recipients count, at least a second
 * @param leavesFrom the addresses with which the relay connects to others, whose reverse names are looked at
 */
public record CampaignSettings(int recipients, Duration window, List<InetAddress> leavesFrom) {
    public CampaignSettings {
        leavesFrom = List.copyOf(leavesFrom);
    }
}
