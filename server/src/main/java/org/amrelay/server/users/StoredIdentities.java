// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.users;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.inject.Inject;
import org.amrelay.authentication.identity.AccountIdentities;
import org.amrelay.authentication.identity.Identity;
import org.amrelay.mail.address.EmailAddress;
import org.amrelay.server.ldap.LdapAccounts;
import org.amrelay.smtp.mail.AliasIdentities;
import org.amrelay.storage.account.Accounts;
import org.amrelay.storage.account.GrantedIdentities;

/** Own address and aliases, what {@code conf/accounts.yaml} allows, and what {@code amr identity} granted. Safe for several threads. */
public final class StoredIdentities implements AccountIdentities {
    private final AliasIdentities aliases;
    private final GrantedIdentities granted;
    private final AccountRules rules;
    private final Accounts accounts;
    private final LdapAccounts directory;

    @Inject
    public StoredIdentities(
            AliasIdentities aliases,
            GrantedIdentities granted,
            AccountRules rules,
            Accounts accounts,
            LdapAccounts directory) {
        this.aliases = aliases;
        this.granted = granted;
        this.rules = rules;
        this.accounts = accounts;
        this.directory = directory;
    }

    @Override
    public boolean mayUse(String account, EmailAddress address) {
        String name = account.toLowerCase(Locale.ROOT);
        if (rules.identities().anySender().contains(name) || aliases.mayUse(name, address)) {
            return true;
        }
        Optional<Identity> identity = Identity.of(address);
        return identity.isPresent() && isGranted(name, identity.get())
                || directory.isOn() && accounts.find(name).isEmpty() && directory.mayUse(name, address);
    }

    private boolean isGranted(String account, Identity identity) {
        String address = identity.toString();
        String domain = identity.wholeDomain().toString();
        Set<String> written = rules.grants().getOrDefault(account, Set.of());
        return rules.identities().ownDomain() && account.endsWith(domain)
                || written.contains(address)
                || written.contains(domain)
                || granted.contains(account, address)
                || granted.contains(account, domain);
    }
}
