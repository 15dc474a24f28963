package storetest

import (
	"context"
	"fmt"
	"maps"
	"time"

	"github.com/plonegov/carillon/federation"
)

// SaveMember implements [federation.Tx].
func (t *memTx) SaveMember(_ context.Context, m federation.Member) (bool, error) {
	return t.save(t.members, m.Slug, m, federation.MemberSaved, m.Slug)
}

// SaveSource implements [federation.Tx]. An unknown member is ErrNotFound.
func (t *memTx) SaveSource(ctx context.Context, s federation.Source) (bool, error) {
	if _, ok := t.members[s.Member]; !ok {
		return false, fmt.Errorf("save source %q: %w", s.Name(), federation.NotFound("member", s.Member))
	}
	changed, err := t.save(t.sources, s.Name(), s, federation.SourceSaved, s.Member)
	if err != nil || !changed {
		return changed, err
	}
	return true, t.PutTask(ctx, federation.Task{Kind: federation.TaskHarvest, Key: s.Name(), Host: federation.HostOf(s.URL), Due: federation.AtOnce})
}

// SaveChannel implements [federation.Tx].
func (t *memTx) SaveChannel(_ context.Context, c federation.Channel) (bool, error) {
	return t.save(t.channels, c.Slug, c, federation.ChannelSaved, "")
}

// SavePlacement implements [federation.Tx]. An unknown member is ErrNotFound.
func (t *memTx) SavePlacement(_ context.Context, p federation.Placement) (bool, error) {
	if _, ok := t.members[p.Member]; !ok {
		return false, fmt.Errorf("save placement %q: %w", p.Slug, federation.NotFound("member", p.Member))
	}
	return t.save(t.placements, p.Slug, p, federation.PlacementSaved, p.Member)
}

// SaveTopic implements [federation.Tx].
func (t *memTx) SaveTopic(_ context.Context, topic federation.Topic) (bool, error) {
	return t.save(t.topics, topic.Slug, topic, federation.TopicSaved, "")
}

// SaveHub implements [federation.Tx].
func (t *memTx) SaveHub(_ context.Context, h federation.Hub) (bool, error) {
	held, err := encode(t.hub)
	if err != nil {
		return false, err
	}
	data, err := encode(h)
	if err != nil || data == held {
		return false, err
	}
	if t.hub, err = decode[federation.Hub](data); err != nil {
		return false, err
	}
	t.append(federation.Change{Time: time.Now(), Kind: federation.HubSaved})
	return true, nil
}

func (t *memTx) save(into map[string]string, name string, v any, kind federation.ChangeKind, member string) (bool, error) {
	data, err := encode(v)
	if err != nil {
		return false, fmt.Errorf("%s %q: %w", kind, name, err)
	}
	if into[name] == data {
		return false, nil
	}
	into[name] = data
	t.append(federation.Change{Time: time.Now(), Kind: kind, Key: name, Member: member})
	return true, nil
}

// RemoveMember implements [federation.Tx].
func (t *memTx) RemoveMember(ctx context.Context, slug string) error {
	sources := sortedNames(t.sources, func(data string) bool {
		s, err := decode[federation.Source](data)
		return err == nil && s.Member == slug
	})
	for _, name := range sources {
		if err := t.RemoveSource(ctx, name); err != nil {
			return err
		}
	}
	placements := sortedNames(t.placements, func(data string) bool {
		p, err := decode[federation.Placement](data)
		return err == nil && p.Member == slug
	})
	for _, name := range placements {
		if err := t.RemovePlacement(ctx, name); err != nil {
			return err
		}
	}
	return t.remove(t.members, "member", slug, federation.MemberRemoved, slug)
}

// RemoveSource implements [federation.Tx].
func (t *memTx) RemoveSource(ctx context.Context, name string) error {
	s, err := decode[federation.Source](t.sources[name])
	if err != nil {
		return federation.NotFound("source", name)
	}
	for _, id := range t.liveOf(name) {
		if err := t.WithdrawItem(ctx, id, "its source was removed", time.Now()); err != nil {
			return err
		}
	}
	delete(t.states, name)
	maps.DeleteFunc(t.pages, func(key [2]string, _ federation.PageState) bool { return key[0] == name })
	delete(t.entries, name)
	delete(t.tasks, [2]string{federation.TaskHarvest, name})
	delete(t.tasks, [2]string{federation.TaskFiles, name})
	return t.remove(t.sources, "source", name, federation.SourceRemoved, s.Member)
}

// RemoveChannel implements [federation.Tx].
func (t *memTx) RemoveChannel(_ context.Context, slug string) error {
	return t.remove(t.channels, "channel", slug, federation.ChannelRemoved, "")
}

// RemoveTopic implements [federation.Tx].
func (t *memTx) RemoveTopic(_ context.Context, slug string) error {
	return t.remove(t.topics, "topic", slug, federation.TopicRemoved, "")
}

// RemovePlacement implements [federation.Tx].
func (t *memTx) RemovePlacement(_ context.Context, slug string) error {
	p, err := decode[federation.Placement](t.placements[slug])
	if err != nil {
		return federation.NotFound("placement", slug)
	}
	return t.remove(t.placements, "placement", slug, federation.PlacementRemoved, p.Member)
}

func (t *memTx) remove(from map[string]string, kind, name string, change federation.ChangeKind, member string) error {
	if _, ok := from[name]; !ok {
		return fmt.Errorf("remove %w", federation.NotFound(kind, name))
	}
	delete(from, name)
	t.append(federation.Change{Time: time.Now(), Kind: change, Key: name, Member: member})
	return nil
}

// SourceState implements [federation.Tx].
func (t *memTx) SourceState(_ context.Context, name string) (federation.SourceState, error) {
	return t.sourceState(name)
}

// SaveSourceState implements [federation.Tx]. A source that is gone is
// ErrNotFound.
func (t *memTx) SaveSourceState(_ context.Context, s federation.SourceState) error {
	if _, ok := t.sources[s.Source]; !ok {
		return fmt.Errorf("save state: %w", federation.NotFound("source", s.Source))
	}
	t.states[s.Source] = copyState(s)
	return nil
}
