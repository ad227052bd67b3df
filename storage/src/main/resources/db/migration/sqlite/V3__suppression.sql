-- SPDX-License-Identifier: Apache-2.0
-- Addresses to which nothing is sent. Both account and address are lower case.

CREATE TABLE suppression (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    account TEXT    NOT NULL, -- empty: for all
    address TEXT    NOT NULL,
    reason  TEXT    NOT NULL,
    source  TEXT    NOT NULL,
    since   INTEGER NOT NULL,
    until   INTEGER,          -- NULL: for ever
    UNIQUE (account, address)
);

CREATE TABLE hard_bounce (
    account TEXT    NOT NULL,
    address TEXT    NOT NULL,
    at      INTEGER NOT NULL
);
CREATE INDEX hard_bounce_address ON hard_bounce (address, account, at);
CREATE INDEX hard_bounce_at ON hard_bounce (at);
