-- SPDX-License-Identifier: Apache-2.0
-- What shaping knows after a restart: the day's count, the back-off and the warm-up of sites.
CREATE TABLE shaping_memory (
    name       TEXT PRIMARY KEY,
    value      TEXT    NOT NULL,
    changed_at INTEGER NOT NULL
) WITHOUT ROWID;

-- A delivery that is held until then, and cancelled if nobody changes that; without a number: not cancelled.
ALTER TABLE delivery ADD COLUMN cancel_at INTEGER;
ALTER TABLE delivery ADD COLUMN cancel_tells INTEGER NOT NULL DEFAULT 0;

-- What operators ordered a short time ago, with how each delivery was before, so that it can be undone.
CREATE TABLE operator_order (
    id     INTEGER PRIMARY KEY,
    at     INTEGER NOT NULL,
    kind   TEXT    NOT NULL,
    by     TEXT    NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE operator_order_item (
    order_id    INTEGER NOT NULL,
    delivery_id INTEGER NOT NULL,
    due_at      INTEGER NOT NULL,
    held        INTEGER NOT NULL,
    PRIMARY KEY (order_id, delivery_id)
) WITHOUT ROWID;
