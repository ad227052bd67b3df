// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.mime;

import java.util.List;
import java.util.Optional;
import org.amrelay.mail.address.EmailAddress;

/**
 * One address of a field such as From (RFC 5322 §3.4). Immutable.
 *
 * @param name what stands before the address, decoded; a comment behind it when there is no name; else empty
 * @param address as written, without what may stand around it; may be no address at all
 * @param parsed the address when it is one
 */
public record Mailbox(String name, String address, Optional<EmailAddress> parsed) {
    static Mailbox of(String name, String address) {
        return new Mailbox(name, address, EmailAddress.parse(address));
    }

    /** Reads all addresses of a field's body as it came, one character per octet; finds as many as mail programs would. */
    public static List<Mailbox> parse(String body) {
        return new MailboxParser(Folded.unfold(body)).parse();
    }

    /** The domain in A-labels and lower case; empty when there is no address. */
    public String domain() {
        return parsed.map(EmailAddress::domain).orElse("");
    }
}
