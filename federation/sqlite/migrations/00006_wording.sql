-- +goose Up

-- Which of the items of a group say the same word for word, and since when.
-- version: of the item, that the row was made from; wording: 0 = too little to
-- tell by; since: when this wording was first seen.
ALTER TABLE likeness ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE likeness ADD COLUMN wording INTEGER NOT NULL DEFAULT 0;
ALTER TABLE likeness ADD COLUMN since   INTEGER;

-- What is held was made without them: all items are compared once more.
DELETE FROM cursor WHERE name = 'likeness';
