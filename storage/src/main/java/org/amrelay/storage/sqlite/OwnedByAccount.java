// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.sql.SQLException;

/** Rows that go with their account. */
interface OwnedByAccount {
    /** Part of the transaction that removes the account. */
    void removeAll(Statements tables, String account) throws SQLException;

    /** Follows that transaction, on the writer thread. */
    void accountRemoved(String account);
}
