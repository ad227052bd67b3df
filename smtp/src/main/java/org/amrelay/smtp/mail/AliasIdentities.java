// SPDX-License-Identifier: Apache-2.0
package org.amrelay.smtp.mail;

import javax.inject.Inject;
import javax.mail.internet.AddressException;
import org.amrelay.authentication.identity.AccountIdentities;
import org.amrelay.james.Addresses;
import org.amrelay.mail.address.EmailAddress;
import org.apache.james.core.Username;
import org.apache.james.rrt.api.CanSendFrom;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.user.api.UsersRepositoryException;

/** The account's own address, and what James' rewrite table says are its aliases. Safe for several threads. */
public final class AliasIdentities implements AccountIdentities {
    private final UsersRepository users;
    private final CanSendFrom canSendFrom;

    @Inject
    public AliasIdentities(UsersRepository users, CanSendFrom canSendFrom) {
        this.users = users;
        this.canSendFrom = canSendFrom;
    }

    @Override
    public boolean mayUse(String account, EmailAddress address) {
        if (address.toString().equalsIgnoreCase(account)) {
            return true;
        }
        try {
            return canSendFrom.userCanSendFrom(Username.of(account), users.getUsername(Addresses.toJames(address)));
        } catch (AddressException noAddressOfOurs) {
            return false;
        } catch (UsersRepositoryException trouble) {
            // RelayHook makes "try later" of it
            throw new IllegalStateException("cannot look up the aliases of " + account, trouble);
        }
    }
}
