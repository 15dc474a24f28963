package api

import (
	"bytes"
	"encoding/json"
	"flag"
	"maps"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func golden(t *testing.T, file string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s differs (-want +got); run with -update if that is meant:\n%s", file, diff)
	}
}

func indented(t *testing.T, b []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := json.Indent(&out, b, "", "  "); err != nil {
		t.Fatalf("%v in %s", err, b)
	}
	return out.Bytes()
}

// TestOpenAPI: a change of the contract is a change of openapi.json.
func TestOpenAPI(t *testing.T) {
	h := serveRegion(t, newRegion(1))
	golden(t, "openapi.json", ask(h, "GET", "/api/openapi.json").Body.Bytes())
}

// TestSelectionParams: the description lists the keys that the parser takes.
func TestSelectionParams(t *testing.T) {
	for _, p := range selectionParams() {
		_, err := federation.SelectionFrom(url.Values{p.Name: {""}})
		if err != nil {
			t.Errorf("the parser refuses the described key %s: %v", p.Name, err)
		}
	}
	_, err := federation.ParseSelection("no-such-key=1")
	for _, p := range selectionParams() {
		if !strings.Contains(err.Error(), p.Name) {
			t.Errorf("the parser's list of keys lacks %s: %v", p.Name, err)
		}
	}
}

// wholeItem has every field of the contract.
func wholeItem() *region {
	store := newRegion(1)
	it := &store.items[0]
	brussels := time.FixedZone("", 3600)
	it.Type = federation.EventItem
	it.Updated, it.Expires = it.Published.Add(time.Hour), it.Published.AddDate(1, 0, 0)
	it.Authors = []string{"Service culture"}
	it.Image = &federation.Image{URL: "https://m00.example/i.jpg", Alt: "La place", Width: 640, Height: 480}
	it.Attachments = []federation.Attachment{{URL: "https://m00.example/p.pdf", Type: "application/pdf", Title: "Programme", Size: 12}}
	it.Place = &federation.Place{Name: "Place", Address: "1, rue Haute", Point: &federation.Point{Lat: 50.5, Lon: 4.5}}
	it.Event = &federation.Event{Start: time.Date(2026, 5, 1, 19, 30, 0, 0, brussels), End: time.Date(2026, 5, 1, 22, 0, 0, 0, brussels), Status: "confirmed"}
	it.Alert = &federation.Alert{Severity: "minor", Urgency: "future", Certainty: "likely", Areas: []string{"Centre"}}
	store.items = store.items[:1]
	return store
}

func TestItemJSON(t *testing.T) {
	store := wholeItem()
	h := serveRegion(t, store)
	golden(t, "testdata/item.json", indented(t, ask(h, "GET", "/api/v1/items/"+store.items[0].ID).Body.Bytes()))
	golden(t, "testdata/members.json", indented(t, ask(h, "GET", "/api/v1/members").Body.Bytes()))
	golden(t, "testdata/channels.json", indented(t, ask(h, "GET", "/api/v1/channels").Body.Bytes()))
}

func TestSourceHealthJSON(t *testing.T) {
	store := newRegion(1)
	st := store.states["m00/actus"]
	at := st.LastSuccess
	st.LastChange, st.NextFetch, st.Failures = at, at.Add(time.Hour), 2
	st.Failure = &federation.Failure{Time: at, Class: federation.FailHTTP, Status: 503, Message: "The site answered 503.", Advice: "Ask the webmaster."}
	store.states["m00/actus"] = st
	store.sources = append(store.sources, federation.Source{Member: "m00", Slug: "fiches", URL: "file:/srv/private/fiches.zip"})
	h := serveRegion(t, store)
	golden(t, "testdata/sources.json", indented(t, ask(h, "GET", "/api/v1/sources").Body.Bytes()))
}

// TestSearchJSON: the parts of the contract around the items.
func TestSearchJSON(t *testing.T) {
	h := serveRegion(t, newRegion(2))
	var got map[string]json.RawMessage
	getJSON(t, h, "/api/v1/search?q=travaux&member=m00&limit=2", &got)
	if diff := cmp.Diff([]string{"facets", "items", "next", "took_ms", "total"}, slices.Sorted(maps.Keys(got))); diff != "" {
		t.Errorf("keys of a search (-want +got):\n%s", diff)
	}
	var r SearchResult
	getJSON(t, h, "/api/v1/search?q=travaux&member=m00&limit=2", &r)
	if r.Total != 3 || len(r.Items) != 2 {
		t.Errorf("search found %d, showed %d; want 3, 2", r.Total, len(r.Items))
	}
	if !strings.Contains(r.Items[0].Highlight.Title, "<mark>Travaux</mark>") {
		t.Errorf("highlight %q lacks the marked word", r.Items[0].Highlight.Title)
	}
	want := []FacetCount{{"m00", "Commune m00", 3}, {"m01", "Commune m01", 3}}
	if diff := cmp.Diff(want, r.Facets["member"]); diff != "" {
		t.Errorf("facet of members (-want +got):\n%s", diff)
	}
}

// TestAbsentFields: what does not apply is absent, not null.
func TestAbsentFields(t *testing.T) {
	store := newRegion(1)
	h := serveRegion(t, store)
	body := ask(h, "GET", "/api/v1/items/"+store.items[0].ID).Body.String()
	for _, word := range []string{"null", `"event"`, `"alert"`, `"place"`, `"image"`, `"expires"`, `"attachments"`, "$schema", "0001-01-01"} {
		if strings.Contains(body, word) {
			t.Errorf("an item without it holds %s: %s", word, body)
		}
	}
	if body := ask(h, "GET", "/api/v1/items?q=nothingofthekind").Body.String(); body != "{\"items\":[]}\n" {
		t.Errorf("no items are %q, want an empty list", body)
	}
}

// TestHealthOfLocalFile: the folders of the hub's machine are its operator's.
func TestHealthOfLocalFile(t *testing.T) {
	for ref, message := range map[string]string{
		"/srv/private/a.zip":       "The file /srv/private/a.zip cannot be read: no such file or directory.",
		"///srv/private/a%20b.zip": "The file /srv/private/a b.zip cannot be read: permission denied.",
		"//srv/private/a.zip":      "The address file://srv/private/a.zip is not the address of a file on this machine.",
		"private/srv/":             "The file private/srv/ cannot be read: permission denied.",
	} {
		store := newRegion(1)
		store.sources = append(store.sources, federation.Source{Member: "m00", Slug: "local", URL: "file:" + ref})
		store.states["m00/local"] = federation.SourceState{Health: federation.Health{Failures: 1, LastFetch: time.Now(), Failure: &federation.Failure{Class: federation.FailFile, Message: message}, Fetches: []federation.Fetch{{Time: time.Now(), Result: "failed", Message: message}}}}
		body := ask(serveRegion(t, store), "GET", "/api/v1/sources").Body.String()
		if strings.Contains(body, "private") || !strings.Contains(body, message[len(message)-10:]) {
			t.Errorf("the health of file:%s shows its folder or hides the reason: %s", ref, body)
		}
		for _, target := range []string{"/api/v1/sources/m00/local", "/members/m00/sources/local"} {
			if body := ask(serveWhole(t, store), "GET", target).Body.String(); strings.Contains(body, "private") || len(body) < 500 {
				t.Errorf("GET %s of file:%s shows its folder: %s", target, ref, body)
			}
		}
	}
}
