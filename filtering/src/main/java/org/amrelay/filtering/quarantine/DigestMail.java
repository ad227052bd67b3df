// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.quarantine;

import java.util.List;
import java.util.Map;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.message.MessageContent;

/**
 * A digest that is ready to be sent; its envelope sender is null.
 *
 * @param name of the mail
 * @param about ids of the mails of which it tells
 * @param attributes of the mail, in text form
 */
public record DigestMail(
        String name, EmailAddress to, MessageContent content, List<Long> about, Map<String, String> attributes) {
    public DigestMail {
        about = List.copyOf(about);
        attributes = Map.copyOf(attributes);
    }
}
