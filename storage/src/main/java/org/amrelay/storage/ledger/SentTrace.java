// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.ledger;

import java.util.Optional;
import org.amrelay.mail.address.EmailAddress;

/**
 * That a mail went to an address.
 *
 * @param mailName under which the trace shows the mail
 * @param account that submitted it; empty for mail from elsewhere
 */
public record SentTrace(String mailName, Optional<String> account, EmailAddress recipient) {}
