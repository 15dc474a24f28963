package harvester

import (
	"context"
	"encoding/json"
	"sync"
	"time"

	"github.com/plonegov/carillon/federation"
)

// loreFor is how long what the hub knows of its topics and communes is used
// before it is read again.
const loreFor = time.Minute

// lore is what the hub knows that makes items comparable: its topics, and the
// communes by name and postal code.
type lore struct {
	mu  sync.Mutex
	now *knowledge
	at  time.Time
}

// knowledge is never changed once made.
type knowledge struct {
	topics     map[string]string // topic slug by normal category
	topicsHash string
	places     gazetteer
	members    map[string]federation.Member // by slug
	named      map[string]string            // their slugs by folded name
	hub        federation.Hub
}

// learn makes sure that what is known is not old.
func (h *Harvester) learn(ctx context.Context) error {
	h.lore.mu.Lock()
	defer h.lore.mu.Unlock()
	if h.lore.now != nil && h.now().Sub(h.lore.at).Abs() < loreFor {
		return nil
	}
	topics, err := h.store.Topics(ctx)
	if err != nil {
		return err
	}
	members, err := h.store.Members(ctx)
	if err != nil {
		return err
	}
	hub, err := h.store.Hub(ctx)
	if err != nil {
		return err
	}
	h.lore.now, h.lore.at = newKnowledge(topics, members, hub), h.now()
	return nil
}

func (h *Harvester) known() *knowledge {
	h.lore.mu.Lock()
	defer h.lore.mu.Unlock()
	if h.lore.now == nil {
		return newKnowledge(nil, nil, federation.Hub{})
	}
	return h.lore.now
}

func newKnowledge(topics []federation.Topic, members []federation.Member, hub federation.Hub) *knowledge {
	k := &knowledge{topics: map[string]string{}, places: newGazetteer(members), hub: hub,
		members: map[string]federation.Member{}, named: map[string]string{}}
	for _, m := range members {
		k.members[m.Slug] = m
		for _, name := range m.Name {
			for _, short := range shortNames(name) {
				k.named[short] = m.Slug
			}
		}
	}
	for _, t := range topics {
		for _, from := range t.From {
			if normal := federation.NormalCategory(from); k.topics[normal] == "" {
				k.topics[normal] = t.Slug
			}
		}
	}
	if len(topics) > 0 {
		b, err := json.Marshal(topics)
		if err != nil { // texts alone cannot fail to marshal
			panic(err)
		}
		k.topicsHash = digest(b)[:12]
	}
	return k
}

// topic is the hub's topic for a category, else the category itself.
func (k *knowledge) topic(category string) string {
	if slug := k.topics[federation.NormalCategory(category)]; slug != "" {
		return slug
	}
	return category
}
