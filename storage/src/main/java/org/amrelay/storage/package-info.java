// SPDX-License-Identifier: Apache-2.0
/**
 * What must not be lost: spool, deliveries, ledger, repositories, accounts, in one directory of one SQLite database.
 *
 * <p>Entry type: {@link org.amrelay.storage.RelayStorage}. The only room that knows SQL. Every stage completes after the
 * fsync of the transaction that holds its write; many callers share one transaction. Never answers from a state that is not
 * durable. Knows no container and no mail server.
 */
@NullMarked
package org.amrelay.storage;

import org.jspecify.annotations.NullMarked;
