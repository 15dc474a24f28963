-- +goose Up

-- What was agreed with WebSub hubs. source has no foreign key: the row stays
-- after its source until the hub was told to stop.
CREATE TABLE subscription (
    id     TEXT NOT NULL PRIMARY KEY, -- digest of the callback's token
    source TEXT NOT NULL,
    data   TEXT NOT NULL
) STRICT;

CREATE INDEX subscription_source ON subscription (source);
