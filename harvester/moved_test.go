package harvester

import (
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
)

func TestMovedForGood(t *testing.T) {
	w := newTestHub(t, newStore(t))
	src := w.source(federation.Source{Member: "a", Slug: "rss", URL: "http://old.example/rss"})
	to := w.real("http://old.example/new/rss")
	w.answer(src.URL, "HTTP/1.1 301 Moved\nLocation: "+to+"\n\n")
	w.answer(to, "HTTP/1.1 200 OK\nETag: \"1\"\n\n"+`{"id":"1","title":"One"}`)
	for i, pass := range []time.Duration{0, time.Hour, 2 * time.Hour} {
		w.pass(pass)
		if w.one(src); w.state(src).Address != "" {
			t.Fatalf("adopted after %d fetches within a day", i+1)
		}
	}
	w.pass(24 * time.Hour)
	w.one(src)
	s := w.state(src)
	if s.Address != to || s.URL(src) != to || len(s.Former) != 1 || s.Former[0] != src.URL || s.Items != 1 {
		t.Fatalf("after a day: address %q, former %q, want %q and %q", s.Address, s.Former, to, src.URL)
	}
	w.answer(src.URL, "HTTP/1.1 404 Not Found\n\n")
	w.pass(time.Hour)
	if out := w.one(src); out.Result == Failed || out.Items != 1 {
		t.Errorf("when the old address has gone: %+v", out)
	}
	src = w.source(federation.Source{Member: "a", Slug: "rss", URL: "http://other.example/rss"})
	w.ok(src.URL, `{"id":"1","title":"One"}`)
	if got := w.state(src).URL(src); got != src.URL {
		t.Errorf("after the operator gave another address: %q is fetched", got)
	}
}

// TestMovedForNow: only what is permanent, and stays so, is adopted.
func TestMovedForNow(t *testing.T) {
	for name, answers := range map[string][]string{
		"temporary": {"302 Found", "302 Found", "302 Found", "302 Found"},
		"wavering":  {"301 Moved", "301 Moved", "302 Found", "301 Moved"},
	} {
		w := newTestHub(t, newStore(t))
		src := w.source(federation.Source{Member: "a", Slug: "rss", URL: "http://old.example/rss"})
		to := w.real("http://old.example/new/rss")
		w.ok(to, `{"id":"1","title":"One"}`)
		for _, status := range answers {
			w.answer(src.URL, "HTTP/1.1 "+status+"\nLocation: "+to+"\n\n")
			w.pass(13 * time.Hour)
			w.one(src)
		}
		if s := w.state(src); s.Address != "" {
			t.Errorf("%s: adopted %q", name, s.Address)
		}
	}
}

func TestGone(t *testing.T) {
	w := newTestHub(t, newStore(t))
	src := w.source(federation.Source{Member: "a", Slug: "rss", URL: "http://a.example/rss"})
	w.ok(src.URL, `{"id":"1","title":"One"}`)
	w.one(src)
	w.answer(src.URL, "HTTP/1.1 410 Gone\n\n")
	w.pass(time.Hour)
	w.one(src)
	s := w.state(src)
	if federation.StatusOf(src, s) != federation.StatusGone || !s.NextFetch.IsZero() || s.Rule != federation.RuleGone || s.Items != 1 {
		t.Fatalf("after 410: %s, next %v by %q, %d items", federation.StatusOf(src, s), s.NextFetch, s.Rule, s.Items)
	}
	w.ok(src.URL, `{"id":"1","title":"One"}`)
	w.look()
	for range 3 {
		w.pass(40 * 24 * time.Hour)
		if out := w.one(src); out.Result != Waiting || len(w.look()) != 0 || out.Items != 1 {
			t.Fatalf("long after 410: %+v, want it not asked and its item kept", out)
		}
	}
	if out := w.harvestAll(true, src)["a/rss"]; out.Result != Fetched {
		t.Errorf("when the operator asks: %+v", out)
	}
	if s := w.state(src); federation.StatusOf(src, s) != federation.StatusActive || s.NextFetch.IsZero() {
		t.Errorf("when it answered again: %s, next %v", federation.StatusOf(src, s), s.NextFetch)
	}
	if due, err := w.store.NextDue(t.Context(), federation.TaskHarvest); err != nil || due.IsZero() {
		t.Errorf("task of a source that lives again: due %v, %v", due, err)
	}
}

