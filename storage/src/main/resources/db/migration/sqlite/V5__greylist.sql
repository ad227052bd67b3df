-- SPDX-License-Identifier: Apache-2.0
-- Who has been told to come back, and who did.
CREATE TABLE greylist (
    key        TEXT PRIMARY KEY,
    first_seen INTEGER NOT NULL, -- milliseconds since 1970
    last_seen  INTEGER NOT NULL,
    passes     INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX greylist_last_seen ON greylist (last_seen);
