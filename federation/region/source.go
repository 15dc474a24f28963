package region

import (
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
)

type sourceYAML struct {
	Slug        string              `yaml:"slug"`
	URL         string              `yaml:"url"`
	Format      string              `yaml:"format"`
	Type        federation.ItemType `yaml:"type"`
	Every       durationYAML        `yaml:"every"`
	Cron        string              `yaml:"cron"`
	Language    string              `yaml:"language"`
	Fixed       string              `yaml:"language!"` // the same, whatever documents say
	Zone        string              `yaml:"zone"`
	Alerts      bool                `yaml:"alerts"`
	Private     []string            `yaml:"allow_private"`
	License     string              `yaml:"license"`
	Attribution string              `yaml:"attribution"`
	Categories  []string            `yaml:"categories"`
	Title       textYAML            `yaml:"title"`
	Identity    string              `yaml:"identity"`
	Complete    bool                `yaml:"complete"`
	Suspended   bool                `yaml:"suspended"`
	Formerly    []string            `yaml:"formerly"`
	TrustHub    bool                `yaml:"trust_hub"`
	Columns     map[string]string   `yaml:"columns"`
	Page        *pageYAML           `yaml:"page"`
}

var sources = records[federation.Source]{
	ofFile: func(f *File) []federation.Source { return f.Sources },
	held:   func(cat *federation.Catalogue) []federation.Source { return cat.Sources },
}

// sourceNoun is checked and written with the members.
var sourceNoun = noun{
	save: func(a *applier, f *File) error {
		if err := sources.saveAll(a, f); err != nil {
			return err
		}
		return a.adopt(f)
	},
	prune: sources.pruneAll,
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
	if y.Fixed != "" {
		if y.Language != "" {
			return c.fault(path, federation.Invalid("language", "give either language or language!, not both"))
		}
		s.Language, s.LanguageFixed = y.Fixed, true
	}
	var err error
	if s.AllowPrivate, err = networks(y.Private); err == nil {
		err = CheckSource(s, c.options.Formats)
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

// CheckSource refuses what a region file may not say of a source, which may
// name one of formats. Its error wraps a [federation.InvalidError].
func CheckSource(s federation.Source, formats []string) error {
	if err := s.Validate(); err != nil {
		return err
	}
	if s.Format != "" && !slices.Contains(formats, s.Format) {
		return federation.Invalid("format", "%q is not a format; the formats are auto, %s", s.Format, strings.Join(formats, ", "))
	}
	if s.Cron != "" {
		if _, err := federation.NextCron(s.Cron, time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)); err != nil {
			return err
		}
	}
	return checkPage(s.Page)
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

func networkTexts(list []netip.Prefix) []string {
	var out []string
	for _, p := range list {
		out = append(out, p.String())
	}
	return out
}

func sourcePairs(s federation.Source) pairs {
	var p pairs
	p.put("slug", s.Slug)
	p.put("url", s.URL)
	p.put("format", s.Format)
	p.put("title", map[string]string(s.Title))
	p.put("type", string(s.Type))
	p.put("every", Duration(s.Every))
	p.put("cron", s.Cron)
	if s.LanguageFixed {
		p.put("language!", s.Language)
	} else {
		p.put("language", s.Language)
	}
	p.put("zone", s.Zone)
	p.put("alerts", s.Alerts)
	p.put("allow_private", networkTexts(s.AllowPrivate))
	p.put("license", s.License)
	p.put("attribution", s.Attribution)
	p.put("categories", s.Categories)
	p.put("identity", s.Identity)
	p.put("complete", s.Complete)
	p.put("suspended", s.Suspended)
	p.put("formerly", s.Formerly)
	p.put("trust_hub", s.TrustHub)
	p.put("columns", s.Columns)
	if s.Page != nil {
		p.put("page", pagePairs(*s.Page))
	}
	return p
}
