-- +goose Up

-- Ten rows of likeness_key an item are spread over the whole of their tree: they
-- name the item by a number, not by an id of 26 characters. What is compared
-- stands beside the rest, last, so that who reads a group does not read it.
CREATE TABLE numbered (
    number      INTEGER PRIMARY KEY,
    item        TEXT    NOT NULL UNIQUE REFERENCES item (id),
    "group"     TEXT    NOT NULL,
    version     INTEGER NOT NULL,
    wording     INTEGER NOT NULL,
    since       INTEGER,
    digest      INTEGER NOT NULL,
    keys        TEXT    NOT NULL, -- JSON array of the keys in likeness_key
    fingerprint BLOB
) STRICT;

INSERT INTO numbered (item, "group", version, wording, since, digest, keys, fingerprint)
SELECT l.item, l."group", l.version, l.wording, l.since, l.digest, l.keys, f.data
FROM likeness AS l LEFT JOIN fingerprint AS f ON f.item = l.item;

DROP TABLE fingerprint;
DROP TABLE likeness_key;
DROP TABLE likeness;
ALTER TABLE numbered RENAME TO likeness;

CREATE INDEX likeness_group ON likeness ("group") WHERE "group" <> '';

CREATE TABLE likeness_key (
    key    INTEGER NOT NULL,
    number INTEGER NOT NULL, -- of the likeness
    PRIMARY KEY (key, number)
) STRICT, WITHOUT ROWID;

INSERT INTO likeness_key (key, number)
SELECT DISTINCT k.value, l.number FROM likeness AS l, json_each(l.keys) AS k ORDER BY k.value, l.number;
