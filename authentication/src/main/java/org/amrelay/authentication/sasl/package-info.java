// SPDX-License-Identifier: Apache-2.0
/**
 * Log-in conversations that are more than a name and a password (RFC 4422): SCRAM-SHA-256 and its PLUS form,
 * and bearer tokens.
 *
 * <p>Entry type: {@link org.amrelay.authentication.sasl.SaslExchange}. An exchange is for one client and one attempt. Who
 * there is, is asked of a port; what the client sends is hostile until the exchange ends. Never logs what it reads.
 */
@NullMarked
package org.amrelay.authentication.sasl;

import org.jspecify.annotations.NullMarked;
