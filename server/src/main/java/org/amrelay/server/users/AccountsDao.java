// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.users;

import java.time.Clock;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.amrelay.storage.account.Account;
import org.amrelay.storage.account.Accounts;
import org.apache.james.core.Username;
import org.apache.james.user.api.AlreadyExistInUsersRepositoryException;
import org.apache.james.user.api.UsersRepositoryException;
import org.apache.james.user.api.model.User;
import org.apache.james.user.lib.UsersDAO;

/** James' users on our accounts. Safe for several threads; changes block until they are durable. */
public final class AccountsDao implements UsersDAO {
    private static final int PAGE = 500;

    private final Accounts accounts;
    private final PasswordHasher hasher;
    private final LoginCheck logins;
    private final Clock clock;

    @Inject
    public AccountsDao(Accounts accounts, PasswordHasher hasher, LoginCheck logins, Clock clock) {
        this.accounts = accounts;
        this.hasher = hasher;
        this.logins = logins;
        this.clock = clock;
    }

    /** Whose time the accounts follow. */
    public Clock clock() {
        return clock;
    }

    LoginCheck logins() {
        return logins;
    }

    @Override
    public boolean getDefaultVirtualHostingValue() {
        return true;
    }

    @Override
    public void addUser(Username name, String password) throws UsersRepositoryException {
        if (!accounts.add(new Account(name.asString(), hasher.hash(password), clock.instant()))) {
            throw new AlreadyExistInUsersRepositoryException("User " + name.asString() + " already exists");
        }
    }

    @Override
    public Optional<StoredUser> getUserByName(Username name) {
        return accounts.find(name.asString()).map(account -> new StoredUser(name, account.credential(), hasher));
    }

    @Override
    public void updateUser(User user) throws UsersRepositoryException {
        if (!(user instanceof StoredUser changed)) {
            throw new UsersRepositoryException("only a user that came from this repository can be given back to it");
        }
        String name = user.getUserName().asString();
        logins.forget(name);
        if (!accounts.update(new Account(name, changed.credential(), clock.instant()))) {
            throw new UsersRepositoryException("there is no user " + name + " to change");
        }
    }

    @Override
    public void removeUser(Username name) throws UsersRepositoryException {
        logins.forget(name.asString());
        if (!accounts.remove(name.asString())) {
            throw new UsersRepositoryException("there is no user " + name.asString() + " to remove");
        }
    }

    @Override
    public boolean contains(Username name) {
        return accounts.find(name.asString()).isPresent();
    }

    @Override
    public int countUsers() {
        return (int) Math.min(accounts.count(), Integer.MAX_VALUE);
    }

    @Override
    public Iterator<Username> list() {
        return Stream.iterate(
                        accounts.names("", PAGE),
                        page -> !page.isEmpty(),
                        page -> accounts.names(page.get(page.size() - 1), PAGE))
                .flatMap(List::stream)
                .map(Username::of)
                .iterator();
    }
}
