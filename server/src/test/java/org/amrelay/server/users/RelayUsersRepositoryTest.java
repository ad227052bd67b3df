// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.users;

import java.time.Clock;
import java.util.Optional;
import org.amrelay.server.TemporaryStorage;
import org.amrelay.server.ldap.NoLdap;
import org.amrelay.storage.RelayStorage;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.james.core.Username;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.user.lib.UsersRepositoryContract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

class RelayUsersRepositoryTest {
    /** The work factor is no part of the contract. */
    private static final int QUICK = 1_000;

    @Nested
    class WithVirtualHosting implements UsersRepositoryContract.WithVirtualHostingContract {
        @RegisterExtension
        final UserRepositoryExtension james = UserRepositoryExtension.withVirtualHost();

        @RegisterExtension
        final TemporaryStorage temporary = new TemporaryStorage();

        private UsersRepository users;
        private TestSystem system;

        @BeforeEach
        void openTheUsers(TestSystem system) throws Exception {
            this.system = system;
            users = testee(Optional.empty());
        }

        @Override
        public UsersRepository testee() {
            return users;
        }

        @Override
        public UsersRepository testee(Optional<Username> administrator) throws Exception {
            return users(temporary.get(), system.getDomainList(), administrator, true);
        }
    }

    @Nested
    class WithoutVirtualHosting implements UsersRepositoryContract.WithOutVirtualHostingContract {
        @RegisterExtension
        final UserRepositoryExtension james = UserRepositoryExtension.withoutVirtualHosting();

        @RegisterExtension
        final TemporaryStorage temporary = new TemporaryStorage();

        private UsersRepository users;
        private TestSystem system;

        @BeforeEach
        void openTheUsers(TestSystem system) throws Exception {
            this.system = system;
            users = testee(Optional.empty());
        }

        @Override
        public UsersRepository testee() {
            return users;
        }

        @Override
        public UsersRepository testee(Optional<Username> administrator) throws Exception {
            return users(temporary.get(), system.getDomainList(), administrator, false);
        }
    }

    private static UsersRepository users(
            RelayStorage storage, DomainList domains, Optional<Username> administrator, boolean virtualHosting)
            throws Exception {
        PasswordHasher hasher = new PasswordHasher(QUICK);
        LoginCheck logins = new LoginCheck(storage.accounts(), hasher, Clock.systemUTC());
        RelayUsersRepository users = new RelayUsersRepository(
                domains, new AccountsDao(storage.accounts(), hasher, logins, Clock.systemUTC()), NoLdap.accounts());
        BaseHierarchicalConfiguration configuration = new BaseHierarchicalConfiguration();
        administrator.ifPresent(name -> configuration.addProperty("administratorId", name.asString()));
        configuration.addProperty("enableVirtualHosting", virtualHosting);
        users.configure(configuration);
        return users;
    }
}
