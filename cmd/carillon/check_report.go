package main

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/plonegov/carillon/api"
	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/region"
	"github.com/plonegov/carillon/harvester"
	"github.com/plonegov/carillon/harvester/survey"
)

// siteChecker gives the web side the harvester's survey.
type siteChecker struct{ worker *harvester.Harvester }

// forStrangers is the configuration for what anybody may ask of the hub: the
// networks that the operator opened are open to the region file alone.
func (c hubConfig) forStrangers() hubConfig {
	c.AllowPrivate = nil
	return c
}

// Check implements api.Checker.
func (c siteChecker) Check(ctx context.Context, address string) api.CheckReport {
	found, failed := c.worker.Survey(ctx, address)
	return checkReport(found, failed)
}

func checkReport(s survey.Report, failed *federation.Failure) api.CheckReport {
	r := api.CheckReport{URL: s.URL, Direct: s.Direct, Requests: s.Requests, Warnings: s.Warnings, Failure: failed, Sources: []api.CheckedSource{}}
	if !s.Direct && (s.Site.Slug != "" || s.Site.Name != "") {
		r.Site = &api.CheckedSite{Name: s.Site.Name, Slug: s.Site.Slug, Language: s.Site.Language, CMS: s.Site.CMS,
			Accent: s.Site.Accent, Colours: s.Site.Colours, Logo: s.Site.Logo}
	}
	for _, f := range s.Findings {
		r.Sources = append(r.Sources, checkedSource(f))
	}
	if proposes(s) {
		r.YAML = surveyYAML(s)
	}
	return r
}

func checkedSource(f survey.Finding) api.CheckedSource {
	c := api.CheckedSource{URL: f.URL, Format: f.Format, Kind: f.Kind, Reason: f.Reason, Title: f.Title, Language: f.Language,
		Items: len(f.Items), Listed: f.Listed, Pages: f.Pages, Also: f.Also, Worth: f.Worth,
		Slug: f.Slug, Type: f.Type, Every: region.Duration(f.Every), Warnings: f.Warnings}
	if newest := f.Newest(); !newest.IsZero() {
		c.Newest = &newest
	}
	for _, it := range f.Items[:min(len(f.Items), shownItems)] {
		one := api.CheckedItem{Type: it.Type, Title: it.Title, URL: it.URL}
		if !it.Published.IsZero() {
			one.Published = &it.Published
		}
		c.Sample = append(c.Sample, one)
	}
	return c
}

// proposes reports whether a survey saw something to add.
func proposes(s survey.Report) bool {
	return slices.ContainsFunc(s.Findings, func(f survey.Finding) bool { return f.Worth })
}

// surveyYAML is the member with its sources, as the region file holds them.
// What is not worth adding stands behind it as a comment.
func surveyYAML(s survey.Report) string {
	m := surveyMember(s)
	var sources []federation.Source
	var rest strings.Builder
	for _, f := range s.Findings {
		for _, address := range f.Also {
			rest.WriteString(strings.Join(strings.Fields("# the same list: "+address), " ") + "\n")
		}
		if !f.Worth {
			also := fmt.Sprintf("# also found: %s (%s, %d items)", f.URL, f.Kind, len(f.Items))
			rest.WriteString(strings.Join(strings.Fields(also), " ") + "\n") // one line, whatever a foreign address holds
			continue
		}
		src := federation.Source{Member: m.Slug, Slug: f.Slug, URL: f.URL, Type: f.Type, Every: f.Every}
		if lang := f.Language; federation.ValidLanguage(lang) && lang != m.Language() {
			src.Language = lang
		}
		sources = append(sources, src)
	}
	return string(region.Write(&federation.Catalogue{Members: []federation.Member{m}, Sources: sources})) + rest.String()
}

// surveyMember is a member as far as its site tells; the operator adds code and
// postal codes.
func surveyMember(s survey.Report) federation.Member {
	m := federation.Member{Slug: s.Site.Slug, Kind: federation.KindCommune}
	if !federation.ValidSlug(m.Slug) {
		m.Slug = "commune"
	}
	if federation.ValidLanguage(s.Site.Language) {
		m.Languages = []string{s.Site.Language}
	}
	m.Name = federation.Text{m.Language(): s.Site.Name}
	if s.Site.Name == "" {
		m.Name = federation.Text{m.Language(): m.Slug}
	}
	if u, err := url.Parse(s.URL); err == nil && u.Host != "" {
		m.URL = s.URL
		if s.Direct {
			m.URL = u.Scheme + "://" + u.Host + "/"
		}
	}
	if t := (federation.Theme{Accent: s.Site.Accent}); t.Validate() == nil {
		m.Theme.Accent = t.Accent
	}
	if t := (federation.Theme{Logo: s.Site.Logo}); t.Validate() == nil {
		m.Theme.Logo = t.Logo
	}
	return m
}
