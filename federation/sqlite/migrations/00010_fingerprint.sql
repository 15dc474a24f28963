-- +goose Up

-- What an item is compared with others by, as federation/likeness writes it, of
-- the version in likeness. In a table of its own: the rows of likeness, which is
-- one tree with its keys, must stay short.
CREATE TABLE fingerprint (
    item TEXT NOT NULL PRIMARY KEY REFERENCES item (id),
    data BLOB
) STRICT;

-- What is held was made without them: all items are compared once more.
DELETE FROM cursor WHERE name = 'likeness';
