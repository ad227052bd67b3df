// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.users;

import java.util.Optional;
import org.apache.james.core.Username;
import org.apache.james.user.api.model.User;

/**
 * One account as James sees it: a name, and a password that can be checked and changed.
 *
 * <p>A change takes effect when the user is given back to the repository. Not safe for several threads.
 */
public final class StoredUser implements User {
    private final Username name;
    private final PasswordHasher hasher;
    private String credential;

    StoredUser(Username name, String credential, PasswordHasher hasher) {
        this.name = name;
        this.credential = credential;
        this.hasher = hasher;
    }

    @Override
    public Username getUserName() {
        return name;
    }

    @Override
    public boolean verifyPassword(String password) {
        return hasher.matches(password, Optional.of(credential));
    }

    @Override
    public boolean setPassword(String password) {
        credential = hasher.hash(password, Optional.of(credential));
        return true;
    }

    String credential() {
        return credential;
    }
}
