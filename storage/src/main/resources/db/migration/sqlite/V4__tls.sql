-- SPDX-License-Identifier: Apache-2.0
-- MTA-STS policies of recipients' domains, so that they hold over a restart (RFC 8461).
CREATE TABLE sts_policy (
    domain     TEXT PRIMARY KEY,
    id         TEXT    NOT NULL,
    policy     TEXT    NOT NULL,                -- its lines
    fetched_at INTEGER NOT NULL
) WITHOUT ROWID;

-- Sessions with mail exchangers until they have been reported (RFC 8460); lists have one entry a line.
CREATE TABLE tls_count (
    day            TEXT    NOT NULL,            -- in UTC, like 2026-03-01
    domain         TEXT    NOT NULL,
    kind           TEXT    NOT NULL,
    policy         TEXT    NOT NULL,
    mx_hosts       TEXT    NOT NULL,
    result         TEXT    NOT NULL,            -- empty: well
    sending_ip     TEXT    NOT NULL,
    receiving_host TEXT    NOT NULL,
    receiving_ip   TEXT    NOT NULL,
    sessions       INTEGER NOT NULL,
    PRIMARY KEY (day, domain, kind, policy, mx_hosts, result, sending_ip, receiving_host, receiving_ip)
) WITHOUT ROWID;

-- The sender forbids passing the mail on without verified TLS (RFC 8689).
ALTER TABLE mail ADD COLUMN require_tls INTEGER NOT NULL DEFAULT 0;
