package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/andybalholm/cascadia"
	"github.com/goccy/go-yaml/ast"
	"github.com/robfig/cron/v3"

	"github.com/plonegov/carillon/federation"
)

// checker turns what is written into what is meant, and knows where each
// thing stands in the file.
type checker struct {
	path    string
	beside  fs.FS // where files that it names are
	file    *ast.File
	formats []string
	held    known
	seen    map[string]string // "member x" to the path of its first mention
	out     region
}

func (c *checker) region(y regionYAML) (*region, error) {
	c.seen = map[string]string{}
	if err := c.hub(y.Hub); err != nil {
		return nil, err
	}
	for i, m := range y.Members {
		if err := c.member(fmt.Sprintf("$.members[%d]", i), m); err != nil {
			return nil, err
		}
	}
	for i, t := range y.Topics {
		if err := c.topic(fmt.Sprintf("$.topics[%d]", i), t); err != nil {
			return nil, err
		}
	}
	for i, ch := range y.Channels {
		if err := c.channel(fmt.Sprintf("$.channels[%d]", i), ch); err != nil {
			return nil, err
		}
	}
	for i, p := range y.Placements {
		if err := c.placement(fmt.Sprintf("$.placements[%d]", i), p); err != nil {
			return nil, err
		}
	}
	if err := c.bestBets(y.BestBets); err != nil {
		return nil, err
	}
	if err := c.names(y); err != nil {
		return nil, err
	}
	if err := c.outlines(y.Hub); err != nil {
		return nil, err
	}
	if err := c.synonyms(y.Hub); err != nil {
		return nil, err
	}
	return &c.out, c.references()
}

// names refuses names that can be taken for others: of the hub, members and
// sources, and of members that are in the store alone.
func (c *checker) names(y regionYAML) error {
	var all federation.Names
	if c.held.store != nil && !c.held.alone {
		for _, m := range c.held.store.Members {
			if _, here := c.seen["member "+m.Slug]; !here {
				for _, name := range m.Name {
					all.Add(name)
				}
			}
		}
	}
	check := func(path, field string, text federation.Text) error {
		for _, lang := range slices.Sorted(maps.Keys(text)) {
			err := federation.CheckName(field, text[lang])
			if other := all.Add(text[lang]); err == nil && other != "" {
				err = federation.Invalid(field, "%q looks like %q, which is another name", text[lang], other)
			}
			if err != nil {
				return c.fault(path, err)
			}
		}
		return nil
	}
	if c.out.Hub != nil {
		if err := check("$.hub", "name", c.out.Hub.Name); err != nil {
			return err
		}
	}
	for i, m := range c.out.Members {
		path := fmt.Sprintf("$.members[%d]", i)
		if err := check(path, "name", m.Name); err != nil {
			return err
		}
		for j, s := range y.Members[i].Sources {
			if err := check(fmt.Sprintf("%s.sources[%d]", path, j), "title", s.Title.in(m.Language())); err != nil {
				return err
			}
		}
	}
	return nil
}

// fault places err in the file: at the field that an InvalidError names.
func (c *checker) fault(path string, err error) error {
	var inv *federation.InvalidError
	if errors.As(err, &inv) {
		path += "." + inv.Field
	}
	return &regionError{c.path, lineOf(c.file, path), err.Error()}
}

func (c *checker) once(path, kind, name string) error {
	key := kind + " " + name
	if first, twice := c.seen[key]; twice {
		return &regionError{c.path, lineOf(c.file, path), fmt.Sprintf("%s %q is given twice; first at line %d", kind, name, lineOf(c.file, first))}
	}
	c.seen[key] = path
	return nil
}

func (c *checker) hub(y *hubYAML) error {
	if y == nil {
		return nil
	}
	h := federation.Hub{Zone: y.Zone, Languages: y.Languages, Links: federation.HubLinks(y.Links), Queries: federation.QueryRule(y.Queries)}
	h.Name = y.Name.in(h.Speaks()[0])
	var err error
	if h.Theme, err = theme(y.Theme); err == nil {
		err = h.Validate()
	}
	if err != nil {
		return c.fault("$.hub", err)
	}
	c.out.Hub = &h
	return nil
}

func (c *checker) member(path string, y memberYAML) error {
	m := federation.Member{
		Slug: y.Slug, Kind: y.Kind, URL: y.URL, Code: y.Code,
		PostalCodes: y.PostalCodes, Languages: y.Languages, Zone: y.Zone, Sites: y.Sites, Succeeds: y.Succeeds,
	}
	if y.Authority != nil {
		if m.Authority = *y.Authority; m.Authority == 0 { // absent is 0: written, it can only be a mistake
			m.Authority = -1
		}
	}
	m.Name = y.Name.in(m.Language())
	if y.Location != nil {
		m.Location = &federation.Point{Lat: y.Location.Lat, Lon: y.Location.Lon}
	}
	var err error
	if m.Theme, err = theme(y.Theme); err == nil {
		err = m.Validate()
	}
	if err != nil {
		return c.fault(path, err)
	}
	if err := c.once(path+".slug", "member", m.Slug); err != nil {
		return err
	}
	c.out.Members = append(c.out.Members, m)
	for i, s := range y.Sources {
		if err := c.source(fmt.Sprintf("%s.sources[%d]", path, i), m, s); err != nil {
			return err
		}
	}
	return nil
}

