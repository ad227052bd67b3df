// SPDX-License-Identifier: Apache-2.0
/**
 * How much transport security a connection to a next hop needs, how a server's certificates are judged, and the TLS
 * contexts for it.
 *
 * <p>Entry types: {@link org.amrelay.delivery.tls.TlsPolicy}, what settings say, and
 * {@link org.amrelay.delivery.tls.TlsRequirement}, what one connection must reach. Decides before the connection is made;
 * the client obeys and reports what was reached. Handshakes take any certificate; whoever requires more has the chain
 * checked afterwards, so that resumed sessions are judged like new ones. Looks nothing up.
 */
@NullMarked
package org.amrelay.delivery.tls;

import org.jspecify.annotations.NullMarked;
