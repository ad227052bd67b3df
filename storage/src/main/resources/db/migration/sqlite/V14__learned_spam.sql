-- SPDX-License-Identifier: Apache-2.0
-- What people taught about spam: tables of weights of everybody and of accounts, and digests of reported texts.
CREATE TABLE learned_spam (
    name       TEXT    PRIMARY KEY,
    learned    BLOB    NOT NULL,
    changed_at INTEGER NOT NULL
) WITHOUT ROWID;
