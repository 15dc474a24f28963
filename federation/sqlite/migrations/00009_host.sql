-- +goose Up

-- Where the work of a task is done: of one host no two are claimed at the same
-- time. '' = nowhere that others would have to wait for. Those of before learn
-- their host when they are next finished.
ALTER TABLE task ADD COLUMN host TEXT NOT NULL DEFAULT '';

CREATE INDEX task_leased ON task (host, leased) WHERE leased IS NOT NULL;

-- Until when hosts are not to be asked.
CREATE TABLE rest (
    host  TEXT    NOT NULL PRIMARY KEY,
    until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX rest_until ON rest (until);

-- A source has its task from when it is saved; until now the harvester gave it.
INSERT INTO task (kind, key, due)
SELECT 'harvest', name, 0 FROM source WHERE true ON CONFLICT DO NOTHING;
