package widgets_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/widgets"
)

func fragment(t *testing.T, v widgets.View) string {
	t.Helper()
	r, err := widgets.NewRenderer()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := r.Fragment(&b, v); err != nil {
		t.Fatalf("Fragment(%+v): %v", v, err)
	}
	return b.String()
}

// agenda is a view of two types, with every option on.
func agenda(lang string) widgets.View {
	v := sample(1)
	v.Language = lang
	v.Options = federation.Options{"images": true, "summary": true, "heading": 2, "title": federation.Text{"fr": "À la une", "nl": "In de kijker"}}
	v.Theme = federation.Theme{Accent: "#ffd500", Font: "Marianne, sans-serif", Logo: "https://www.example.org/logo.svg"}
	v.Logo = "https://hub.example/pictures/logos/sambre/0123456789ab"
	v.Entries[0].Item.Image = &federation.Image{URL: "https://www.example.org/a.jpg", Alt: "La gare", Width: 800, Height: 450}
	v.Entries[0].Picture = widgets.Picture{Small: v.Hub + "/pictures/x/1-320.jpg", Large: v.Hub + "/pictures/x/1-640.jpg"}
	start := time.Date(2026, 12, 5, 14, 0, 0, 0, time.FixedZone("", 3600))
	v.Entries = append(v.Entries, widgets.Entry{Member: federation.Text{"fr": "Région", "nl": "Regio"}, Item: federation.Item{
		ID: "abcdefghijklmnopqrstuvwxyz", Type: federation.EventItem, Title: "Kerstmarkt", Language: "nl",
		Event:      &federation.Event{Start: start, End: start.Add(4 * time.Hour), Status: "cancelled"},
		Place:      &federation.Place{Name: "Grote Markt"},
		Provenance: federation.Provenance{License: "https://www.example.org/voorwaarden", Attribution: "Bron: Toerisme"},
	}})
	return v
}

func TestFragmentGolden(t *testing.T) {
	for _, lang := range federation.Languages {
		got := strings.ReplaceAll(fragment(t, agenda(lang)), "><", ">\n<") // so that a change can be reviewed
		got = regexp.MustCompile(` data-s="[^"]*"`).ReplaceAllString(got, ` data-s="…"`)
		name := filepath.Join("testdata", "agenda."+lang+".html")
		if *update {
			if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestHeadingLevels(t *testing.T) {
	for level, want := range map[int]string{0: "<h3 ", 2: "<h2 ", 3: "<h3 ", 4: "<h4 ", 5: "<h5 ", 6: "<h6 ", 1: "<h3 ", 7: "<h3 "} {
		v := sample(2)
		v.Options = v.Options.With("heading", level)
		if got := fragment(t, v); strings.Count(got, want) != 2 || strings.Contains(got, "<h1") {
			t.Errorf("Heading %d: %s, want two %s", level, got, want)
		}
	}
}

func TestNothingToShow(t *testing.T) {
	for lang, want := range map[string]string{"fr": "Rien à afficher", "nl": "niets te tonen", "de": "nichts anzuzeigen",
		"en": "nothing to show", "xx": "Rien à afficher"} {
		v := sample(0)
		v.Language = lang
		if got := fragment(t, v); !strings.Contains(got, want) || strings.Contains(got, "<ul") || !strings.Contains(got, v.More) {
			t.Errorf("empty in %s: %s, want %q and the link to the hub", lang, got, want)
		}
	}
}

func TestAddressesAreWebAddresses(t *testing.T) {
	for address, want := range map[string]string{
		"https://www.example.org/a?b=1&c=2": `href="https://www.example.org/a?b=1&amp;c=2"`,
		"HTTP://www.example.org/":           `href="HTTP://www.example.org/"`,
		"":                                  `href="https://hub.example/items/item0000000000000000000000"`,
		"javascript:alert(1)":               `href="https://hub.example/items/item0000000000000000000000"`,
		"urn:x":                             `href="https://hub.example/items/item0000000000000000000000"`,
	} {
		v := sample(1)
		v.Entries[0].Item.URL = address
		v.Options = v.Options.With("images", true)
		v.Entries[0].Item.Image = &federation.Image{URL: "https://www.example.org/a.png"}
		v.Entries[0].Picture = widgets.Picture{Small: address, Large: "data:image/png,x"}
		if got := fragment(t, v); !strings.Contains(got, want) || strings.Contains(got, "<img") {
			t.Errorf("item at %q: %s, want %s and no picture", address, got, want)
		}
	}
}

func TestPageIsWhole(t *testing.T) {
	r, err := widgets.NewRenderer()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	v := agenda("nl")
	if err := r.Page(&b, v); err != nil {
		t.Fatal(err)
	}
	got := b.String()
	for _, want := range []string{"<!doctype html>", `<html lang="nl">`, "<title>Actualités régionales</title>",
		"<style>" + widgets.PageStyle(v.Theme) + "</style>", `<base target="_top">`, `lang="fr"`} {
		if !strings.Contains(got, want) {
			t.Errorf("Page lacks %s:\n%s", want, got)
		}
	}
	if strings.Replace(got, "<script>"+widgets.FrameScript()+"</script>", "", 1) == got || strings.Count(got, "<script") != 1 || strings.Contains(got, " style=") {
		t.Errorf("Page holds what its policy refuses:\n%s", got)
	}
	v.Kind = "map"
	if err := r.Page(&b, v); err == nil {
		t.Error("Page of an unknown widget = nil, want an error")
	}
}

// TestSeriesAtItsNextDate: what recurs is shown at the date that was found.
func TestSeriesAtItsNextDate(t *testing.T) {
	v := agenda("en")
	e := &v.Entries[len(v.Entries)-1]
	e.Item.Event.Recurrence = "FREQ=YEARLY"
	next := e.Item.Event.Start.AddDate(2, 0, 0)
	e.Next = &federation.Occurrence{Start: next, End: next.Add(4 * time.Hour)}
	got := fragment(t, v)
	if want := "5 December 2028, 14:00 to 18:00"; !strings.Contains(got, want) || strings.Contains(got, "December 2026") {
		t.Errorf("the widget lacks %q: %s", want, got)
	}
	if e.Item.Event.Start.Year() != 2026 {
		t.Error("showing a date changed the item")
	}
}
