package harvester

import (
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
)

func TestNextRequest(t *testing.T) {
	src := federation.Source{Member: "m", Slug: "s", URL: "https://x.example/rss"}
	state := federation.SourceState{Validators: federation.Validators{ETag: `"1"`, LastModified: "yesterday", BodyHash: new(Harvester).reading(src) + "abc", FetchedURL: src.URL},
		Health: federation.Health{LastFetch: noon}}
	tests := []struct {
		name             string
		change           func(*federation.Source, *federation.SourceState)
		force            bool
		later            time.Duration
		validators, mark bool
	}{
		{"a minute later", nil, false, time.Minute, true, true},
		{"force", nil, true, time.Minute, false, false},
		{"a week later", nil, false, wholeEvery, false, true},
		{"another address", func(s *federation.Source, _ *federation.SourceState) { s.URL += "2" }, false, 0, false, false},
		{"another type", func(s *federation.Source, _ *federation.SourceState) { s.Type = federation.EventItem }, false, 0, false, false},
		{"another format", func(s *federation.Source, _ *federation.SourceState) { s.Format = "dila" }, false, 0, false, false},
		{"another licence", func(s *federation.Source, _ *federation.SourceState) { s.License = "CC0-1.0" }, false, 0, false, false},
		{"another category", func(s *federation.Source, _ *federation.SourceState) { s.Categories = []string{"x"} }, false, 0, false, false},
		{"another rhythm", func(s *federation.Source, _ *federation.SourceState) { s.Every = time.Hour }, false, 0, true, true},
		{"another epoch", func(_ *federation.Source, st *federation.SourceState) { st.BodyHash = "abc" }, false, 0, false, false},
	}
	for _, test := range tests {
		src, state := src, state
		if test.change != nil {
			test.change(&src, &state)
		}
		begin := noon
		state.LastFetch, state.Whole = begin, begin
		reading := new(Harvester).reading(src)
		if got := nextRequest(src, state, Options{Force: test.force}, reading, nil, begin.Add(test.later)).held; (got.etag != "") != test.validators || (got.lastModified != "") != test.validators || (got.mark != "") != test.mark {
			t.Errorf("nextRequest, %s: held %+v, want validators %t and mark %t", test.name, got, test.validators, test.mark)
		}
	}
}

func TestDigest(t *testing.T) {
	if digest([]byte("a"), []byte("bc")) == digest([]byte("ab"), []byte("c")) || digest() == digest(nil) {
		t.Error("digest does not tell where parts end")
	}
}

// TestAccept: JSON is asked for alone, which plone.rest insists on.
func TestAccept(t *testing.T) {
	h := &Harvester{formats: []federation.Format{{Name: "feed", Accept: "application/rss+xml, application/atom+xml"}, {Name: "plone", Accept: jsonType}}}
	for _, test := range []struct{ format, address, want string }{
		{"plone", "https://v.example/news", "application/json"},
		{"feed", "https://v.example/news", "application/rss+xml, application/atom+xml, */*;q=0.1"},
		{"", "https://v.example/feed", "application/rss+xml, application/atom+xml, application/json, */*;q=0.1"},
		{"", "https://v.example/fr/@search?portal_type=Event", "application/json"},
		{"", "https://v.example/++api++/fr/actualites", "application/json"},
		{"feed", "https://v.example/@rss", "application/rss+xml, application/atom+xml, */*;q=0.1"},
	} {
		if got := h.accept(test.format, test.address); got != test.want {
			t.Errorf("accept(%q, %q) = %q, want %q", test.format, test.address, got, test.want)
		}
	}
}
