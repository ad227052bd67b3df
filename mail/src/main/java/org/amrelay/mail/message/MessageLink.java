// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.message;

import java.util.Optional;
import org.amrelay.mail.text.LinkAddress;

/**
 * A link somewhere in a message. Immutable.
 *
 * @param address where it leads
 * @param place in what it was found
 * @param text what is seen of it; empty when it is not a matter of text
 * @param shown the address that the text names, when it names one
 * @param part the path of the part
 */
public record MessageLink(LinkAddress address, Place place, String text, Optional<LinkAddress> shown, String part) {
    /** What makes a link of an address. */
    public enum Place {
        /** An HTML link that is seen. */
        HTML,
        /** An HTML link in hidden text. */
        HIDDEN_HTML,
        /** An address in plain text. */
        TEXT,
        /** A name without scheme in plain text. */
        BARE_NAME,
        FORM,
        IMAGE,
        REFRESH,
        /** Style sheets, frames, scripts and other things that are fetched. */
        FETCHED,
        /** Inside of another link: a redirector may lead there. */
        EMBEDDED
    }

    /** Whether the text names another host than the link leads to. */
    public boolean showsAnotherHost() {
        return shown.filter(address::leadsElsewhereThan).isPresent();
    }
}
