// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.users;

import java.io.IOException;
import java.util.concurrent.TimeoutException;
import javax.inject.Inject;
import org.amrelay.server.ldap.LdapAccounts;
import org.apache.james.core.Username;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.user.api.UsersRepositoryException;
import org.apache.james.user.lib.UsersRepositoryImpl;

/**
 * James' users repository on our accounts, with log-ins checked by {@link LoginCheck}; names that are no account of ours
 * are asked of the directory, if there is one.
 *
 * <p>Safe for several threads. {@link #test} blocks for the time of a hash and refuses to do so on a network event loop.
 */
public final class RelayUsersRepository extends UsersRepositoryImpl<AccountsDao> implements UsersRepository {
    private final LdapAccounts directory;

    @Inject
    public RelayUsersRepository(DomainList domains, AccountsDao accounts, LdapAccounts directory) {
        super(domains, accounts);
        this.directory = directory;
        setEnableVirtualHosting(true);
    }

    /** Whether the password is right; an exception means <em>try later</em>. */
    @Override
    public boolean test(Username name, String password) throws UsersRepositoryException {
        try {
            return directory.isOn() && !usersDAO.contains(name)
                    ? directory.letsIn(name.asString(), password)
                    : usersDAO.logins().verifyAndWait(name.asString(), password);
        } catch (TimeoutException | IOException later) {
            throw new UsersRepositoryException("the log-in of " + name.asString() + " cannot be checked now", later);
        }
    }
}
