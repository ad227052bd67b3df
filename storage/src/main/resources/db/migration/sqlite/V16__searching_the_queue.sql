-- SPDX-License-Identifier: Apache-2.0
-- Searching a long queue. What is looked for lies with the delivery, and only what waits is in an index.
ALTER TABLE delivery ADD COLUMN accepted_at INTEGER NOT NULL DEFAULT 0; -- the mail's
ALTER TABLE delivery ADD COLUMN account TEXT;                           -- the mail's, in lower case
UPDATE delivery SET (accepted_at, account) = (SELECT m.accepted_at, lower(m.account) FROM mail m WHERE m.id = mail_id);

-- Each index is in the order of the delivery's id, so that a page needs no sorting.
CREATE INDEX delivery_account ON delivery (account) WHERE account IS NOT NULL;
CREATE INDEX delivery_sender ON delivery (lower(sender));
CREATE INDEX recipient_waiting_address ON recipient (lower(address), delivery_id) WHERE state IN (1, 2);
-- What follows the last @ of the address.
CREATE INDEX recipient_waiting_domain ON recipient
    (lower(substr(address, length(rtrim(address, replace(address, '@', ''))) + 1)), delivery_id) WHERE state IN (1, 2);
