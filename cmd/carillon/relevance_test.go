package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
)

// Relevance scripts say what people would agree on: what a municipality
// publishes, and what its inhabitants ask. Each file of testdata/relevance is
// one language; all of them lie in one hub and are asked through
// /api/v1/search. A line is a word and the rest:
//
//	member SLUG [KIND LAT,LON POSTCODE]    whose the following items are, and where it is; a commune unless it is said
//	NAME TYPE DAYS | TITLE | TEXT          an item, so many days old; an event or a meeting with + in so many days
//	ask WORDS [&KEY=VALUE]                 a query, more of a selection behind it
//	first NAME                             its first result
//	order NAME NAME ...                    its first results, in this order
//	top NAME NAME ...                      its first results, in any order
//	only NAME NAME ...                     its results, no others, in any order
//	found NAME ...                         among its first ten
//	without NAME ...                       not among its results
//	before NAME NAME                       the first stands before the second, or alone
//	nothing                                no results
//
// A check with ~ before it is what people would agree on and the search does
// not do yet: it is run and told, and fails nothing. # begins a remark.
//
// A scope is more of a selection: &as=SLUG or &as=POSTCODE for whose reader asks,
// &near=LAT,LON&radius=KM for what is around a place. Members within 10 km are
// neighbours.
func TestRelevance(t *testing.T) {
	files, err := filepath.Glob("testdata/relevance/*.txt")
	if err != nil || len(files) < 5 {
		t.Fatalf("%d scripts, want one a language: %v", len(files), err)
	}
	var all []script
	yaml := "members:\n"
	for _, file := range files {
		s := readScript(t, file)
		for _, m := range s.members {
			yaml += m.yaml(s.lang)
		}
		all = append(all, s)
	}
	h := newTrustHub(t, yaml)
	names := map[string]string{} // of items, by id
	err = h.store.InTx(context.Background(), func(tx federation.Tx) error {
		for _, s := range all {
			for _, it := range s.items {
				names[it.ID] = it.OriginID
				if err := tx.SaveItem(context.Background(), it, it.FirstSeen); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err == nil {
		err = h.indexer.CatchUp(context.Background())
	}
	if err != nil {
		t.Fatal(err)
	}
	asked, yet := 0, 0
	for _, s := range all {
		t.Run(s.lang, func(t *testing.T) {
			for _, a := range s.asks {
				asked++
				found := h.named(a.query, names)
				for _, c := range a.checks {
					fault := c.judge(found)
					switch {
					case fault != "" && c.yet:
						yet++
						t.Logf("not yet: %s.txt:%d: %q: %s; found %v", s.lang, c.line, a.query, fault, found[:min(6, len(found))])
					case c.yet:
						t.Logf("holds now, its ~ may go: %s.txt:%d: %q", s.lang, c.line, a.query)
					case fault != "":
						t.Errorf("%s.txt:%d: %q: %s; found %v", s.lang, c.line, a.query, fault, found[:min(6, len(found))])
					}
				}
			}
		})
	}
	t.Logf("%d queries, %d checks that do not hold yet", asked, yet)
	if asked < 120 {
		t.Errorf("%d queries, want 120 or more", asked)
	}
}

type script struct {
	lang    string
	members []scriptMember
	items   []federation.Item
	asks    []asked
}

type scriptMember struct {
	slug, kind, postcode string
	at                   *federation.Point
}

// readMember reads what stands behind the word member.
func readMember(t *testing.T, line string) scriptMember {
	t.Helper()
	f := strings.Fields(line)
	m := scriptMember{slug: f[0], kind: string(federation.KindCommune)}
	if len(f) == 1 {
		return m
	}
	sel, err := federation.ParseSelection("near=" + f[min(2, len(f)-1)])
	if err != nil || len(f) != 4 {
		t.Fatalf("member %s: want a kind, a place and a postal code, %v", line, err)
	}
	m.kind, m.at, m.postcode = f[1], sel.Near, f[3]
	return m
}

func (m scriptMember) yaml(lang string) string {
	where := ""
	if m.at != nil {
		where = fmt.Sprintf("location: {lat: %v, lon: %v}, postal_codes: [%q], ", m.at.Lat, m.at.Lon, m.postcode)
	}
	return fmt.Sprintf("  - {slug: %s, kind: %s, name: %s, %slanguages: [%s], sources: [{slug: site, url: 'https://%s.example/feed', format: feed}]}\n",
		m.slug, m.kind, strings.ToUpper(m.slug[:1])+m.slug[1:], where, lang, m.slug)
}

type asked struct {
	query  string
	checks []check
}

// check is one line that a query is judged by.
type check struct {
	line  int
	verb  string
	names []string
	yet   bool
}

func readScript(t *testing.T, file string) script {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }() // read only
	s := script{lang: strings.TrimSuffix(filepath.Base(file), ".txt")}
	known := map[string]bool{}
	in := bufio.NewScanner(f)
	for n := 1; in.Scan(); n++ {
		line := strings.TrimSpace(in.Text())
		verb, rest, _ := strings.Cut(line, " ")
		switch {
		case line == "" || verb[0] == '#':
		case strings.Contains(line, " | "):
			it := readItem(t, fmt.Sprintf("%s:%d", file, n), line, s.lang, s.members[len(s.members)-1])
			s.items, known[it.OriginID] = append(s.items, it), true
		case verb == "member":
			s.members = append(s.members, readMember(t, rest))
		case verb == "ask":
			s.asks = append(s.asks, asked{query: rest})
		case len(s.asks) == 0:
			t.Fatalf("%s:%d: %q stands before any query", file, n, line)
		default:
			c := check{line: n, verb: strings.TrimPrefix(verb, "~"), names: strings.Fields(rest), yet: verb[0] == '~'}
			for _, name := range c.names {
				if !known[name] {
					t.Fatalf("%s:%d: there is no item %q", file, n, name)
				}
			}
			last := &s.asks[len(s.asks)-1]
			last.checks = append(last.checks, c)
		}
	}
	for _, a := range s.asks {
		if len(a.checks) == 0 {
			t.Errorf("%s: %q is not judged", file, a.query)
		}
	}
	return s
}

func readItem(t *testing.T, where, line, lang string, m scriptMember) federation.Item {
	t.Helper()
	part := strings.SplitN(line, " | ", 3)
	head := strings.Fields(part[0])
	if len(part) != 3 || len(head) != 3 || !federation.ValidType(federation.ItemType(head[1])) {
		t.Fatalf("%s: %q is no item", where, line)
	}
	days, err := strconv.Atoi(head[2])
	if err != nil {
		t.Fatalf("%s: %v", where, err)
	}
	now := time.Now().UTC().Truncate(time.Second)
	member := m.slug
	it := federation.Item{Member: member, Source: member + "/site", OriginID: head[0], Type: federation.ItemType(head[1]), Version: 1, Hash: head[0],
		URL: "https://" + member + ".example/" + head[0], Title: part[1], Content: markup.Sanitise("<p>"+part[2]+"</p>", nil), Language: lang}
	it.ID = federation.NewItemID(it.Source, it.OriginID)
	if m.at != nil {
		it.Place = &federation.Place{Point: m.at}
	}
	if it.Type == federation.EventItem || it.Type == federation.Meeting {
		start := now.AddDate(0, 0, days)
		it.Event = &federation.Event{Start: start, End: start.Add(2 * time.Hour)}
		days = max(10, 30-days)
	}
	it.Published = now.AddDate(0, 0, -days)
	it.FirstSeen = it.Published
	if it.Type == federation.AlertItem {
		it.Alert = &federation.Alert{Severity: "severe", Urgency: "expected", Certainty: "likely"}
		it.Expires = now.AddDate(0, 0, 2)
	}
	return it
}

// named are the names of the first hundred results of a query.
func (h *trustHub) named(query string, names map[string]string) []string {
	h.t.Helper()
	words, rest, _ := strings.Cut(query, "&")
	var answer struct{ Items []struct{ ID string } }
	body := h.page("/api/v1/search?limit=100&" + rest + "&q=" + url.QueryEscape(words))
	if err := json.Unmarshal([]byte(body), &answer); err != nil {
		h.t.Fatal(err)
	}
	found := make([]string, len(answer.Items))
	for i, it := range answer.Items {
		found[i] = names[it.ID]
	}
	return found
}

// judge says what is wrong with results, "" when nothing is.
func (c check) judge(found []string) string {
	first := found[:min(len(c.names), len(found))]
	missing := func(among []string) string {
		for _, name := range c.names {
			if !slices.Contains(among, name) {
				return "want " + c.verb + " " + strings.Join(c.names, " ")
			}
		}
		return ""
	}
	ok := true
	switch c.verb {
	case "first", "order":
		ok = slices.Equal(first, c.names)
	case "top":
		return missing(first)
	case "only":
		ok = len(found) == len(c.names) && missing(found) == ""
	case "found":
		return missing(found[:min(10, len(found))])
	case "without":
		ok = !slices.ContainsFunc(found, func(name string) bool { return slices.Contains(c.names, name) })
	case "before":
		at, other := slices.Index(found, c.names[0]), slices.Index(found, c.names[1])
		ok = at >= 0 && (other < 0 || at < other)
	case "nothing":
		ok = len(found) == 0
	default:
		ok = false
	}
	if ok {
		return ""
	}
	return "want " + c.verb + " " + strings.Join(c.names, " ")
}
