-- SPDX-License-Identifier: Apache-2.0
-- Our own DKIM keys. The private half is sealed by the application; nothing here opens it.

CREATE TABLE dkim_key (
    domain          TEXT    NOT NULL,
    selector        TEXT    NOT NULL,
    algorithm       TEXT    NOT NULL, -- as in the tag a= of a signature
    state           TEXT    NOT NULL, -- NEXT, ACTIVE, RETIRED
    created_at      INTEGER NOT NULL,
    since           INTEGER NOT NULL,
    published_since INTEGER,
    public_key      BLOB    NOT NULL,
    sealed          BLOB    NOT NULL,
    PRIMARY KEY (domain, selector)
) WITHOUT ROWID;
