// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.envelope;

/** How much of the message a failure notice returns (RFC 3461 §4.3). */
public enum ReturnContent {
    FULL,
    HEADERS
}
