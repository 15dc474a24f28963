package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/region"
	"github.com/plonegov/carillon/harvester/discover"
	"github.com/plonegov/carillon/harvester/opml"
)

// What became of a line of a list.
const (
	importAdded   = "add"
	importThere   = "there"
	importRefused = "refuse"
)

// importLine is what became of one feed of a list.
type importLine struct {
	Act    string `json:"act"` // add, there or refuse
	Line   int    `json:"line"`
	Source string `json:"source,omitempty"` // full name, of what is added or there
	Title  string `json:"title,omitempty"`
	URL    string `json:"url,omitempty"`
	Reason string `json:"reason,omitempty"`
}

func (l importLine) name() string { return cmp.Or(l.URL, l.Title) }

// importPlan is what a list would add to what a hub holds.
type importPlan struct {
	file    region.File // what is new
	lines   []importLine
	held    *federation.Catalogue
	formats []string
	known   map[string]string // discover.Key of an address to the source that has it
	names   map[string]bool   // full names of sources
	members []federation.Member
}

func newImport(held *federation.Catalogue, formats []string) *importPlan {
	p := &importPlan{held: held, formats: formats, known: map[string]string{}, names: map[string]bool{}, members: slices.Clone(held.Members)}
	for _, s := range held.Sources {
		p.names[s.Name()] = true
		if isWebAddress(s.URL) {
			p.known[discover.Key(s.URL)] = s.Name()
		}
	}
	return p
}

func isWebAddress(s string) bool {
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}

// list plans every feed. member is the slug that all go to, "" for a member
// each folder.
func (p *importPlan) list(l opml.List, member string) error {
	if member != "" {
		if _, err := p.held.Member(member); err != nil {
			return usageError{fmt.Errorf("--member=%s: there is no such member; `carillon apply` brings members into the store", member)}
		}
	}
	for _, f := range l.Feeds {
		p.feed(f, member)
	}
	for _, f := range l.Faults {
		p.refuse(f.Line, f.Title, "", f.Reason)
	}
	for _, o := range l.Lists {
		p.refuse(o.Line, o.Title, o.URL, "it is another list: fetch it and import it by itself")
	}
	for _, o := range l.Sites {
		p.refuse(o.Line, o.Title, o.URL, "it is a web page: `carillon check` tells whether its site has a feed")
	}
	slices.SortStableFunc(p.lines, func(a, b importLine) int { return cmp.Compare(a.Line, b.Line) })
	return nil
}

func (p *importPlan) refuse(line int, title, url, reason string) {
	p.lines = append(p.lines, importLine{Act: importRefused, Line: line, Title: title, URL: url, Reason: reason})
}

func (p *importPlan) feed(f opml.Feed, member string) {
	f.URL = plainAddress(f.URL)
	key := discover.Key(f.URL)
	if !isWebAddress(f.URL) {
		p.refuse(f.Line, f.Title, f.URL, "its address must start with https:// or http://")
		return
	}
	if there := p.known[key]; there != "" {
		p.lines = append(p.lines, importLine{Act: importThere, Line: f.Line, Source: there, Title: f.Title, URL: f.URL})
		return
	}
	m, isNew, err := p.member(f, member)
	var src federation.Source
	if err == nil {
		src, err = p.source(f, m)
	}
	if err != nil {
		p.refuse(f.Line, f.Title, f.URL, err.Error())
		return
	}
	if isNew {
		p.members = append(p.members, m)
		p.file.Members = append(p.file.Members, m)
	}
	p.file.Sources = append(p.file.Sources, src)
	p.known[key], p.names[src.Name()] = src.Name(), true
	p.lines = append(p.lines, importLine{Act: importAdded, Line: f.Line, Source: src.Name(), Title: f.Title, URL: f.URL})
}

// plainAddress undoes the scheme that some readers write for feeds.
func plainAddress(s string) string {
	rest, is := strings.CutPrefix(s, "feed:")
	switch {
	case is && strings.HasPrefix(rest, "//"):
		return "http:" + rest
	case is:
		return rest
	}
	return s
}

// member is where a feed belongs: the one given, else the one that an export of
// ours names, else the one that the folder at the top is called after, which
// is new when the hub has none.
func (p *importPlan) member(f opml.Feed, given string) (m federation.Member, isNew bool, err error) {
	folder := ""
	if len(f.Folders) > 0 {
		folder = f.Folders[0]
	}
	named := cmp.Or(given, f.Settings["member"])
	for _, m := range p.members {
		if m.Slug == named || named == "" && folder != "" && called(m, folder) {
			return m, false, nil
		}
	}
	if folder == "" {
		return m, false, fmt.Errorf("it stands in no folder, so its member is not known: give --member")
	}
	slug := cmp.Or(named, discover.Slug(folder))
	if !federation.ValidSlug(slug) {
		return m, false, fmt.Errorf("the folder %q cannot be made a slug: give --member", folder)
	}
	m = federation.Member{Slug: slug, Kind: federation.KindCommune, URL: f.Settings["home"]}
	if kind := federation.MemberKind(f.Settings["kind"]); kind != "" {
		m.Kind = kind
	}
	if lang := f.Settings["lang"]; lang != "" {
		m.Languages = []string{lang}
	}
	m.Name = federation.Text{m.Language(): folder}
	return m, true, m.Validate()
}

func called(m federation.Member, name string) bool {
	if m.Slug == discover.Slug(name) {
		return true
	}
	for _, n := range m.Name {
		if strings.EqualFold(n, name) {
			return true
		}
	}
	return false
}

func (p *importPlan) source(f opml.Feed, m federation.Member) (federation.Source, error) {
	s := federation.Source{Member: m.Slug, URL: f.URL, Format: f.Settings["format"], Type: federation.ItemType(f.Settings["type"]),
		Cron: f.Settings["cron"], License: f.Settings["license"], Categories: feedCategories(f)}
	if f.Title != "" && f.Settings["slug"] != f.Title {
		s.Title = federation.Text{m.Language(): f.Title}
	}
	if federation.ValidLanguage(f.Language) {
		s.Language = f.Language
	}
	if every := f.Settings["every"]; every != "" {
		d, err := time.ParseDuration(every)
		if err != nil {
			return s, federation.Invalid("every", "%q is not a duration such as 15m", every)
		}
		s.Every = d
	}
	slug := cmp.Or(f.Settings["slug"], discover.Slug(f.Title), "source")
	s.Slug = discover.Unique(slug, func(try string) bool { return p.names[m.Slug+"/"+try] })
	return s, region.CheckSource(s, p.formats)
}

// feedCategories are the folders below the member's and the feed's own
// categories, each by its innermost part.
func feedCategories(f opml.Feed) []string {
	var out []string
	if len(f.Folders) > 1 {
		out = append(out, f.Folders[1:]...)
	}
	for _, path := range f.Categories {
		if one := path[len(path)-1]; !slices.Contains(out, one) {
			out = append(out, one)
		}
	}
	return out
}
