package region

import (
	"fmt"
	"reflect"

	"github.com/plonegov/carillon/federation"
)

type hubYAML struct {
	Queries   queriesYAML       `yaml:"queries"`
	Name      textYAML          `yaml:"name"`
	Theme     map[string]string `yaml:"theme"`
	Zone      string            `yaml:"zone"`
	Languages []string          `yaml:"languages"`
	Links     linksYAML         `yaml:"links"`
	Outlines  outlinesYAML      `yaml:"outlines"`
	Synonyms  string            `yaml:"synonyms"`
}

type queriesYAML struct {
	Off    bool     `yaml:"off"`
	Least  int      `yaml:"least"`
	Months int      `yaml:"months"`
	Never  []string `yaml:"never"`
}

type linksYAML struct {
	Legal         string `yaml:"legal"`
	Accessibility string `yaml:"accessibility"`
	Contact       string `yaml:"contact"`
}

var hubNoun = noun{
	check: (*checker).hub,
	refer: (*checker).hubFiles,
	write: func(cat *federation.Catalogue) (string, any) { return "hub", hubPairs(cat.Hub) },
	save:  (*applier).saveHub,
	prune: (*applier).pruneHub,
}

func (c *checker) hub(y fileYAML) error {
	if y.Hub == nil {
		return nil
	}
	h := federation.Hub{Zone: y.Hub.Zone, Languages: y.Hub.Languages, Links: federation.HubLinks(y.Hub.Links), Queries: federation.QueryRule(y.Hub.Queries)}
	h.OutlineFile, h.OutlineCredit, h.SynonymFile = y.Hub.Outlines.File, y.Hub.Outlines.Credit, y.Hub.Synonyms
	h.Name = y.Hub.Name.in(h.Speaks()[0])
	var err error
	if h.Theme, err = theme(y.Hub.Theme); err == nil {
		err = h.Validate()
	}
	if err != nil {
		return c.fault("$.hub", err)
	}
	c.out.Hub = &h
	return nil
}

// hubFiles reads the files that the hub names.
func (c *checker) hubFiles() error {
	if c.out.Hub == nil {
		return nil
	}
	if err := c.outlines(c.out.Hub); err != nil {
		return err
	}
	return c.synonyms(c.out.Hub)
}

func hubPairs(h federation.Hub) pairs {
	var p, links, queries pairs
	links.put("legal", h.Links.Legal)
	links.put("accessibility", h.Links.Accessibility)
	links.put("contact", h.Links.Contact)
	p.put("name", map[string]string(h.Name))
	p.put("theme", themePairs(h.Theme))
	p.put("zone", h.Zone)
	p.put("languages", h.Languages)
	p.put("links", links)
	p.put("outlines", outlinesValue(h))
	queries.put("off", h.Queries.Off)
	queries.put("least", h.Queries.Least)
	queries.put("months", h.Queries.Months)
	queries.put("never", h.Queries.Never)
	p.put("queries", queries)
	p.put("synonyms", h.SynonymFile)
	return p
}

// saveHub saves what the file says of the hub; the best bets, which are kept
// with it, stay as they are.
func (a *applier) saveHub(f *File) error {
	if f.Hub == nil {
		return nil
	}
	h := *f.Hub
	h.BestBets = a.hub.BestBets
	return a.putHub("hub", saysOfHub(a.hub), h)
}

func (a *applier) putHub(kind string, held bool, h federation.Hub) error {
	changed, err := federation.Save(a.ctx, a.tx, h)
	a.hub = h
	return a.saved(kind, "", held, changed, err)
}

func (a *applier) pruneHub(f *File) error {
	if f.Hub != nil || !saysOfHub(a.hub) {
		return nil
	}
	return a.emptyHub("hub", federation.Hub{BestBets: a.hub.BestBets})
}

// emptyHub saves the hub without what the file lacks.
func (a *applier) emptyHub(kind string, h federation.Hub) error {
	if _, err := federation.Save(a.ctx, a.tx, h); err != nil {
		return fmt.Errorf("remove %s: %w", kind, err)
	}
	a.hub = h
	a.diff = append(a.diff, Difference{"remove", kind, ""})
	return nil
}

// saysOfHub reports whether h says something of the hub itself.
func saysOfHub(h federation.Hub) bool {
	h.BestBets = nil
	return !reflect.ValueOf(h).IsZero()
}
