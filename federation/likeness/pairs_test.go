package likeness

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
)

// pair is two items with what a reader says of them.
type pair struct {
	name string
	lang string
	same bool
	a, b federation.Item
}

// readPairs reads testdata/pairs.txt, whose head tells its form.
func readPairs(t *testing.T) []pair {
	t.Helper()
	b, err := os.ReadFile("testdata/pairs.txt")
	if err != nil {
		t.Fatal(err)
	}
	var pairs []pair
	var texts []string // old, new, old, new …
	lines := strings.Split(string(b), "\n")
	for i := 0; i < len(lines); i++ {
		verdict, rest, _ := strings.Cut(lines[i], " ")
		switch verdict {
		case "text":
			name, text, _ := strings.Cut(rest, ": ")
			texts = append(texts, "{"+name+"}", text)
		case "same", "other":
			expand := strings.NewReplacer(texts...)
			p := pair{name: rest, lang: rest[:2], same: verdict == "same"}
			p.a, p.b = readItem(t, "alba", expand.Replace(lines[i+1])), readItem(t, "brume", expand.Replace(lines[i+2]))
			pairs = append(pairs, p)
			i += 2
		}
	}
	return pairs
}

// readItem reads "attributes | title | text".
func readItem(t *testing.T, member, line string) federation.Item {
	t.Helper()
	parts := strings.SplitN(line, "|", 3)
	if len(parts) != 3 {
		t.Fatalf("%q is no item", line)
	}
	it := federation.Item{Member: member, Source: member + "/news", Title: strings.TrimSpace(parts[1]),
		Content: markup.Sanitise("<p>"+strings.TrimSpace(parts[2])+"</p>", nil)}
	it.OriginID = it.Title
	it.ID = federation.NewItemID(it.Source, it.OriginID)
	for attribute := range strings.FieldsSeq(parts[0]) {
		key, value, _ := strings.Cut(attribute, "=")
		switch key {
		case "type":
			it.Type = federation.ItemType(value)
		case "url":
			it.URL = value
		case "start":
			it.Event = readEvent(t, value)
		case "place":
			it.Place = &federation.Place{Name: strings.ReplaceAll(value, "_", " ")}
		case "post":
			it.Place.PostalCode = value
		default:
			t.Fatalf("%q: unknown attribute %q", line, key)
		}
	}
	return it
}

func readEvent(t *testing.T, value string) *federation.Event {
	t.Helper()
	layout, day := "2006-01-02T15:04", !strings.Contains(value, "T")
	if day {
		layout = time.DateOnly
	}
	start, err := time.Parse(layout, value)
	if err != nil {
		t.Fatal(err)
	}
	return &federation.Event{Start: start, AllDay: day}
}

// TestPairs gives precision and recall over written-out pairs. All are to be
// right: what is not is told pair by pair.
func TestPairs(t *testing.T) {
	pairs := readPairs(t)
	count := map[string][4]int{} // by language: right and wrong links, right and wrong separations
	for _, p := range pairs {
		a, b := Of(p.a), Of(p.b)
		got := Alike(a, b)
		if got != Alike(b, a) {
			t.Errorf("%s: Alike is not symmetric", p.name)
		}
		if got != p.same {
			t.Errorf("%s: Alike = %v, want %v", p.name, got, p.same)
		}
		if got && !shareKey(a, b) {
			t.Errorf("%s: alike, and no key in common: the linker would not compare them", p.name)
		}
		c := count[p.lang]
		switch {
		case got && p.same:
			c[0]++
		case got:
			c[1]++
		case p.same:
			c[3]++
		default:
			c[2]++
		}
		count[p.lang] = c
	}
	if len(pairs) < 40 {
		t.Errorf("%d pairs, want 40 or more", len(pairs))
	}
	for _, lang := range []string{"fr", "nl", "de"} {
		c := count[lang]
		t.Logf("%s: %d pairs, precision %s, recall %s", lang, c[0]+c[1]+c[2]+c[3], percent(c[0], c[0]+c[1]), percent(c[0], c[0]+c[3]))
	}
}

func percent(n, of int) string { return fmt.Sprintf("%.0f %% (%d of %d)", 100*share(n, of), n, of) }

func shareKey(a, b *Fingerprint) bool {
	keys := b.Keys()
	return slices.ContainsFunc(a.Keys(), func(k int64) bool { return slices.Contains(keys, k) })
}
