// SPDX-License-Identifier: Apache-2.0
package org.amrelay.matchers;

import java.util.Set;
import org.amrelay.mail.address.DomainPattern;
import org.apache.james.core.Domain;
import org.apache.mailet.MailetContext;

/** The domains that this relay takes mail for: those of James' domain list and those that a condition adds. */
record OwnDomains(Set<DomainPattern> further, MailetContext context) {
    boolean include(Domain domain) {
        return DomainPattern.anyMatches(further, domain.asString()) || context.isLocalServer(domain);
    }
}
