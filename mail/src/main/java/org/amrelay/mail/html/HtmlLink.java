// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.html;

import java.util.Optional;
import org.amrelay.mail.text.LinkAddress;

/**
 * A link of an HTML part: where it leads and what it shows. Immutable.
 *
 * @param address the target, with the base address applied
 * @param text what is seen of the link; empty when it is an image
 * @param shown the address that the text names, when it names one
 * @param isHidden whether the link stands in hidden text
 */
public record HtmlLink(LinkAddress address, String text, Optional<LinkAddress> shown, boolean isHidden) {
    /** Whether the text names another host than the link leads to; {@code www.} before either makes no difference. */
    public boolean showsAnotherHost() {
        return shown.filter(address::leadsElsewhereThan).isPresent();
    }
}
