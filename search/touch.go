package search

import (
	"context"
	"slices"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
)

// Touch is a batch of changes, made ready to tell which answers they make
// stale. Safe for concurrent use.
type Touch struct {
	everything bool
	directory  bool
	names      map[uint64]bool
	// items are those that changed, as they were and as they are: an answer is
	// stale when its selection matches either.
	items []federation.Item
	// parts are items of which only the member and the source are known.
	parts map[[2]string]bool
}

// Everything is a touch of every answer.
var Everything = &Touch{everything: true}

// exactly is how many changed items of a batch are looked at one by one; of a
// larger batch, which a first harvest is, member and source tell enough.
const exactly = 100

// Touch reads what the changes touch. When the store cannot tell, it is
// everything.
func (s *Service) Touch(ctx context.Context, changes []federation.Change) *Touch {
	t := &Touch{names: map[uint64]bool{}, parts: map[[2]string]bool{}}
	for _, ch := range changes {
		t.change(ch)
	}
	ids := changedItems(changes)
	if t.everything || len(ids) == 0 {
		return t
	}
	if len(ids) > exactly {
		for _, ch := range changes {
			if ch.Kind == federation.ItemLinked {
				t.names[anyGroup] = true
			}
			t.part(ch)
		}
		return t
	}
	if err := s.touchItems(ctx, t, changes, ids); err != nil {
		s.log.WarnContext(ctx, "what changed cannot be read; nothing that was made before is given out", "err", err)
		return Everything
	}
	return t
}

// change notes what a change touches by its name alone.
func (t *Touch) change(ch federation.Change) {
	switch ch.Kind {
	case federation.ItemSaved, federation.ItemWithdrawn, federation.ItemLinked, federation.FilesRead:
		t.names[nameOf("item", ch.Key)] = true
		return
	case federation.MemberSaved, federation.MemberRemoved:
		t.names[nameOf("member", ch.Key)] = true
		t.names[anyMember] = true
		t.names[anyGroup] = true // which of a group leads may be another
	case federation.SourceSaved, federation.SourceRemoved:
		t.names[nameOf("source", ch.Key)] = true
	case federation.ChannelSaved, federation.ChannelRemoved:
		t.names[nameOf("channel", ch.Key)] = true
	case federation.TopicSaved, federation.TopicRemoved:
		t.names[anyTopic] = true
	case federation.PlacementSaved, federation.PlacementRemoved:
		// What it shows is another key of a cache.
	default: // the hub itself, or what did not exist when this was written
		t.everything = true
	}
	t.directory = true
}

// part notes an item of which no more is known than the log tells.
func (t *Touch) part(ch federation.Change) {
	if ch.Member == "" || ch.Source == "" {
		if ch.Kind == federation.ItemSaved || ch.Kind == federation.ItemWithdrawn {
			t.everything = true
		}
		return
	}
	t.parts[[2]string{ch.Member, ch.Source}] = true
}

// touchItems adds the items as they are and, of those that have earlier
// versions, as they were. A withdrawn one has left the store: its member and
// source are known.
func (s *Service) touchItems(ctx context.Context, t *Touch, changes []federation.Change, ids []string) error {
	now, err := s.reader.Items(ctx, ids, "")
	if err != nil {
		return err
	}
	live := make(map[string]federation.Item, len(now))
	for _, it := range now {
		live[it.ID] = it
		t.add(it)
	}
	since := map[string]int{} // the lowest version that an answer may show, by item
	for _, ch := range changes {
		if _, is := live[ch.Key]; !is {
			if slices.Contains(ids, ch.Key) {
				t.part(ch)
			}
			continue
		}
		if n, seen := since[ch.Key]; ch.Kind == federation.ItemSaved && (!seen || ch.Version-1 < n) {
			since[ch.Key] = ch.Version - 1
		}
	}
	for id, from := range since {
		if from < 1 && live[id].Version <= 1 {
			continue
		}
		versions, err := s.reader.Versions(ctx, id)
		if err != nil {
			return err
		}
		for _, v := range versions {
			if v.Number >= from {
				t.add(v.Item)
			}
		}
	}
	return nil
}

// add notes an item without its text, which no selection looks at.
func (t *Touch) add(it federation.Item) {
	if it.Group != "" {
		t.names[nameOf("group", it.Group)] = true
	}
	it.Content, it.Summary, it.Attachments = markup.HTML{}, "", nil
	t.items = append(t.items, it)
}

// Touched reports whether an answer made of r is stale after t.
func (r *Reads) Touched(t *Touch) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return t.everything || r.directory && t.directory ||
		slices.ContainsFunc(r.names, func(n uint64) bool { return t.names[n] }) ||
		slices.ContainsFunc(r.queries, t.touches)
}

// touches reports whether the query lists, or may list, what changed. Words
// and places are not looked at: what they leave out is touched too.
func (t *Touch) touches(q Query) bool {
	if slices.ContainsFunc(t.items, q.matches) {
		return true
	}
	for part := range t.parts {
		if q.mayHold(part[0], part[1]) {
			return true
		}
	}
	return false
}

// mayHold reports whether the query may list an item of the source.
func (q Query) mayHold(member, source string) bool {
	holds := func(s federation.Selection) bool {
		return (len(s.Members) == 0 || slices.Contains(s.Members, member)) &&
			(len(s.Sources) == 0 || slices.Contains(s.Sources, source))
	}
	return !q.None && holds(q.Select) && (len(q.AnyOf) == 0 || slices.ContainsFunc(q.AnyOf, holds))
}
