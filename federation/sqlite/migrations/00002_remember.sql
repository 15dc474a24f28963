-- +goose Up

-- The last fetches, apart from the state: lists of states do without them.
ALTER TABLE source_state ADD COLUMN journal TEXT NOT NULL DEFAULT '[]';

-- barred: an operator withdrew the item, and its source does not bring it back.
ALTER TABLE item ADD COLUMN barred INTEGER NOT NULL DEFAULT 0;

-- Further origin ids of items. gone: of a tombstone, NULL = not deleted.
CREATE TABLE alias (
    source    TEXT NOT NULL,
    origin_id TEXT NOT NULL,
    item      TEXT NOT NULL,
    gone      INTEGER,
    PRIMARY KEY (source, origin_id)
) STRICT, WITHOUT ROWID;

-- The documents that a source's list names.
CREATE TABLE page (
    source TEXT NOT NULL REFERENCES source (name) ON DELETE CASCADE,
    url    TEXT NOT NULL,
    data   TEXT NOT NULL,
    PRIMARY KEY (source, url)
) STRICT, WITHOUT ROWID;

CREATE TABLE topic (
    slug TEXT NOT NULL PRIMARY KEY,
    data TEXT NOT NULL
) STRICT;
