// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.srs;

import org.amrelay.mail.address.EmailAddress;

/**
 * What stands behind an address to which a bounce is sent.
 *
 * <p>Immutable.
 */
public sealed interface OriginalSender {
    /** An ordinary address. */
    record NotRewritten() implements OriginalSender {}

    /**
     * We made the address for this sender.
     *
     * @param isOfOneRecipient whether the address was made for one recipient of his alone
     */
    record Sender(EmailAddress address, boolean isOfOneRecipient) implements OriginalSender {
        public Sender(EmailAddress address) {
            this(address, false);
        }
    }

    /** It looks as if we had made it, but we have not, or too long ago. */
    record Refused(String reason) implements OriginalSender {}
}
