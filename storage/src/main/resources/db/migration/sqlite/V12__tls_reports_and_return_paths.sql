-- SPDX-License-Identifier: Apache-2.0
-- Aggregate TLS reports of others on deliveries to our domains (RFC 8460); lists have one entry a line.

CREATE TABLE tls_report (
    id           INTEGER PRIMARY KEY,
    organization TEXT    NOT NULL,
    report_id    TEXT    NOT NULL,
    contact      TEXT    NOT NULL,
    begin_at     INTEGER NOT NULL,
    end_at       INTEGER NOT NULL,
    received_at  INTEGER NOT NULL,
    UNIQUE (organization, report_id)
);
CREATE INDEX tls_report_end ON tls_report (end_at);
CREATE INDEX tls_report_received ON tls_report (received_at);

CREATE TABLE tls_report_policy (
    report_id  INTEGER NOT NULL, -- tls_report.id
    number     INTEGER NOT NULL,
    domain     TEXT    NOT NULL,
    kind       TEXT    NOT NULL,
    policy     TEXT    NOT NULL,
    mx_hosts   TEXT    NOT NULL,
    successful INTEGER NOT NULL,
    failed     INTEGER NOT NULL,
    PRIMARY KEY (report_id, number)
) WITHOUT ROWID;

CREATE TABLE tls_report_failure (
    report_id      INTEGER NOT NULL, -- tls_report.id
    policy         INTEGER NOT NULL, -- tls_report_policy.number
    number         INTEGER NOT NULL,
    result         TEXT    NOT NULL,
    sending_ip     TEXT    NOT NULL,
    receiving_host TEXT    NOT NULL,
    receiving_ip   TEXT    NOT NULL,
    sessions       INTEGER NOT NULL,
    PRIMARY KEY (report_id, policy, number)
) WITHOUT ROWID;

-- The return path of a recipient that has one of its own, in lower case: so that a bounce to it names the recipient.
ALTER TABLE recipient ADD COLUMN return_path TEXT;
CREATE INDEX recipient_return_path ON recipient (return_path) WHERE return_path IS NOT NULL;
