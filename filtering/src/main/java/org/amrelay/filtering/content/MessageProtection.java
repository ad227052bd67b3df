// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.content;

/** How a message is protected from end to end. */
public enum MessageProtection {
    NONE,
    /** Signed only. */
    SIGNED,
    /** Encrypted, with S/MIME or OpenPGP. */
    ENCRYPTED
}
