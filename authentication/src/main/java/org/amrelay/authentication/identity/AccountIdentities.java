// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.identity;

import org.amrelay.mail.address.EmailAddress;

/**
 * What an account may call itself.
 *
 * <p>Answers from memory. Safe for several threads.
 */
@FunctionalInterface
public interface AccountIdentities {
    /** Whether the account may send under that address. */
    boolean mayUse(String account, EmailAddress address);
}
