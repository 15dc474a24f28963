package demo

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"

	"github.com/plonegov/carillon/federation"
)

// cold and warm are moments of the two seasons that content may belong to.
var (
	cold = time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC)
	warm = time.Date(2027, 7, 1, 0, 30, 0, 0, time.UTC)
)

// drawn holds the pictures for all tests: drawing them takes most of the time.
var drawn = newGallery()

func newRegion(t testing.TB, now time.Time) *Region {
	t.Helper()
	r, err := New(now)
	if err != nil {
		t.Fatal(err)
	}
	r.pictures = drawn
	return r
}

// serve starts a handler that ends with the test and returns its origin.
func serve(t testing.TB, h http.Handler) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}

// get asks the handler itself, as the host that base names.
func get(t testing.TB, h http.Handler, base, path string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	req := httptest.NewRequest(http.MethodGet, base+path, nil)
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, req)
	return w
}

// regionFileOf is the file as far as these tests read it; cmd/carillon reads
// all of it.
type regionFileOf struct {
	Members []struct {
		Slug, Kind  string
		PostalCodes []string `yaml:"postal_codes"`
		Languages   []string
		Location    struct{ Lat, Lon float64 }
		Theme       map[string]string
		Sites       []string
		Sources     []struct {
			Slug, URL, Type, Format, Language string
			Columns                           map[string]string
			Page                              *federation.PageRule
		}
		Succeeds []string
	}
	Topics []struct {
		Slug string
		Name map[string]string
		From []string
	}
	Channels   []struct{ Slug, Select string }
	Placements []struct{ Slug, Member, Select string }
}

func readFile(t testing.TB, body []byte) regionFileOf {
	t.Helper()
	var f regionFileOf
	if err := yaml.Unmarshal(body, &f); err != nil {
		t.Fatalf("%v\n%s", err, body)
	}
	return f
}

func TestFile(t *testing.T) {
	r := newRegion(t, cold)
	sites := map[string]string{}
	for i, s := range r.Sites() {
		sites[s.Slug] = "http://127.0.0.1:100" + string(rune('0'+i))
	}
	f := readFile(t, r.File("http://127.0.0.1:9", sites))
	communes, sources := 0, map[string]bool{}
	for _, m := range f.Members {
		if m.Kind == "commune" {
			communes++
		}
		if want := sites[m.Slug]; want != "" && (len(m.Sites) != 1 || m.Sites[0] != want || len(m.Theme) < 8) {
			t.Errorf("%s has sites %q and theme %v, want %q and a theme of its own", m.Slug, m.Sites, m.Theme, want)
		}
		if m.Location.Lat == 0 || m.Location.Lon == 0 || len(m.Languages) == 0 {
			t.Errorf("%s lacks its place or its languages", m.Slug)
		}
		for _, s := range m.Sources {
			sources[strings.TrimPrefix(s.URL, "http://127.0.0.1:9")] = true
		}
	}
	if communes < 6 || len(f.Channels) < 4 {
		t.Errorf("%d communes and %d channels, want at least 6 and 4", communes, len(f.Channels))
	}
	for _, topic := range f.Topics {
		if len(topic.Name) != 4 || len(topic.From) < 4 {
			t.Errorf("the topic %s has %d names and gathers %d words, want four languages and several words", topic.Slug, len(topic.Name), len(topic.From))
		}
	}
	placed := map[string]bool{}
	for _, p := range f.Placements {
		placed[p.Member] = true
	}
	for _, m := range f.Members {
		for _, old := range m.Succeeds { // it keeps its name alone
			placed[old] = true
		}
	}
	for _, m := range f.Members {
		if !placed[m.Slug] {
			t.Errorf("%s has no placement", m.Slug)
		}
	}
	for _, p := range r.publishers {
		for _, s := range p.Sections {
			if s.Feed != "" && !sources[s.FeedPath()] {
				t.Errorf("the feed %s is nobody's source", s.FeedPath())
			}
		}
	}
	if !sources[proceduresPath] {
		t.Errorf("the procedures are nobody's source")
	}
}

// TestFileWithoutSites: nobody's site may be missing from the map by accident
// and lock the others out.
func TestFileWithoutSites(t *testing.T) {
	f := readFile(t, newRegion(t, cold).File("http://127.0.0.1:9", nil))
	for _, m := range f.Members {
		if m.Sites != nil {
			t.Errorf("%s has sites %q, want none", m.Slug, m.Sites)
		}
	}
}

// TestAnyDay builds the region on every eleventh day of two years: weekdays,
// months and seasons move, and no text keeps a slot that no date was put in.
func TestAnyDay(t *testing.T) {
	for day := 0; day < 730; day += 11 {
		now := cold.AddDate(0, 0, day).Add(time.Duration(day) * 7 * time.Minute)
		r := newRegion(t, now)
		count := len(r.procedures)
		for _, p := range r.publishers {
			for _, s := range p.Sections {
				count += len(s.Entries)
				for _, e := range s.Entries {
					checkEntry(t, now, s, e)
				}
			}
		}
		if count < 200 {
			t.Fatalf("New(%v) has %d documents, want at least 200", now, count)
		}
	}
}

func checkEntry(t *testing.T, now time.Time, s *section, e entry) {
	t.Helper()
	if e.Date.After(now) {
		t.Errorf("%s: %q is published %v, after %v", s.Name(), e.Title, e.Date, now)
	}
	if !e.Until.IsZero() && !e.Until.After(now) {
		t.Errorf("%s: %q no longer holds at %v", s.Name(), e.Title, now)
	}
	past := e.Facts["repeat"] != "" || e.Facts["kind"] == "meeting" // a series began, a council met
	if !e.Start.IsZero() && !e.End.After(now) && !past {
		t.Errorf("%s: %q is over at %v", s.Name(), e.Title, now)
	}
	for _, b := range e.Body {
		for _, text := range append(b.List, e.Title, b.Text, b.Heading) {
			if strings.ContainsAny(text, "{}") {
				t.Errorf("%s: %q keeps a slot: %q", s.Name(), e.Title, text)
			}
		}
	}
}
