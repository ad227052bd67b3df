// SPDX-License-Identifier: Apache-2.0
/**
 * One request over verified HTTPS to a host that a stranger's DNS record names.
 *
 * <p>Entry type: {@link org.amrelay.delivery.https.HttpsClient}. Never follows a redirect, keeps no cookie and no
 * connection, sends nothing before the certificate has been checked, and has a bound for every wait and every answer. Runs
 * on the event loops that it is given; owns no thread.
 */
@NullMarked
package org.amrelay.delivery.https;

import org.jspecify.annotations.NullMarked;
