// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.mtasts;

import org.amrelay.delivery.tls.TlsFailure;

/** What came of fetching a policy. */
public sealed interface FetchResult {
    /** The policy host served it. */
    record Fetched(StsPolicy policy) implements FetchResult {}

    /** It did not, or not in an acceptable way. */
    record Failed(TlsFailure failure, String cause) implements FetchResult {}
}
