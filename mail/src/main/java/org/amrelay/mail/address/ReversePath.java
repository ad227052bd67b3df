// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.address;

import java.util.Optional;

/**
 * The sender of an envelope, which may be the null sender {@code <>} (RFC 5321 §4.5.5).
 *
 * <p>Immutable.
 *
 * @param address empty for the null sender
 */
public record ReversePath(Optional<EmailAddress> address) {
    /** The sender of bounces and of other mail that nobody may answer automatically. */
    public static ReversePath nullSender() {
        return new ReversePath(Optional.empty());
    }

    public static ReversePath of(EmailAddress address) {
        return new ReversePath(Optional.of(address));
    }

    /**
     * Reads {@code local@domain}; the empty text and {@code <>} are the null sender.
     *
     * @throws IllegalArgumentException when the text is neither
     */
    public static ReversePath of(String text) {
        return text.isEmpty() || text.equals("<>") ? nullSender() : of(EmailAddress.of(text));
    }

    public boolean isNull() {
        return address.isEmpty();
    }

    /** {@code local@domain}, or the empty text for the null sender. */
    @Override
    public String toString() {
        return address.map(EmailAddress::toString).orElse("");
    }
}
