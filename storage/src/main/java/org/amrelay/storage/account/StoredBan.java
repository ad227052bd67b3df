// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.account;

import java.time.Instant;

/**
 * A client network that is kept out, or was.
 *
 * @param network as the caller writes networks
 * @param number how often it was banned
 */
public record StoredBan(String network, Instant since, Instant until, int number) {}
