// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.users;

import java.time.Clock;
import org.amrelay.server.ldap.NoLdap;
import org.amrelay.storage.RelayStorage;
import org.apache.james.UserEntityValidator;
import org.apache.james.dnsservice.api.InMemoryDNSService;
import org.apache.james.domainlist.lib.DomainListConfiguration;

/** A rewrite table with the domains and users around it that James wants to ask. */
record Rewriting(RelayRewriteTable table, RelayDomainList domains, RelayUsersRepository users) {
    /** The table is not configured yet. */
    static Rewriting on(RelayStorage storage) throws Exception {
        RelayDomainList domains = new RelayDomainList(new InMemoryDNSService(), storage.domains());
        domains.configure(DomainListConfiguration.DEFAULT);
        PasswordHasher hasher = new PasswordHasher(1_000);
        LoginCheck logins = new LoginCheck(storage.accounts(), hasher, Clock.systemUTC());
        RelayRewriteTable table = new RelayRewriteTable(storage.rewrites());
        table.setDomainList(domains);
        RelayUsersRepository users = new RelayUsersRepository(
                domains, new AccountsDao(storage.accounts(), hasher, logins, Clock.systemUTC()), NoLdap.accounts());
        table.setUsersRepository(users);
        table.setUserEntityValidator(UserEntityValidator.NOOP);
        return new Rewriting(table, domains, users);
    }
}
