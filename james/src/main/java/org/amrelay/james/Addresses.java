// SPDX-License-Identifier: Apache-2.0
package org.amrelay.james;

import javax.mail.internet.AddressException;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.mail.address.ReversePath;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;

/** Addresses of James as ours and back. */
public final class Addresses {
    private Addresses() {}

    /** James has checked the address; both sides keep the local part as written, or know what it stands for. */
    public static EmailAddress of(MailAddress address) {
        return new EmailAddress(
                StandIn.read(address.getLocalPart()), address.getDomain().asString());
    }

    public static ReversePath of(MaybeSender sender) {
        return new ReversePath(sender.asOptional().map(Addresses::of));
    }

    /**
     * The other way. Domains are in A-labels there; a local part beyond ASCII has a stand-in (docs/decisions/0072).
     *
     * @throws AddressException when James does not take the address, for example because of white space in it
     */
    public static MailAddress toJames(EmailAddress address) throws AddressException {
        String local = address.localPart();
        return new MailAddress(StandIn.isNeeded(local) ? StandIn.of(local) : local, address.domain());
    }
}