func (c *checker) source(path string, m federation.Member, y sourceYAML) error {
	s := federation.Source{
		Member: m.Slug, Slug: y.Slug, URL: y.URL, Format: y.Format, Type: y.Type, Every: time.Duration(y.Every),
		Cron: y.Cron, Language: y.Language, Zone: y.Zone, Alerts: y.Alerts, License: y.License, Attribution: y.Attribution, Categories: y.Categories, Title: y.Title.in(m.Language()),
		Identity: y.Identity, Complete: y.Complete, Suspended: y.Suspended, Formerly: y.Formerly, TrustHub: y.TrustHub,
		Columns: y.Columns, Page: (*federation.PageRule)(y.Page),
	}
	if s.Format == "auto" {
		s.Format = ""
	}
	var err error
	if s.AllowPrivate, err = networks(y.Private); err == nil {
		err = s.Validate()
	}
	switch {
	case err != nil:
	case s.Format != "" && !slices.Contains(c.formats, s.Format):
		err = federation.Invalid("format", "%q is not a format; the formats are auto, %s", s.Format, strings.Join(c.formats, ", "))
	case s.Cron != "":
		err = checkCron(s.Cron)
	}
	if err == nil {
		err = checkPage(s.Page)
	}
	if err != nil {
		return c.fault(path, err)
	}
	if err := c.once(path+".slug", "source", s.Name()); err != nil {
		return err
	}
	c.out.Sources = append(c.out.Sources, s)
	return nil
}

// networks reads CIDR prefixes (RFC 4632, 3.1).
func networks(list []string) (out []netip.Prefix, err error) {
	for _, text := range list {
		p, err := netip.ParsePrefix(text)
		if err != nil {
			return nil, federation.Invalid("allow_private", "%q must be a network such as 10.1.2.0/24", text)
		}
		out = append(out, p)
	}
	return out, nil
}

// checkCron refuses what robfig/cron would take wrongly: a time zone prefix
// makes its parser panic (cron 3.0.1), and a date that never comes gives the
// zero time.
func checkCron(spec string) error {
	if strings.Contains(spec, "TZ=") {
		return federation.Invalid("cron", "%q: leave the time zone out; times are the hub's", spec)
	}
	sched, err := cron.ParseStandard(spec)
	if err != nil {
		return federation.Invalid("cron", "%q has not the five fields minute, hour, day, month, weekday", spec)
	}
	if sched.Next(time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)).IsZero() {
		return federation.Invalid("cron", "%q never comes", spec)
	}
	return nil
}

func (c *checker) channel(path string, y channelYAML) error {
	ch := federation.Channel{Slug: y.Slug, Title: y.Title.in(federation.Languages[0])}
	var err error
	if ch.Select, err = selection(y.Select); err == nil {
		err = ch.Validate()
	}
	if err != nil {
		return c.fault(path, err)
	}
	if err := c.once(path+".slug", "channel", ch.Slug); err != nil {
		return err
	}
	c.out.Channels = append(c.out.Channels, ch)
	return nil
}

func (c *checker) placement(path string, y placementYAML) error {
	p := federation.Placement{Slug: y.Slug, Member: y.Member, Widget: y.Widget, Options: federation.Options{
		Images: y.Options.Images, Summary: y.Options.Summary, Heading: y.Options.Heading, Language: y.Options.Language,
		Title: y.Options.Title.in(c.languageOf(y.Member)),
	}}
	var err error
	if p.Select, err = selection(y.Select); err == nil {
		if p.Theme, err = theme(y.Theme); err == nil {
			err = p.Validate()
		}
	}
	if err != nil {
		return c.fault(path, err)
	}
	if err := c.once(path+".slug", "placement", p.Slug); err != nil {
		return err
	}
	c.out.Placements = append(c.out.Placements, p)
	return nil
}

func (c *checker) languageOf(member string) string {
	i := slices.IndexFunc(c.out.Members, func(m federation.Member) bool { return m.Slug == member })
	if i < 0 {
		return federation.Languages[0]
	}
	return c.out.Members[i].Language()
}

// checkPage refuses what is no CSS selector before a page is read by it.
func checkPage(p *federation.PageRule) error {
	if p == nil {
		return nil
	}
	for field, css := range map[string]string{"title": p.Title, "content": p.Content, "date": p.Date, "image": p.Image, "remove": p.Remove} {
		if css == "" {
			continue
		}
		if _, err := cascadia.ParseGroup(css); err != nil {
			return federation.Invalid("page."+field, "%q is not a CSS selector", css)
		}
	}
	for field, list := range map[string][]string{"include": p.Include, "exclude": p.Exclude} {
		for _, prefix := range list {
			if !strings.HasPrefix(prefix, "/") {
				return federation.Invalid("page."+field, "%q must be the beginning of a path, such as /actualites/", prefix)
			}
		}
	}
	return nil
}

