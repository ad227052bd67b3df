// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.client;

/** The peer sent something that is no SMTP reply, or more of it than the limits allow. */
final class GarbledReplyException extends Exception {
    private static final long serialVersionUID = 1;

    GarbledReplyException(String message) {
        // Without stack trace: the message says all, and a hostile peer shall not make us walk the stack
        super(message, null, false, false);
    }
}
