package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/region"
	"github.com/plonegov/carillon/harvester/survey"
)

type checkCommand struct {
	URL          string         `arg:"" help:"Address of a site, a feed or another document, or a file: path."`
	Format       string         `default:"auto" help:"Format to read it as; auto looks at the bytes, and searches the site of a web page."`
	AllowPrivate []netip.Prefix `placeholder:"PREFIX" help:"Private networks that the address may be on; a source that is harvested needs allow_private in the region file."`
	JSON         bool           `name:"json" xor:"output" help:"Print one JSON object."`
	YAML         bool           `name:"yaml" xor:"output" help:"Print only what to paste into the region file."`
}

// Run fetches and decodes the address, and prints what a harvest would keep. Of
// a web page it prints what its site has to harvest.
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
	if !c.YAML && (src.Format != "" || strings.HasPrefix(c.URL, "file:")) {
		found, failed := worker.Check(ctx, src)
		return c.finding(s.out, found, failed)
	}
	found, failed := worker.Survey(ctx, c.URL)
	switch {
	case found.Direct && !c.YAML && len(found.Findings) == 1:
		return c.finding(s.out, found.Findings[0], failed)
	case c.JSON:
		return errors.Join(json.NewEncoder(s.out).Encode(checkReport(found, failed)), said(failed))
	case failed != nil:
		return said(failed)
	case c.YAML && !proposes(found):
		return errors.New("nothing on this site is worth adding; carillon check without --yaml shows what was found")
	case c.YAML:
		_, err := io.WriteString(s.out, surveyYAML(found))
		return err
	}
	printSurvey(s.out, found)
	return nil
}

// said is a failure as the command ends with it.
func said(f *federation.Failure) error {
	if f == nil {
		return nil
	}
	return fmt.Errorf("%s %s", f.Message, f.Advice)
}

func (c *checkCommand) finding(w io.Writer, f survey.Finding, failed *federation.Failure) error {
	switch {
	case failed != nil:
		return said(failed)
	case c.JSON:
		return json.NewEncoder(w).Encode(findingJSON(f))
	}
	printFinding(w, f)
	return nil
}

func printSurvey(w io.Writer, s survey.Report) {
	fmt.Fprintf(w, "address   %s\nsite      %s\nlanguage  %s\nmade by   %s\ncolour    %s\nlogo      %s\n",
		s.URL, orDash(s.Site.Name), orDash(s.Site.Language), orDash(s.Site.CMS), orDash(s.Site.Accent), orDash(s.Site.Logo))
	fmt.Fprintf(w, "found     %s in %s\n", counted(len(s.Findings), "source"), counted(s.Requests, "request"))
	for _, f := range s.Findings {
		items := itemsRead(f)
		if t := f.Newest(); !t.IsZero() {
			items += ", newest " + t.Format(time.DateOnly)
		}
		fmt.Fprintf(w, "\n%-9s %s\ntitle     %s\nformat    %s, %s, every %s\nitems     %s\n",
			f.Kind, f.URL, orDash(f.Title), f.Format, f.Type, region.Duration(f.Every), items)
		if f.Pages > 0 {
			fmt.Fprintf(w, "pages     %d, read one by one\n", f.Pages)
		}
		for _, also := range f.Also {
			fmt.Fprintf(w, "also      %s\n", also)
		}
		for _, warning := range f.Warnings {
			fmt.Fprintf(w, "warning   %s\n", warning)
		}
	}
	for _, warning := range s.Warnings {
		fmt.Fprintf(w, "\nwarning   %s\n", warning)
	}
	if !proposes(s) {
		fmt.Fprint(w, "\nNothing of this is worth adding.\n")
		return
	}
	fmt.Fprintf(w, "\nTo add them, put this into the region file and apply it:\n\n%s", surveyYAML(s))
}

// shownItems is how many items a check lists by title.
const shownItems = 10

func printFinding(w io.Writer, f survey.Finding) {
	fmt.Fprintf(w, "address   %s\nformat    %s\ntitle     %s\nlanguage  %s\nitems     %s\n",
		f.URL, f.Format, orDash(f.Title), orDash(f.Language), itemsRead(f))
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

// itemsRead is how much of a list was read.
func itemsRead(f survey.Finding) string {
	if len(f.Items) == 0 && f.Listed > 0 {
		return fmt.Sprintf("%d listed, none read yet", f.Listed)
	}
	return fmt.Sprintf("%d of %d listed", len(f.Items), f.Listed)
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

func findingJSON(f survey.Finding) any {
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
