// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.content;

import org.amrelay.mail.address.DomainPattern;
import org.amrelay.mail.address.EmailAddress;

/** An address, @domain, @*.domain, group:name or &lt;&gt; as rules write it. Immutable. */
public record WrittenAddress(String text) {
    /** @throws IllegalArgumentException with a sentence */
    public static WrittenAddress of(String text) {
        boolean domain = text.startsWith("@");
        if (domain) {
            DomainPattern.of(text.substring(1));
        }
        if (!domain
                && !text.equals("<>")
                && !text.startsWith(RuleAddress.GROUP)
                && EmailAddress.parse(text).isEmpty()) {
            throw new IllegalArgumentException(
                    "is no address such as ann@example.org, @example.org, @*.example.org or group:name");
        }
        return new WrittenAddress(text);
    }
}
