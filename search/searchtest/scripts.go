package searchtest

import (
	"bufio"
	goembed "embed"
	"io/fs"
	"strings"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/search"
)

// Scripts are what a judge of relevance reads and writes. A line is a word and
// the rest:
//
//	item NAME [lang=nl] [type=service] [date=2026-01-31]   begins an item
//	title, body, category, author, place  TEXT             of that item
//	query SELECTION                                        a URL query, blanks allowed
//	want NAME NAME ...                                     its hits, in order
//	any NAME NAME ...                                      its hits, in any order
//	first NAME                                             its first hit
//
// Items stand before queries; # begins a remark.
//
//go:embed testdata/*.txt
var scripts goembed.FS

func testScripts(t *testing.T, newIndex func(t *testing.T) search.Index) {
	names, err := fs.Glob(scripts, "testdata/*.txt")
	if err != nil || len(names) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(strings.TrimPrefix(name, "testdata/"), ".txt"), func(t *testing.T) {
			text, err := scripts.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			s := script{h: newHarness(t, newIndex(t)), file: name}
			in := bufio.NewScanner(strings.NewReader(string(text)))
			for in.Scan() {
				s.line++
				s.do(in.Text())
			}
			if s.checks == 0 {
				t.Errorf("%s checks nothing", name)
			}
		})
	}
}

// script is one being run.
type script struct {
	h      *harness
	file   string
	line   int
	items  []federation.Item
	query  string
	checks int
}

func (s *script) do(line string) {
	line, _, _ = strings.Cut(line, "#")
	verb, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
	rest = strings.TrimSpace(rest)
	switch verb {
	case "":
	case "item":
		s.begin(strings.Fields(rest))
	case "title", "body", "category", "author", "place":
		s.set(verb, rest)
	case "query":
		if s.items != nil {
			s.h.put(s.items...)
			s.items = nil
		}
		s.query = rest
	case "want", "any", "first":
		s.check(verb, strings.Fields(rest))
	default:
		s.h.t.Fatalf("%s:%d: unknown word %q", s.file, s.line, verb)
	}
}

func (s *script) begin(words []string) {
	it := item(words[0], "", "")
	it.Content = markup.HTML{}
	for _, w := range words[1:] {
		key, value, _ := strings.Cut(w, "=")
		switch key {
		case "lang":
			it.Language = value
		case "type":
			it.Type = federation.ItemType(value)
		case "date":
			at, err := time.Parse(time.DateOnly, value)
			if err != nil {
				s.h.t.Fatalf("%s:%d: %v", s.file, s.line, err)
			}
			it.Published, it.FirstSeen = at, at
		default:
			s.h.t.Fatalf("%s:%d: unknown key %q", s.file, s.line, key)
		}
	}
	s.items = append(s.items, it)
}

func (s *script) set(verb, text string) {
	it := &s.items[len(s.items)-1]
	switch verb {
	case "title":
		it.Title = text
	case "body":
		it.Content = markup.Sanitise("<p>"+text+"</p>", nil)
	case "category":
		it.Categories = append(it.Categories, text)
	case "author":
		it.Authors = append(it.Authors, text)
	case "place":
		it.Place = &federation.Place{Name: text}
	}
}

func (s *script) check(verb string, names []string) {
	s.checks++
	s.h.t.Run(s.query, func(t *testing.T) {
		h := &harness{Index: s.h.Index, t: t, names: s.h.names}
		switch verb {
		case "want":
			h.want(s.query, names...)
		case "any":
			h.wantSet(s.query, names...)
		case "first":
			if got := h.listed(h.find(h.query(s.query))); len(got) == 0 || got[0] != names[0] {
				t.Errorf("%s:%d: Search(%q) = %v, want %v first", s.file, s.line, s.query, got, names[0])
			}
		}
	})
}
