-- SPDX-License-Identifier: Apache-2.0
-- What is usual for each account, and the accounts whose mail is held.
CREATE TABLE account_baseline (
    account    TEXT PRIMARY KEY,
    changed_at INTEGER NOT NULL,
    baseline   BLOB    NOT NULL -- BaselineCodec
);
CREATE INDEX account_baseline_changed ON account_baseline (changed_at);

CREATE TABLE contained_account (
    account  TEXT PRIMARY KEY,
    since    INTEGER NOT NULL,
    by       TEXT    NOT NULL,
    reason   TEXT    NOT NULL,
    mail     TEXT    NOT NULL,  -- name of the mail that gave rise to it, empty for an order
    told     INTEGER NOT NULL,
    recalled INTEGER NOT NULL
) WITHOUT ROWID;
