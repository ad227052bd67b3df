// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.users;

import java.util.Locale;
import java.util.Set;
import javax.inject.Inject;
import org.amrelay.mail.address.DomainPattern;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.server.ldap.LdapAccounts;
import org.amrelay.smtp.rcpt.RecipientDirectory;
import org.amrelay.storage.account.Accounts;
import org.amrelay.storage.account.Rewrites;

/** Accounts and rewrites of our own, then the directory; postmaster always (RFC 5321 §4.5.1). Safe for several threads. */
final class KnownRecipients implements RecipientDirectory {
    private final Accounts accounts;
    private final Rewrites rewrites;
    private final LdapAccounts directory;

    @Inject
    KnownRecipients(Accounts accounts, Rewrites rewrites, LdapAccounts directory) {
        this.accounts = accounts;
        this.rewrites = rewrites;
        this.directory = directory;
    }

    @Override
    public Existence find(EmailAddress address) {
        String text = address.toString().toLowerCase(Locale.ROOT);
        boolean own = address.localPart().equalsIgnoreCase("postmaster")
                || accounts.find(text).isPresent()
                || !rewrites.targets(text).isEmpty()
                || !rewrites.targets("*@" + address.domain().toLowerCase(Locale.ROOT))
                        .isEmpty()
                || !rewrites.targets("*@*").isEmpty();
        return own ? Existence.EXISTS : directory.find(address);
    }

    @Override
    public Set<DomainPattern> domains() {
        return directory.recipientDomains();
    }
}
