-- +goose Up

-- What the entries of a source's last document gave: a JSON object, the content
-- hash of an item by the hash of its entry's bytes.
CREATE TABLE entry (
    source TEXT NOT NULL PRIMARY KEY REFERENCES source (name) ON DELETE CASCADE,
    data   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
