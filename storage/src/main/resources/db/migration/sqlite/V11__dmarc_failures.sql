-- SPDX-License-Identifier: Apache-2.0
-- Failure reports that came in.

CREATE TABLE dmarc_failure (
    id          INTEGER PRIMARY KEY,
    arrival     INTEGER NOT NULL, -- of the message that failed
    reporter    TEXT    NOT NULL,
    domain      TEXT    NOT NULL,
    source      TEXT    NOT NULL,
    failure     TEXT    NOT NULL,
    unaligned   TEXT    NOT NULL,
    sender      TEXT    NOT NULL,
    result      TEXT    NOT NULL,
    signature   TEXT    NOT NULL,
    incidents   INTEGER NOT NULL,
    received_at INTEGER NOT NULL
);
CREATE INDEX dmarc_failure_received ON dmarc_failure (received_at);
