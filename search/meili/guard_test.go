package meili_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/shareddata"
	"github.com/plonegov/carillon/search"
	"github.com/plonegov/carillon/search/meili"
	"github.com/plonegov/carillon/search/meili/meilitest"
)

func news(name, title string) federation.Item {
	return federation.Item{ID: federation.NewItemID("huy/rss", name), Member: "huy", Source: "huy/rss", OriginID: name, Version: 1,
		Type: federation.News, Title: title, Language: "fr", Published: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
}

// TestNoRetry: the client would send a POST again without its body.
func TestNoRetry(t *testing.T) {
	x, s := standIn(t)
	s.Set(meilitest.Faults{Busy: true, RetryAfter: "7"})
	before := len(s.Requests())
	err := x.Apply(t.Context(), search.Batch{Put: []federation.Item{news("a", "Avis")}})
	var un *search.UnavailableError
	if !errors.As(err, &un) || un.After != 7*time.Second || !errors.Is(err, federation.ErrUnavailable) {
		t.Errorf("Apply to a busy server = %v, want an UnavailableError that says 7 s", err)
	}
	if n := len(s.Requests()) - before; n != 1 {
		t.Errorf("%d requests, want one", n)
	}
}

// TestErrorsHoldNoRequest: the client's own errors hold the whole request.
func TestErrorsHoldNoRequest(t *testing.T) {
	x, s := standIn(t)
	s.Set(meilitest.Faults{FailTasks: "*"})
	err := x.Apply(t.Context(), search.Batch{Put: []federation.Item{news("a", "Texte secret")}})
	if err == nil || strings.Contains(err.Error(), "secret") || !strings.Contains(err.Error(), "MDB_CORRUPTED") || !strings.Contains(err.Error(), "carillon reindex") {
		t.Errorf("Apply with a task that fails = %v, want the server's words and what to do, without the text", err)
	}
}

// TestPayloadsAreCut: a server, or a proxy, that takes small requests alone.
func TestPayloadsAreCut(t *testing.T) {
	x, s := standIn(t)
	s.Set(meilitest.Faults{MaxPayload: 20_000})
	var batch []federation.Item
	for n := range 60 {
		batch = append(batch, news(fmt.Sprint(n), fmt.Sprintf("Avis %02d %s", n, strings.Repeat("mot ", 200))))
	}
	if err := x.Apply(t.Context(), search.Batch{Put: batch, Cursor: 5}); err != nil {
		t.Fatal(err)
	}
	if at, err := x.Cursor(t.Context()); at != 5 || err != nil || s.Documents("carillon") != 61 {
		t.Errorf("Cursor = %d, %v and %d documents; want 5 and 61", at, err, s.Documents("carillon"))
	}
}

// TestSearchesWithReadingKey: searches are sent with a key that can do nothing
// else; the one given writes.
func TestSearchesWithReadingKey(t *testing.T) {
	x, s := standIn(t)
	if _, err := x.Search(t.Context(), search.Query{}); err != nil {
		t.Fatal(err)
	}
	for _, r := range s.Requests() {
		if reads := r.Path == "/multi-search"; reads == (r.Key == meilitest.MasterKey) {
			t.Errorf("%s %s was sent with key %q", r.Method, r.Path, r.Key)
		}
	}
}

func TestRefusedKey(t *testing.T) {
	s := meilitest.New(t)
	for _, key := range []string{"", "wrong", meilitest.SearchKey} {
		x, err := meili.New(slog.New(slog.DiscardHandler), meili.Config{URL: s.URL, Key: key})
		if err != nil {
			t.Fatal(err)
		}
		if err := x.Authorised(t.Context()); !errors.Is(err, federation.ErrForbidden) {
			t.Errorf("Authorised with key %q = %v, want ErrForbidden", key, err)
		}
	}
}

func TestBadConfig(t *testing.T) {
	for _, c := range []meili.Config{{}, {URL: "localhost:7700"}, {URL: "ftp://a"}, {URL: "http://"}, {URL: "http://u:p@a"}, {URL: "http://a?x=1"},
		{URL: "http://a", Name: "a/b"}, {URL: "http://a", Key: "a b"}, {URL: "http://a", Key: "é"}} {
		if _, err := meili.New(slog.New(slog.DiscardHandler), c); !errors.Is(err, federation.ErrInvalid) {
			t.Errorf("New(%+v) = %v, want ErrInvalid", c, err)
		}
	}
}

// TestExamine tells of settings that differ.
func TestExamine(t *testing.T) {
	x, s := standIn(t)
	if r, err := x.Examine(t.Context()); err != nil || len(r.Differences) > 0 || !r.Ours || r.Missing || r.Version != "1.50.0" {
		t.Errorf("Examine() = %+v, %v, want nothing wrong", r, err)
	}
	s.Setting("carillon", "stopWords", []any{"le"})
	s.Setting("carillon", "pagination", map[string]any{"maxTotalHits": 1000.})
	r, err := x.Examine(t.Context())
	if err != nil || len(r.Differences) != 2 {
		t.Errorf("Examine() = %+v, %v, want two settings that differ", r, err)
	}
}

// TestHostileValues: nothing that stands in a value is read as a filter. Each
// text is the category, member, source and language of one item, and finds it
// and no other.
func TestHostileValues(t *testing.T) {
	x, _ := standIn(t)
	texts := []string{`" OR kind = item OR "`, `x"] OR member EXISTS OR id IN ["`, `\`, `\"`, `'`, "a\nb", `_geoRadius(0,0,1e9)`, "NOT", strings.Repeat("é", 400)}
	for _, s := range hostile(t) {
		if federation.NormalCategory(s) != "" {
			texts = append(texts, s)
		}
	}
	var batch []federation.Item
	seen := map[string]bool{}
	for i, s := range texts {
		if c := federation.NormalCategory(s); seen[c] {
			continue
		} else {
			seen[c] = true
		}
		it := news(fmt.Sprint("h", i), "Avis")
		it.Member, it.Source, it.Categories = s, s+"/rss", []string{s}
		batch = append(batch, it)
	}
	if err := x.Apply(t.Context(), search.Batch{Put: append(batch, news("other", "Avis"))}); err != nil {
		t.Fatal(err)
	}
	for _, it := range batch {
		for _, sel := range []federation.Selection{{Categories: it.Categories}, {Members: []string{it.Member}}, {Sources: []string{it.Source}}} {
			res, err := x.Search(t.Context(), search.Query{Select: sel})
			if err != nil || res.Total != 1 || res.Hits[0].ID != it.ID {
				t.Errorf("Search(%.60q) = %d hits, %v, want its item alone", sel, res.Total, err)
			}
		}
	}
}

// hostile are the texts of the shared folder, without those that are no text.
func hostile(t *testing.T) []string {
	dir := shareddata.Dir(t, "hostile", "text")
	files, err := filepath.Glob(filepath.Join(dir, "*.jsonl"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no hostile texts in %s: %v", dir, err)
	}
	var out []string
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		in := bufio.NewScanner(f)
		in.Buffer(nil, 1<<24)
		for in.Scan() {
			var line map[string]any
			if json.Unmarshal(in.Bytes(), &line) != nil {
				continue
			}
			for _, v := range line {
				if s, ok := v.(string); ok && s != "" {
					out = append(out, s)
				}
			}
		}
		if err := errors.Join(in.Err(), f.Close()); err != nil {
			t.Fatal(err)
		}
	}
	return out
}
