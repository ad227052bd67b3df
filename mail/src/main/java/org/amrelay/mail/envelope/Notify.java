// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.envelope;

/** When the sender wants to hear about a recipient (RFC 3461 §4.1). */
public enum Notify {
    /** Never, not even about failures; stands alone. */
    NEVER,
    SUCCESS,
    FAILURE,
    DELAY
}
