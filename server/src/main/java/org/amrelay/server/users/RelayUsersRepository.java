// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.users;

import java.util.concurrent.TimeoutException;
import javax.inject.Inject;
import org.apache.james.core.Username;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.user.api.UsersRepositoryException;
import org.apache.james.user.lib.UsersRepositoryImpl;

/**
 * James' users repository on our accounts, with log-ins checked by {@link LoginCheck}.
 *
 * <p>Safe for several threads. {@link #test} blocks for the time of a hash and refuses to do so on a network event loop.
 */
public final class RelayUsersRepository extends UsersRepositoryImpl<AccountsDao> implements UsersRepository {
    @Inject
    public RelayUsersRepository(DomainList domains, AccountsDao accounts) {
        super(domains, accounts);
        setEnableVirtualHosting(true);
    }

    /** Whether the password is right; an exception means <em>try later</em>. */
    @Override
    public boolean test(Username name, String password) throws UsersRepositoryException {
        try {
            return usersDAO.logins().verifyAndWait(name.asString(), password);
        } catch (TimeoutException later) {
            throw new UsersRepositoryException("the log-in of " + name.asString() + " cannot be checked now", later);
        }
    }
}
