package federation

import (
	"context"
	"net/netip"
	"slices"
	"sync"
	"sync/atomic"
)

// Catalogue is the whole directory at one moment: what every page needs to
// name members, sources and channels without asking the store. It must not be
// changed. Lists are sorted as [All] sorts them.
type Catalogue struct {
	Members    []Member
	Sources    []Source
	Channels   []Channel
	Placements []Placement
	Topics     []Topic
	Hub        Hub

	// Outlines are the boundaries of members, by their code: those of the hub,
	// else what ships; nil = none. OutlineCredit is what maps say of them.
	Outlines      map[string]Outline
	OutlineCredit string

	members    map[string]*Member
	sources    map[string]*Source
	channels   map[string]*Channel
	placements map[string]*Placement
	topics     map[string]*Topic
	words      map[string]*Topic // by the normal form of every word that means one
	topicWords map[string][]string
	successors map[string]*Member // by slug of a member that was merged
	owners     owners
	ranks      map[string]int // by slug
	homes      sync.Map       // by member or postal code: see [Catalogue.Home]
}

// LoadCatalogue reads the directory.
func LoadCatalogue(ctx context.Context, from Records) (*Catalogue, error) {
	var c Catalogue
	var err error
	if c.Members, err = All[Member](ctx, from); err != nil {
		return nil, err
	}
	if c.Sources, err = All[Source](ctx, from); err != nil {
		return nil, err
	}
	if c.Channels, err = All[Channel](ctx, from); err != nil {
		return nil, err
	}
	if c.Placements, err = All[Placement](ctx, from); err != nil {
		return nil, err
	}
	if c.Topics, err = All[Topic](ctx, from); err != nil {
		return nil, err
	}
	if c.Hub, err = HubOf(ctx, from); err != nil {
		return nil, err
	}
	c.Outlines, c.OutlineCredit = c.outlines()
	c.members = byName(c.Members, func(m *Member) string { return m.Slug })
	c.sources = byName(c.Sources, func(s *Source) string { return s.Name() })
	c.channels = byName(c.Channels, func(ch *Channel) string { return ch.Slug })
	c.placements = byName(c.Placements, func(p *Placement) string { return p.Slug })
	c.topics = byName(c.Topics, func(t *Topic) string { return t.Slug })
	c.words = topicsByWord(c.Topics)
	if len(c.Topics) > 0 {
		c.topicWords = make(map[string][]string, len(c.Topics))
	}
	for _, t := range c.Topics {
		c.topicWords[t.Slug] = t.Words()
	}
	c.successors = successors(c.Members)
	c.owners = newOwners(c.Members)
	c.ranks = make(map[string]int, len(c.Members))
	for _, m := range c.Members {
		c.ranks[m.Slug] = m.Rank()
	}
	return &c, nil
}

func byName[T any](list []T, name func(*T) string) map[string]*T {
	m := make(map[string]*T, len(list))
	for i := range list {
		m[name(&list[i])] = &list[i]
	}
	return m
}

// Member returns the member with the slug, or ErrNotFound.
func (c *Catalogue) Member(slug string) (*Member, error) { return find(c.members, "member", slug) }

// Source returns the source with the full name, or ErrNotFound.
func (c *Catalogue) Source(name string) (*Source, error) { return find(c.sources, "source", name) }

// Channel returns the channel with the slug, or ErrNotFound.
func (c *Catalogue) Channel(slug string) (*Channel, error) { return find(c.channels, "channel", slug) }

// Placement returns the placement with the slug, or ErrNotFound.
func (c *Catalogue) Placement(slug string) (*Placement, error) {
	return find(c.placements, "placement", slug)
}

// Topic returns the topic with the slug, or ErrNotFound.
func (c *Catalogue) Topic(slug string) (*Topic, error) { return find(c.topics, "topic", slug) }

func find[T any](m map[string]*T, kind, name string) (*T, error) {
	if v := m[name]; v != nil {
		return v, nil
	}
	return nil, NotFound(kind, name)
}

// Serving returns the slugs of the members that have the postal code, however
// it is spaced.
func (c *Catalogue) Serving(postcode string) []string {
	postcode = normalPostcode(postcode)
	var slugs []string
	for _, m := range c.Members {
		if slices.ContainsFunc(m.PostalCodes, func(p string) bool { return normalPostcode(p) == postcode }) {
			slugs = append(slugs, m.Slug)
		}
	}
	return slugs
}

// Ranks is the authority of every member, by its slug; see [Member.Rank]. It
// must not be changed.
func (c *Catalogue) Ranks() map[string]int { return c.ranks }

// HubOwner stands for the hub where members are named. No member has this
// slug.
const HubOwner = "-"

// logos are those of a member: its own, and those of its placements; or that
// of the hub.
func (c *Catalogue) logos(member string) (addresses []string) {
	if member == HubOwner && c.Hub.Theme.Logo != "" {
		return []string{c.Hub.Theme.Logo}
	}
	if m := c.members[member]; m != nil && m.Theme.Logo != "" {
		addresses = append(addresses, m.Theme.Logo)
	}
	for _, p := range c.Placements {
		if p.Member == member && p.Theme.Logo != "" {
			addresses = append(addresses, p.Theme.Logo)
		}
	}
	return addresses
}

// Catalogues holds the current catalogue of a process. The zero value is not
// usable; see [NewCatalogues]. Safe for concurrent use.
type Catalogues struct {
	from    Records
	current atomic.Pointer[Catalogue]
}

// NewCatalogues loads the first catalogue.
func NewCatalogues(ctx context.Context, from Records) (*Catalogues, error) {
	c := &Catalogues{from: from}
	return c, c.Refresh(ctx)
}

// Current is the last catalogue loaded.
func (c *Catalogues) Current() *Catalogue { return c.current.Load() }

// Logos are the addresses of the logos that the region file gives a member and
// its placements, or [HubOwner].
func (c *Catalogues) Logos(owner string) []string { return c.Current().logos(owner) }

// Private are the networks that are not public and that the source may be on.
func (c *Catalogues) Private(source string) []netip.Prefix {
	if s := c.Current().sources[source]; s != nil {
		return s.AllowPrivate
	}
	return nil
}

// Refresh loads the directory anew; on failure the current one stays.
func (c *Catalogues) Refresh(ctx context.Context) error {
	next, err := LoadCatalogue(ctx, c.from)
	if err == nil {
		c.current.Store(next)
	}
	return err
}

// Follow refreshes when a change is one of the directory. Whoever deals with
// changes by the catalogue calls it first, with the same batch.
func (c *Catalogues) Follow(ctx context.Context, changes []Change) error {
	for _, ch := range changes {
		if ch.Kind != ItemSaved && ch.Kind != ItemWithdrawn && ch.Kind != ItemLinked && ch.Kind != FilesRead {
			return c.Refresh(ctx)
		}
	}
	return nil
}
