-- +goose Up

-- Files that items link, and their text. due: NULL = not to be fetched. reason:
-- why the text, or a part of it, is not known. text: of the pages, each ended
-- by a form feed but the last; '' = none. size: of text, in bytes.
CREATE TABLE file (
    item   TEXT    NOT NULL REFERENCES item (id),
    url    TEXT    NOT NULL,
    due    INTEGER,
    read   INTEGER,
    reason TEXT    NOT NULL,
    data   TEXT    NOT NULL,
    size   INTEGER NOT NULL DEFAULT 0,
    text   TEXT    NOT NULL DEFAULT '',
    PRIMARY KEY (item, url)
) STRICT;
