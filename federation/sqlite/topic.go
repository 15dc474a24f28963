package sqlite

import (
	"context"
	"fmt"

	"github.com/plonegov/carillon/federation"
)

// Topics implements [federation.Directory].
func (s *Store) Topics(ctx context.Context) ([]federation.Topic, error) {
	return all[federation.Topic](ctx, s, "topic", `SELECT slug, data FROM topic ORDER BY slug`)
}

// SaveTopic implements [federation.Tx].
func (t *tx) SaveTopic(ctx context.Context, topic federation.Topic) (bool, error) {
	data, err := encode(topic)
	if err != nil {
		return false, fmt.Errorf("save topic %q: %w", topic.Slug, err)
	}
	n, err := t.exec(ctx, `
		INSERT INTO topic (slug, data) VALUES ($1, $2)
		ON CONFLICT (slug) DO UPDATE SET data = excluded.data WHERE data <> excluded.data`, topic.Slug, data)
	return t.saved(ctx, n, err, federation.TopicSaved, topic.Slug, "")
}

// RemoveTopic implements [federation.Tx].
func (t *tx) RemoveTopic(ctx context.Context, slug string) error {
	n, err := t.exec(ctx, `DELETE FROM topic WHERE slug = $1`, slug)
	if err == nil && n == 0 {
		err = federation.ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("remove topic %q: %w", slug, err)
	}
	return t.configured(ctx, federation.TopicRemoved, slug, "")
}
