-- SPDX-License-Identifier: Apache-2.0
-- Mail that is kept back for a person to decide about, per recipient.
CREATE TABLE quarantine_item (
    id             INTEGER PRIMARY KEY,
    owner          INTEGER NOT NULL,            -- whose content it is: a mail's, or a former mail of a repository
    content        INTEGER NOT NULL,            -- number of the owner's content
    mail_id        INTEGER NOT NULL,            -- 0 when the ledger does not know it
    kept           INTEGER NOT NULL,            -- recipients about whom nothing is decided; 0: the bytes are gone
    taken_at       INTEGER NOT NULL,
    expires_at     INTEGER NOT NULL,
    size           INTEGER NOT NULL,
    name           TEXT    NOT NULL,
    sender         TEXT    NOT NULL,
    author         TEXT    NOT NULL,
    subject        TEXT    NOT NULL,
    account        TEXT,
    remote_address TEXT    NOT NULL,
    kind           TEXT    NOT NULL,
    rule           TEXT    NOT NULL,
    reason         TEXT    NOT NULL,
    scanner        TEXT    NOT NULL,
    score          INTEGER,                     -- thousandths
    releasable     INTEGER NOT NULL,
    notify         INTEGER NOT NULL,            -- whether digests tell of it
    processor      TEXT    NOT NULL,
    point          TEXT    NOT NULL,
    reported       TEXT    NOT NULL DEFAULT '', -- ham or spam
    words          TEXT    NOT NULL,            -- what is searched, in lower case
    mail           BLOB    NOT NULL             -- StoredMailCodec, as it goes on
);
CREATE INDEX quarantine_owner ON quarantine_item (owner);
CREATE INDEX quarantine_mail ON quarantine_item (mail_id);
CREATE INDEX quarantine_expiry ON quarantine_item (expires_at);

CREATE TABLE quarantine_recipient (
    id         INTEGER PRIMARY KEY,             -- item * 2^20 + number
    address    TEXT    NOT NULL,
    row        INTEGER NOT NULL,                -- of the ledger, 0 without
    state      INTEGER NOT NULL,                -- QuarantineState
    changed_at INTEGER NOT NULL,
    decided_by TEXT    NOT NULL DEFAULT '',
    told_at    INTEGER                          -- when a digest told of it
);
CREATE INDEX quarantine_kept ON quarantine_recipient (address) WHERE state = 0;

CREATE TABLE quarantine_digest (
    address TEXT PRIMARY KEY,
    sent_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE quarantine_allowed (
    recipient TEXT NOT NULL,                    -- both in lower case
    sender    TEXT NOT NULL,
    at        INTEGER NOT NULL,
    PRIMARY KEY (recipient, sender)
) WITHOUT ROWID;
