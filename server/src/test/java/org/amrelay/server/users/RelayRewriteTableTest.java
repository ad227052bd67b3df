// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.users;

import org.amrelay.server.TemporaryStorage;
import org.apache.james.UserEntityValidator;
import org.apache.james.rrt.lib.AbstractRecipientRewriteTable;
import org.apache.james.rrt.lib.RecipientRewriteTableContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

class RelayRewriteTableTest implements RecipientRewriteTableContract {
    @RegisterExtension
    final TemporaryStorage temporary = new TemporaryStorage();

    private RelayRewriteTable rewrites;

    @BeforeEach
    void openTheTable() throws Exception {
        setUp();
    }

    @AfterEach
    void emptyTheTable() throws Exception {
        tearDown();
    }

    @Override
    public void createRecipientRewriteTable() throws Exception {
        rewrites = Rewriting.on(temporary.get()).table();
        rewrites.setUserEntityValidator(UserEntityValidator.NOOP);
    }

    @Override
    public AbstractRecipientRewriteTable virtualUserTable() {
        return rewrites;
    }
}
