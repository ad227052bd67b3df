-- SPDX-License-Identifier: Apache-2.0
-- Aggregate reports that came in (dmarc_report, dmarc_source), and what will be reported to others (dmarc_count).

CREATE TABLE dmarc_report (
    id           INTEGER PRIMARY KEY,
    organization TEXT    NOT NULL,
    report_id    TEXT    NOT NULL,
    domain       TEXT    NOT NULL,
    policy       TEXT    NOT NULL,
    begin_at     INTEGER NOT NULL,
    end_at       INTEGER NOT NULL,
    received_at  INTEGER NOT NULL,
    UNIQUE (organization, report_id, domain)
);
CREATE INDEX dmarc_report_end ON dmarc_report (end_at);

CREATE TABLE dmarc_source (
    report_id   INTEGER NOT NULL, -- dmarc_report.id
    number      INTEGER NOT NULL,
    source      TEXT    NOT NULL,
    author      TEXT    NOT NULL,
    disposition TEXT    NOT NULL,
    dkim        INTEGER NOT NULL,
    spf         INTEGER NOT NULL,
    messages    INTEGER NOT NULL,
    PRIMARY KEY (report_id, number)
) WITHOUT ROWID;

CREATE TABLE dmarc_count (
    day          INTEGER NOT NULL, -- since 1970, UTC
    domain       TEXT    NOT NULL,
    policy       TEXT    NOT NULL, -- as XML
    record       TEXT    NOT NULL, -- as XML
    destinations TEXT    NOT NULL,
    messages     INTEGER NOT NULL,
    PRIMARY KEY (day, domain, policy, record)
) WITHOUT ROWID;
