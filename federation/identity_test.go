package federation_test

import (
	"math"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
)

// TestNewItemID holds the ids that stores and links already have: a change of
// this golden value breaks every address ever given out.
func TestNewItemID(t *testing.T) {
	if got, want := federation.NewItemID("vallonie/actualites", "https://x.example/1"), goldenID; got != want {
		t.Errorf("NewItemID = %q, want %q", got, want)
	}
	seen := map[string]bool{}
	for _, pair := range [][2]string{{"a/b", "1"}, {"a/b", "2"}, {"a/c", "1"}, {"a/b1", ""}, {"a/b", ""}, {"a/b", "\xff"}} {
		id := federation.NewItemID(pair[0], pair[1])
		if seen[id] || !federation.ValidItemID(id) || id != federation.NewItemID(pair[0], pair[1]) {
			t.Errorf("NewItemID(%q, %q) = %q: not valid, not stable or not its own", pair[0], pair[1], id)
		}
		seen[id] = true
	}
}

const goldenID = "am654xut2nbab3gyqhnlzwv75m"

func TestValidItemID(t *testing.T) {
	for _, s := range []string{"", "abc", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxy/", "abcdefghijklmnopqrstuvwxy1", "abcdefghijklmnopqrstuvwxyza"} {
		if federation.ValidItemID(s) {
			t.Errorf("ValidItemID(%q) = true", s)
		}
	}
}

func whole() federation.Item {
	return federation.Item{
		ID: "x", Member: "m", Source: "m/s", OriginID: "1", Type: federation.EventItem, URL: "https://x.example/1",
		Title: "Fête", Summary: "Sur la place", Content: markup.Sanitise("<p>Sur la place</p>", nil), Language: "fr",
		Published: at("2026-01-01T00:00:00Z"), Updated: at("2026-01-02T00:00:00Z"), FirstSeen: at("2026-01-03T00:00:00Z"),
		Categories: []string{"fête"}, Authors: []string{"A"}, Image: &federation.Image{URL: "https://x.example/i.png"},
		Attachments: []federation.Attachment{{URL: "https://x.example/a.pdf"}},
		Place:       &federation.Place{Name: "Place", Point: &federation.Point{Lat: 50, Lon: 4}},
		Event:       &federation.Event{Start: at("2026-05-01T10:00:00+02:00"), End: at("2026-05-01T12:00:00+02:00")},
		Alert:       &federation.Alert{Severity: "minor"},
		Provenance:  federation.Provenance{SourceURL: "https://x.example/rss", License: "CC-BY-4.0", Hash: "h"},
	}
}

// TestContentHashIgnores has what a reader does not notice (DESIGN.md 8.2).
func TestContentHashIgnores(t *testing.T) {
	want := federation.ContentHash(whole())
	for name, change := range map[string]func(*federation.Item){
		"published":      func(i *federation.Item) { i.Published = i.Published.Add(time.Hour) },
		"updated":        func(i *federation.Item) { i.Updated = time.Time{} },
		"first seen":     func(i *federation.Item) { i.FirstSeen = time.Time{} },
		"fetched":        func(i *federation.Item) { i.Provenance.Fetched = at("2026-01-09T00:00:00Z") },
		"document hash":  func(i *federation.Item) { i.Provenance.Hash = "other" },
		"source address": func(i *federation.Item) { i.Provenance.SourceURL = "https://y.example/rss" },
		"version":        func(i *federation.Item) { i.Version = 7 },
		"white space":    func(i *federation.Item) { i.Title, i.Summary = " Fête\n", "Sur  la\tplace" },
	} {
		it := whole()
		change(&it)
		if federation.ContentHash(it) != want {
			t.Errorf("ContentHash changes with %s", name)
		}
	}
}

func TestContentHashNotices(t *testing.T) {
	before := federation.ContentHash(whole())
	for name, change := range map[string]func(*federation.Item){
		"type":        func(i *federation.Item) { i.Type = federation.News },
		"url":         func(i *federation.Item) { i.URL += "2" },
		"title":       func(i *federation.Item) { i.Title = "Fêtes" },
		"summary":     func(i *federation.Item) { i.Summary = "" },
		"content":     func(i *federation.Item) { i.Content = markup.Sanitise("<p>Ailleurs</p>", nil) },
		"language":    func(i *federation.Item) { i.Language = "nl" },
		"expires":     func(i *federation.Item) { i.Expires = at("2026-06-01T00:00:00Z") },
		"categories":  func(i *federation.Item) { i.Categories = append(i.Categories, "été") },
		"authors":     func(i *federation.Item) { i.Authors = nil },
		"image":       func(i *federation.Item) { i.Image = nil },
		"alt":         func(i *federation.Item) { i.Image.Alt = "x" },
		"attachments": func(i *federation.Item) { i.Attachments[0].Title = "x" },
		"place":       func(i *federation.Item) { i.Place.Address = "x" },
		"point":       func(i *federation.Item) { i.Place.Point.Lat = 51 },
		"no point":    func(i *federation.Item) { i.Place.Point = nil },
		"start":       func(i *federation.Item) { i.Event.Start = i.Event.Start.Add(time.Minute) },
		"offset":      func(i *federation.Item) { i.Event.Start = i.Event.Start.UTC() },
		"cancelled":   func(i *federation.Item) { i.Event.Status = "cancelled" },
		"no event":    func(i *federation.Item) { i.Event = nil },
		"alert":       func(i *federation.Item) { i.Alert.Severity = "extreme" },
		"licence":     func(i *federation.Item) { i.Provenance.License = "" },
		"attribution": func(i *federation.Item) { i.Provenance.Attribution = "x" },
	} {
		it := whole()
		change(&it)
		if federation.ContentHash(it) == before {
			t.Errorf("ContentHash does not change with %s", name)
		}
	}
}

// TestContentHashBears has values that encoding/json refuses to write.
func TestContentHashBears(t *testing.T) {
	it := whole()
	it.Title = "\xff\xfe"
	it.Expires = time.Date(12026, 1, 1, 0, 0, 0, 0, time.UTC)
	it.Event.Start = time.Date(-5, 1, 1, 0, 0, 0, 0, time.FixedZone("", 26*3600))
	it.Place.Point = &federation.Point{Lat: math.NaN(), Lon: math.Inf(1)}
	if got := federation.ContentHash(it); len(got) != 64 {
		t.Errorf("ContentHash = %q, want 64 hex digits", got)
	}
}
