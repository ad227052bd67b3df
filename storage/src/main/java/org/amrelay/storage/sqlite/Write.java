// SPDX-License-Identifier: Apache-2.0
package org.amrelay.storage.sqlite;

import java.sql.SQLException;

/** The part of a write that touches tables. May run twice, when its first transaction is rolled back because of others. */
@FunctionalInterface
interface Write<T> {
    T run(Statements tables) throws SQLException;
}
