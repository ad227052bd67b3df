// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mailets;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.amrelay.delivery.bounce.BounceResult;
import org.amrelay.delivery.bounce.BouncedRecipient;
import org.amrelay.delivery.bounce.reason.BounceReason;
import org.amrelay.mail.address.EmailAddress;

/** What a notice says of one recipient, when the return path has told who that is. */
final class OneOfMany {
    private OneOfMany() {}

    /**
     * What it says of him; what it says without a name; else what it says of somebody to whom he may have forwarded the
     * mail, which is no definite answer about himself. Empty when it says nothing of anybody.
     */
    static Optional<BouncedRecipient> of(BounceResult result, EmailAddress recipient) {
        List<BouncedRecipient> all = result.recipients();
        return all.stream()
                .filter(each -> addresses(each).stream()
                        .anyMatch(address -> address.toString().equalsIgnoreCase(recipient.toString())))
                .findFirst()
                .or(() -> all.stream().filter(each -> addresses(each).isEmpty()).findFirst())
                .or(() -> all.stream().findFirst().map(OneOfMany::aboutAnother));
    }

    private static BouncedRecipient aboutAnother(BouncedRecipient other) {
        BounceReason reason = other.reason();
        return new BouncedRecipient(
                other.address(),
                other.original(),
                other.action(),
                other.diagnostic(),
                other.remoteMta(),
                new BounceReason(reason.category(), reason.permanent(), reason.status(), false));
    }

    /** The addresses by which a notice names somebody. */
    static List<EmailAddress> addresses(BouncedRecipient recipient) {
        List<EmailAddress> addresses = new ArrayList<>();
        EmailAddress.parse(recipient.address()).ifPresent(addresses::add);
        recipient.original().flatMap(EmailAddress::parse).ifPresent(addresses::add);
        return addresses;
    }
}
