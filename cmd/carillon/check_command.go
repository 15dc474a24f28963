package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester"
)

type checkCommand struct {
	URL          string         `arg:"" help:"Address, or a file: path, of a feed or document."`
	Format       string         `default:"auto" help:"Format to read it as; auto looks at the bytes."`
	AllowPrivate []netip.Prefix `placeholder:"PREFIX" help:"Private networks the address may be on."`
	JSON         bool           `name:"json" help:"Print one JSON object."`
}

// Run fetches and decodes the address, and prints what a harvest would keep.
func (c *checkCommand) Run(ctx context.Context, s streams) error {
	src := federation.Source{Member: "check", Slug: "address", URL: c.URL}
	if c.Format != "auto" {
		src.Format = c.Format
	}
	if err := src.Validate(); err != nil {
		return usageError{err}
	}
	if src.Format != "" && !slices.Contains(formatNames(), src.Format) {
		return usageError{fmt.Errorf("--format=%s: the formats are auto, %s", src.Format, strings.Join(formatNames(), ", "))}
	}
	cfg := hubConfig{AllowPrivate: c.AllowPrivate}
	worker, client := newHarvester(cfg.logger(s.err), nil, cfg, "")
	defer client.Close()
	found, failed := worker.Check(ctx, src)
	switch {
	case failed != nil:
		return fmt.Errorf("%s %s", failed.Message, failed.Advice)
	case c.JSON:
		return json.NewEncoder(s.out).Encode(findingJSON(found))
	}
	printFinding(s.out, found)
	return nil
}

// shownItems is how many items a check lists by title.
const shownItems = 10

func printFinding(w io.Writer, f harvester.Finding) {
	fmt.Fprintf(w, "address   %s\nformat    %s\ntitle     %s\nlanguage  %s\nitems     %d of %d listed\n",
		f.URL, f.Format, orDash(f.Title), orDash(f.Language), len(f.Items), f.Listed)
	for i, it := range f.Items {
		if i == shownItems {
			fmt.Fprintf(w, "          … and %d more\n", len(f.Items)-shownItems)
			break
		}
		date := "          "
		if d := it.Date(); !d.IsZero() {
			date = d.Format(time.DateOnly)
		}
		fmt.Fprintf(w, "  %s  %-8s %s\n", date, it.Type, it.Title)
	}
	for _, warning := range f.Warnings {
		fmt.Fprintf(w, "warning   %s\n", warning)
	}
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

func findingJSON(f harvester.Finding) any {
	type item struct {
		ID        string              `json:"origin_id"`
		Type      federation.ItemType `json:"type"`
		Title     string              `json:"title"`
		URL       string              `json:"url,omitempty"`
		Published *time.Time          `json:"published,omitempty"`
	}
	items := make([]item, len(f.Items))
	for i, it := range f.Items {
		items[i] = item{ID: it.OriginID, Type: it.Type, Title: it.Title, URL: it.URL}
		if !it.Published.IsZero() {
			items[i].Published = &it.Published
		}
	}
	return struct {
		URL      string   `json:"url"`
		Format   string   `json:"format"`
		Title    string   `json:"title,omitempty"`
		Language string   `json:"language,omitempty"`
		Listed   int      `json:"listed"`
		Items    []item   `json:"items"`
		Warnings []string `json:"warnings,omitempty"`
	}{f.URL, f.Format, f.Title, f.Language, f.Listed, items, f.Warnings}
}
