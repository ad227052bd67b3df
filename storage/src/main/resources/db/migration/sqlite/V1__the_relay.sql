-- SPDX-License-Identifier: Apache-2.0
-- Times are milliseconds since 1970 in UTC. Ids are given by the application, from one sequence for all tables.
-- Rows that belong to a mail have the id mail * 2^20 + number, so that they lie together and need no second index.

CREATE TABLE mail (
    id             INTEGER PRIMARY KEY,
    name           TEXT    NOT NULL,
    accepted_at    INTEGER NOT NULL,
    sender         TEXT    NOT NULL, -- empty: null sender
    account        TEXT,
    size           INTEGER NOT NULL,
    envelope_id    TEXT,
    return_content INTEGER,          -- 0 full, 1 headers
    remote_host    TEXT    NOT NULL,
    remote_address TEXT    NOT NULL,
    helo           TEXT    NOT NULL,
    protocol       TEXT    NOT NULL
);
CREATE INDEX mail_name ON mail (name);

CREATE TABLE recipient (
    id          INTEGER PRIMARY KEY,            -- mail * 2^20 + number
    address     TEXT    NOT NULL,
    state       INTEGER NOT NULL,               -- RecipientState.number()
    changed_at  INTEGER NOT NULL,
    delivery_id INTEGER,
    notify_on   INTEGER NOT NULL,               -- bits: 1 never, 2 success, 4 failure, 8 delay
    original    TEXT,
    parent      INTEGER,                        -- the recipient that became this one
    decided_by  TEXT,
    reply       TEXT,                           -- code, enhanced code or -, text
    peer        TEXT,
    tls         TEXT,
    in_doubt    INTEGER NOT NULL DEFAULT 0
);

-- What happened to a mail: lines of kind, tab, text.
CREATE TABLE event (
    mail_id INTEGER NOT NULL,
    number  INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    lines   TEXT    NOT NULL,
    PRIMARY KEY (mail_id, number)
) WITHOUT ROWID;

-- Bodies: owner * 2^20 + number, where the owner is a mail, an item of a plain queue or a mail of a repository.
CREATE TABLE content (
    id        INTEGER PRIMARY KEY,
    size      INTEGER NOT NULL,
    tail_from INTEGER,                          -- from there on the bytes are those of the owner's content 0
    bytes     BLOB                              -- NULL: in a file
);

CREATE TABLE spool_item (
    id          INTEGER PRIMARY KEY,            -- in the queue 'spool' the mail's id
    queue       TEXT    NOT NULL,
    priority    INTEGER NOT NULL,
    not_before  INTEGER NOT NULL,
    accepted_at INTEGER NOT NULL,
    attempts    INTEGER NOT NULL,
    mail        BLOB    NOT NULL                -- StoredMailCodec
);

CREATE TABLE delivery (
    id           INTEGER PRIMARY KEY,
    mail_id      INTEGER NOT NULL,
    next_hop     TEXT    NOT NULL,
    sender       TEXT    NOT NULL,
    due_at       INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    attempts     INTEGER NOT NULL,
    held         INTEGER NOT NULL,
    delay_notice INTEGER NOT NULL,
    content      INTEGER NOT NULL,              -- number of the mail's content that goes out
    recipients   TEXT    NOT NULL               -- numbers of the recipients that wait, with commas
);

CREATE TABLE repository (
    id  INTEGER PRIMARY KEY,
    url TEXT NOT NULL UNIQUE
);

CREATE TABLE repository_mail (
    id            INTEGER PRIMARY KEY,
    repository_id INTEGER NOT NULL,
    mail_key      TEXT    NOT NULL,
    mail          BLOB    NOT NULL,             -- StoredMailCodec
    UNIQUE (repository_id, mail_key)
);

CREATE TABLE account (
    name       TEXT PRIMARY KEY,
    credential TEXT    NOT NULL,
    changed_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE domain (
    name TEXT PRIMARY KEY
) WITHOUT ROWID;

CREATE TABLE rewrite (
    id     INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    target TEXT NOT NULL,
    UNIQUE (source, target)
);
