-- +goose Up

-- What is configured and what is learnt of sources is in one table. owner: what
-- the record belongs to, a member's slug or a source's name; '' = nothing.
ALTER TABLE record ADD COLUMN owner TEXT NOT NULL DEFAULT '';

CREATE INDEX record_owner ON record (owner, kind) WHERE owner <> '';

INSERT INTO record (kind, key, owner, data)
SELECT 'member', slug, '', data FROM member
UNION ALL SELECT 'source', name, member, data FROM source
UNION ALL SELECT 'channel', slug, '', data FROM channel
UNION ALL SELECT 'placement', slug, member, data FROM placement
UNION ALL SELECT 'topic', slug, '', data FROM topic
UNION ALL SELECT 'state', source, source, data FROM source_state
UNION ALL SELECT 'journal', source, source, journal FROM source_state
UNION ALL SELECT 'page', source || ' ' || url, source, data FROM page
UNION ALL SELECT 'entries', source, source, data FROM entry
UNION ALL SELECT 'subscription', id, source, data FROM subscription;

DROP TABLE page;
DROP TABLE entry;
DROP TABLE source_state;
DROP TABLE subscription;
DROP TABLE placement;
DROP TABLE source;
DROP TABLE channel;
DROP TABLE topic;
DROP TABLE member;
