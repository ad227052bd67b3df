-- SPDX-License-Identifier: Apache-2.0
-- Addresses ('you@example.org') and domains ('@example.org') that an account may send under beside its own and its aliases.
CREATE TABLE identity (
    account  TEXT NOT NULL,
    identity TEXT NOT NULL,
    PRIMARY KEY (account, identity)
) WITHOUT ROWID;
