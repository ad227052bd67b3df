-- SPDX-License-Identifier: Apache-2.0
-- Client networks that failed to log in too often, for as long as their past counts.
CREATE TABLE ban (
    network TEXT PRIMARY KEY,
    since   INTEGER NOT NULL,
    until   INTEGER NOT NULL,
    number  INTEGER NOT NULL
) WITHOUT ROWID;
