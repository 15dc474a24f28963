-- +goose Up

-- How often the same words were searched for on one day. Nothing here tells of
-- a person. key: the words folded. empty: of asked, without a result.
CREATE TABLE query (
    day      TEXT    NOT NULL,
    language TEXT    NOT NULL,
    key      TEXT    NOT NULL,
    words    TEXT    NOT NULL,
    asked    INTEGER NOT NULL,
    empty    INTEGER NOT NULL,
    found    INTEGER NOT NULL,
    PRIMARY KEY (day, language, key)
) STRICT;
