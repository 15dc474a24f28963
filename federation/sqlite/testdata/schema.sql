CREATE TABLE alias (
    source    TEXT NOT NULL,
    origin_id TEXT NOT NULL,
    item      TEXT NOT NULL,
    gone      INTEGER,
    PRIMARY KEY (source, origin_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE change (
    seq     INTEGER PRIMARY KEY AUTOINCREMENT,
    time    INTEGER NOT NULL,
    kind    TEXT    NOT NULL,
    key     TEXT    NOT NULL,
    member  TEXT    NOT NULL,
    source  TEXT    NOT NULL,
    version INTEGER NOT NULL
) STRICT;

CREATE TABLE cursor (
    name TEXT    NOT NULL PRIMARY KEY,
    seq  INTEGER NOT NULL
) STRICT;

CREATE TABLE fence (
    id    INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    token INTEGER NOT NULL
) STRICT;

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

CREATE TABLE item (
    id         TEXT    NOT NULL PRIMARY KEY,
    source     TEXT    NOT NULL,
    member     TEXT    NOT NULL,
    origin_id  TEXT    NOT NULL,
    first_seen INTEGER,
    version    INTEGER NOT NULL,
    hash       TEXT    NOT NULL,
    updated    INTEGER,
    expires    INTEGER,
    absent     INTEGER NOT NULL DEFAULT 0,
    withdrawn  INTEGER, -- NULL = live
    reason     TEXT    NOT NULL DEFAULT '' -- of the withdrawal
, barred INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;

CREATE INDEX item_expires ON item (expires) WHERE expires IS NOT NULL AND withdrawn IS NULL;

CREATE INDEX item_source ON item (source);

CREATE TABLE "likeness" (
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

CREATE INDEX likeness_group ON likeness ("group") WHERE "group" <> '';

CREATE TABLE likeness_key (
    key    INTEGER NOT NULL,
    number INTEGER NOT NULL, -- of the likeness
    PRIMARY KEY (key, number)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE record (
    kind TEXT NOT NULL,
    key  TEXT NOT NULL,
    data TEXT NOT NULL, owner TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX record_owner ON record (owner, kind) WHERE owner <> '';

CREATE TABLE rest (
    host  TEXT    NOT NULL PRIMARY KEY,
    until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX rest_until ON rest (until);

CREATE TABLE task (
    kind     TEXT    NOT NULL,
    key      TEXT    NOT NULL,
    due      INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    token    INTEGER NOT NULL DEFAULT 0,
    leased   INTEGER, host TEXT NOT NULL DEFAULT '', -- until when; NULL = free
    PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX task_due ON task (kind, due);

CREATE INDEX task_leased ON task (host, leased) WHERE leased IS NOT NULL;

CREATE TABLE version (
    item      TEXT    NOT NULL REFERENCES item (id),
    number    INTEGER NOT NULL,
    saved     INTEGER NOT NULL,
    type      TEXT    NOT NULL,
    language  TEXT    NOT NULL,
    url       TEXT    NOT NULL,
    title     TEXT    NOT NULL,
    content   TEXT    NOT NULL, -- sanitised HTML
    policy    INTEGER NOT NULL, -- markup.Version that content was sanitised by
    published INTEGER,
    updated   INTEGER,
    expires   INTEGER,
    hash      TEXT    NOT NULL,
    data      TEXT    NOT NULL,
    PRIMARY KEY (item, number)
) STRICT;

