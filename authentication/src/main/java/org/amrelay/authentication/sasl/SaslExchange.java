// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.sasl;

/**
 * One attempt to log in.
 *
 * <p>For one thread at a time; may block on the storage.
 */
@FunctionalInterface
public interface SaslExchange {
    /** Takes what the client says, decoded from base64, and goes on; nothing more is asked after an end. */
    SaslStep respond(String text);
}
