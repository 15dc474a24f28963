-- +goose Up

-- Which items are alike (docs/duplicates.md). digest: of what was compared.
-- "group": id of the item that a group is about; '' = alone.
CREATE TABLE likeness (
    item    TEXT    NOT NULL PRIMARY KEY REFERENCES item (id),
    "group" TEXT    NOT NULL,
    digest  INTEGER NOT NULL,
    keys    TEXT    NOT NULL -- JSON array of the keys in likeness_key
) STRICT, WITHOUT ROWID;

CREATE INDEX likeness_group ON likeness ("group") WHERE "group" <> '';

CREATE TABLE likeness_key (
    key  INTEGER NOT NULL,
    item TEXT    NOT NULL,
    PRIMARY KEY (key, item)
) STRICT, WITHOUT ROWID;
