-- +goose Up

-- What is configured and has no table of its own. kind: what it is (hub).
CREATE TABLE record (
    kind TEXT NOT NULL,
    key  TEXT NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;