func (c *checker) topic(path string, y topicYAML) error {
	t := federation.Topic{Slug: y.Slug, Name: y.Name.in(federation.Languages[0]), From: y.From}
	if err := t.Validate(); err != nil {
		return c.fault(path, err)
	}
	for _, from := range t.From {
		key := "category " + federation.NormalCategory(from)
		if first, twice := c.seen[key]; twice {
			return &regionError{c.path, lineOf(c.file, path+".from"), fmt.Sprintf("%q is mapped twice; first at line %d", from, lineOf(c.file, first))}
		}
		c.seen[key] = path + ".from"
	}
	if err := c.once(path+".slug", "topic", t.Slug); err != nil {
		return err
	}
	c.out.Topics = append(c.out.Topics, t)
	return nil
}

// succession refuses a merger with an unknown member, and a source that goes
// on for one that is still there.
func (c *checker) succession() error {
	for i, m := range c.out.Members {
		for _, old := range m.Succeeds {
			if !c.has("member", old) && !c.merged(old) {
				return c.unknown(fmt.Sprintf("$.members[%d].succeeds", i), "member", old)
			}
		}
	}
	for _, s := range c.out.Sources {
		for _, old := range s.Formerly {
			if path := c.seen["source "+old]; path != "" {
				return &regionError{c.path, lineOf(c.file, path), fmt.Sprintf("source %q is still here, although %q goes on for it; remove one of the two", old, s.Name())}
			}
		}
	}
	return nil
}

// references refuses names that neither the file nor the store has.
func (c *checker) references() error {
	if err := c.succession(); err != nil {
		return err
	}
	for i, ch := range c.out.Channels {
		if err := c.selects(fmt.Sprintf("$.channels[%d].select", i), ch.Select); err != nil {
			return err
		}
	}
	for i, b := range c.out.BestBets {
		for j, slug := range b.Members {
			if !c.has("member", slug) {
				return c.unknown(fmt.Sprintf("$.best_bets[%d].members[%d]", i, j), "member", slug)
			}
		}
	}
	for i, p := range c.out.Placements {
		path := fmt.Sprintf("$.placements[%d]", i)
		if !c.has("member", p.Member) {
			return c.unknown(path+".member", "member", p.Member)
		}
		if err := c.selects(path+".select", p.Select); err != nil {
			return err
		}
	}
	return nil
}

func (c *checker) selects(path string, s federation.Selection) error {
	for kind, names := range map[string][]string{"member": s.Members, "source": s.Sources, "channel": s.Channels} {
		for _, n := range names {
			if !c.has(kind, n) {
				return c.unknown(path, kind, n)
			}
		}
	}
	if s.As != "" && !c.has("member", s.As) && !c.serves(s.As) {
		return c.unknown(path, "member", s.As)
	}
	return nil
}

// serves reports whether a member of the file has a postal code.
func (c *checker) serves(code string) bool {
	here := federation.Catalogue{Members: c.out.Members}
	return len(here.Serving(code)) > 0 || c.held.store != nil && !c.held.alone && len(c.held.store.Serving(code)) > 0
}

func (c *checker) has(kind, name string) bool {
	if c.seen[kind+" "+name] != "" {
		return true
	}
	if c.held.store == nil || c.held.alone {
		return kind == "member" && c.succeeded(name) && c.merged(name)
	}
	var err error
	switch kind {
	case "member":
		_, err = c.held.store.Member(name)
	case "source":
		_, err = c.held.store.Source(name)
	default:
		_, err = c.held.store.Channel(name)
	}
	return err == nil
}

// merged reports whether the store has the member, whose name alone stays.
func (c *checker) merged(member string) bool {
	if c.held.store == nil {
		return false
	}
	_, err := c.held.store.Member(member)
	return err == nil
}

func (c *checker) succeeded(member string) bool {
	return slices.ContainsFunc(c.out.Members, func(m federation.Member) bool { return slices.Contains(m.Succeeds, member) })
}

func (c *checker) unknown(path, kind, name string) error {
	where := "neither in this file nor in the store"
	if c.held.store == nil || c.held.alone {
		where = "not in this file"
	}
	return &regionError{c.path, lineOf(c.file, path), fmt.Sprintf("%s %q is %s", kind, name, where)}
}

func selection(text string) (federation.Selection, error) {
	s, err := federation.ParseSelection(text)
	if err != nil {
		return s, federation.Invalid("select", "%v", err)
	}
	return s, nil
}

// theme reads tokens spelled with hyphens or underscores.
func theme(tokens map[string]string) (federation.Theme, error) {
	var t federation.Theme
	known := map[string]*string{}
	for _, tok := range t.Tokens() {
		known[tok.Name] = tok.Value
	}
	for name, value := range tokens {
		target := known[strings.ReplaceAll(name, "_", "-")]
		if target == nil {
			return t, federation.Invalid("theme."+name, "is not a token of a theme")
		}
		*target = value
	}
	return t, nil
}
