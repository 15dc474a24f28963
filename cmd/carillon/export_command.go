package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/region"
	"github.com/plonegov/carillon/harvester/opml"
)

type exportCommand struct {
	YAML exportYAML `cmd:"" name:"yaml" help:"Write members, sources, channels, placements and topics as a region file."`
	OPML exportOPML `cmd:"" name:"opml" help:"Write the sources as a list that feed readers import."`
}

type exportYAML struct{ hubConfig }

// Run writes a region file that applies back to no change.
func (c *exportYAML) Run(ctx context.Context, s streams) error {
	return c.export(ctx, s, func(w io.Writer, cat *federation.Catalogue) error {
		_, err := w.Write(region.Write(cat))
		return err
	})
}

type exportOPML struct{ hubConfig }

// Run writes the sources that have an address on the web.
func (c *exportOPML) Run(ctx context.Context, s streams) error {
	return c.export(ctx, s, func(w io.Writer, cat *federation.Catalogue) error {
		list, left := opmlOf(cat)
		for _, name := range left {
			fmt.Fprintf(s.err, "carillon: %s is a file on this machine and is left out\n", name)
		}
		return list.Encode(w)
	})
}

func (c hubConfig) export(ctx context.Context, s streams, write func(io.Writer, *federation.Catalogue) error) (err error) {
	store, err := openStore(ctx, c.logger(s.err), c)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	cat, err := federation.LoadCatalogue(ctx, store)
	if err != nil {
		return err
	}
	return write(s.out, cat)
}

// opmlOf is the list of the sources, a folder a member, with what other
// programs have no attribute for in ours. left are the sources that no other
// machine could read.
func opmlOf(cat *federation.Catalogue) (list opml.List, left []string) {
	list.Title = "Carillon"
	for _, m := range cat.Members {
		for _, s := range cat.Sources {
			switch {
			case s.Member != m.Slug:
			case !isWebAddress(s.URL):
				left = append(left, s.Name())
			default:
				list.Feeds = append(list.Feeds, opmlFeed(m, s))
			}
		}
	}
	return list, left
}

func opmlFeed(m federation.Member, s federation.Source) opml.Feed {
	f := opml.Feed{URL: s.URL, Title: s.Title.In(m.Languages...), Site: m.URL, Language: s.Language,
		Folders: []string{m.Name.In(m.Languages...)}, Settings: map[string]string{}}
	if f.Title == "" {
		f.Title = s.Slug
	}
	for _, c := range s.Categories {
		f.Categories = append(f.Categories, []string{c})
	}
	for name, value := range map[string]string{"member": m.Slug, "kind": string(m.Kind), "lang": m.Language(), "home": m.URL, "slug": s.Slug, "format": s.Format,
		"type": string(s.Type), "every": region.Duration(s.Every), "cron": s.Cron, "license": s.License} {
		if value != "" {
			f.Settings[name] = value
		}
	}
	return f
}
