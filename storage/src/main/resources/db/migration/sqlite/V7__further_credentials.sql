-- SPDX-License-Identifier: Apache-2.0
-- What lets an account in beside its password.
CREATE TABLE further_credential (
    account      TEXT    NOT NULL,
    kind         INTEGER NOT NULL, -- 0 app password, 1 client certificate
    name         TEXT    NOT NULL,
    credential   TEXT    NOT NULL, -- hash of an app password, fingerprint of a certificate
    created_at   INTEGER NOT NULL,
    last_used_at INTEGER,
    PRIMARY KEY (account, kind, name),
    UNIQUE (kind, credential)
) WITHOUT ROWID;
