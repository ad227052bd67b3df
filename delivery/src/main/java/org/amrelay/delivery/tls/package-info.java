// SPDX-License-Identifier: Apache-2.0
/**
 * How much transport security a connection to a next hop needs, and the TLS contexts for it.
 *
 * <p>Entry type: {@link org.amrelay.delivery.tls.TlsPolicy}. Decides before the connection is made; the client obeys and
 * reports what was reached.
 */
@NullMarked
package org.amrelay.delivery.tls;

import org.jspecify.annotations.NullMarked;