func TestSuspended(t *testing.T) {
	w := newTestHub(t, newStore(t))
	src := w.source(federation.Source{Member: "a", Slug: "rss", URL: "http://a.example/rss"})
	w.ok(src.URL, `{"id":"1","title":"One"}`)
	w.one(src)
	w.answer(src.URL, "HTTP/1.1 500 Oops\n\n")
	for range 33 {
		w.pass(24 * time.Hour)
		w.one(src)
	}
	s := w.state(src)
	if wait := s.NextFetch.Sub(w.time()); federation.StatusOf(src, s) != federation.StatusSuspended || wait < 6*24*time.Hour || s.Rule != federation.RuleProbe {
		t.Errorf("after a month of failures: %s, next in %v by %q", federation.StatusOf(src, s), wait, s.Rule)
	}
	w.ok(src.URL, `{"id":"1","title":"One"}`)
	w.pass(7 * 24 * time.Hour)
	if out := w.one(src); out.Result == Failed || federation.StatusOf(src, w.state(src)) != federation.StatusActive {
		t.Errorf("a probe that is answered: %+v, want it active again", out)
	}
	src.Suspended = true
	src = w.source(src)
	w.look()
	if out := w.one(src); out.Result != Waiting || len(w.look()) != 0 || federation.StatusOf(src, w.state(src)) != federation.StatusSuspended {
		t.Errorf("stopped by the operator: %+v", out)
	}
}

// TestQuietHost: Retry-After of one source holds for all of its host, over a
// restart too, and for no other.
func TestQuietHost(t *testing.T) {
	store := newStore(t)
	w := newTestHub(t, store)
	busy := w.source(federation.Source{Member: "a", Slug: "busy", URL: "http://a.example/busy"})
	same := w.source(federation.Source{Member: "b", Slug: "same", URL: "http://a.example/same"})
	other := w.source(federation.Source{Member: "b", Slug: "other", URL: "http://b.example/other"})
	w.answer(busy.URL, "HTTP/1.1 429 Slow down\nRetry-After: 7200\n\n")
	w.ok(same.URL, `{"id":"1","title":"One"}`)
	w.ok(other.URL, `{"id":"1","title":"One"}`)
	w.one(busy)
	w.look()
	if out := w.one(same); out.Result != Waiting || len(w.look()) != 0 {
		t.Errorf("another source of the host: %+v, want it to wait", out)
	}
	if s := w.state(same); !s.NextFetch.Equal(noon.Add(2*time.Hour)) || s.Rule != federation.RuleHost {
		t.Errorf("another source of the host: next %v by %q, want when the host said", s.NextFetch, s.Rule)
	}
	if out := w.one(other); out.Result != Fetched {
		t.Errorf("another host: %+v", out)
	}
	again := newTestHub(t, store)
	again.hosts, again.answers = w.hosts, w.answers
	if out := again.one(same); out.Result != Waiting {
		t.Errorf("after a restart: %+v, want it to wait", out)
	}
	w.pass(2 * time.Hour)
	if out := w.one(same); out.Result != Fetched {
		t.Errorf("when the time has passed: %+v", out)
	}
}

// TestJournal keeps the last twenty fetches with what decided the next.
func TestJournal(t *testing.T) {
	w := newTestHub(t, newStore(t))
	src := w.source(federation.Source{Member: "a", Slug: "rss", URL: "http://a.example/rss"})
	w.ok(src.URL, `{"id":"1","title":"One"}`)
	for i := range federation.MaxFetches + 5 {
		if i == federation.MaxFetches+4 {
			w.answer(src.URL, "HTTP/1.1 404 Not Found\n\n")
		}
		w.pass(time.Hour)
		w.one(src)
	}
	got := w.state(src).Fetches
	if len(got) != federation.MaxFetches {
		t.Fatalf("%d fetches kept, want %d", len(got), federation.MaxFetches)
	}
	if f := got[0]; f.Result != "failed" || f.Status != 404 || f.Rule != federation.RuleBackoff || f.Message == "" || !f.Time.Equal(w.time()) || f.Next.IsZero() {
		t.Errorf("last fetch = %+v", f)
	}
	if f := got[1]; f.Result != "unchanged" || f.Status != 200 || f.Rule != federation.RuleAdaptive {
		t.Errorf("fetch before it = %+v", f)
	}
}
