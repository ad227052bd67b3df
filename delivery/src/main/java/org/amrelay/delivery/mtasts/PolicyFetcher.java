// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.mtasts;

import java.util.concurrent.CompletionStage;

/** Gets the policy of a domain from its policy host. Stages always complete normally, within a time-out. */
@FunctionalInterface
public interface PolicyFetcher {
    CompletionStage<FetchResult> fetch(String domain);
}
