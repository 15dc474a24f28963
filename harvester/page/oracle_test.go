package page_test

import (
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"codeberg.org/readeck/go-readability/v2"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/federation/shareddata"
	"github.com/plonegov/carillon/harvester/formattest"
	"github.com/plonegov/carillon/harvester/page"
)

var canonical = regexp.MustCompile(`<link rel="canonical" href="(https?://[^"]+)"`)

// known is a page with the text that is wanted of it.
type known struct {
	name, url, want string
	body            []byte
	meta            map[string]any
}

func knownPages(t *testing.T) []known {
	root := shareddata.Dir(t, "feeds", "html-extract")
	read := func(name string) []byte {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	var out []known
	pages, err := filepath.Glob(filepath.Join(root, "readability", "*", "source.html"))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pages {
		dir := filepath.Dir(p)
		k := known{name: filepath.Base(dir), url: "http://fakehost/test/page.html", body: read(p)}
		if m := canonical.FindSubmatch(k.body); m != nil { // where the page was read from
			k.url = string(m[1])
		}
		k.want = markup.Sanitise(string(read(filepath.Join(dir, "expected.html"))), nil).Text()
		if err := json.Unmarshal(read(filepath.Join(dir, "expected-metadata.json")), &k.meta); err != nil {
			t.Fatal(err)
		}
		out = append(out, k)
	}
	texts, err := filepath.Glob(filepath.Join(root, "*", "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range texts {
		name := strings.TrimSuffix(filepath.Base(p), ".txt")
		out = append(out, known{name: name, url: "https://www.karlsruhe.de/" + name,
			want: string(read(p)), body: read(strings.TrimSuffix(p, ".txt") + ".html")})
	}
	if len(out) < 6 {
		t.Fatalf("%d pages with a wanted text, want 6 or more", len(out))
	}
	return out
}

// f1 is the harmonic mean of precision and recall of the words of got.
func f1(got, want string) float64 {
	words := func(s string) []string {
		return strings.FieldsFunc(strings.ToLower(s), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
	}
	count, same := map[string]int{}, 0
	w, g := words(want), words(got)
	for _, t := range w {
		count[t]++
	}
	for _, t := range g {
		if count[t] > 0 {
			count[t]--
			same++
		}
	}
	if same == 0 {
		return 0
	}
	return 2 * float64(same) / float64(len(w)+len(g))
}

// TestExtract compares the text of known pages with the wanted one, and with
// what readability alone makes of them.
func TestExtract(t *testing.T) {
	var ours, theirs float64
	pages := knownPages(t)
	for _, k := range pages {
		d, err := page.Format().Decode(federation.Document{URL: k.url, Body: k.body})
		if err != nil || len(d.Items) != 1 {
			t.Errorf("Decode(%s) = %d items, %v", k.name, len(d.Items), err)
			continue
		}
		it := d.Items[0]
		u, err := url.Parse(k.url)
		if err != nil {
			t.Fatal(err)
		}
		var plain strings.Builder
		if a, err := readability.FromReader(strings.NewReader(string(k.body)), u); err == nil && a.Node != nil {
			if err := a.RenderText(&plain); err != nil {
				t.Fatal(err)
			}
		}
		a, b := f1(it.Content.Text(), k.want), f1(plain.String(), k.want)
		ours, theirs = ours+a, theirs+b
		t.Logf("%-60s F1 %.4f, readability alone %.4f, title %q, published %s", k.name, a, b, it.Title, formattest.When(it.Published))
		if a < 0.8 {
			t.Errorf("Decode(%s): F1 %.4f, want 0.8 or more", k.name, a)
		}
		if title, ok := k.meta["title"].(string); ok && it.Title != title && !strings.Contains(title, it.Title) {
			t.Errorf("Decode(%s): title %q, want %q", k.name, it.Title, title)
		}
		if p, ok := k.meta["publishedTime"].(string); ok && it.Published.UTC().Format("2006-01-02T15:04:05.000Z") != p {
			t.Errorf("Decode(%s): published %s, want %s", k.name, formattest.When(it.Published), p)
		}
	}
	n := float64(len(pages))
	t.Logf("mean of %d pages: F1 %.4f, readability alone %.4f", len(pages), ours/n, theirs/n)
	if ours/n < 0.95 || ours < theirs-0.01 {
		t.Errorf("mean F1 %.4f, want 0.95 or more and no less than readability's %.4f", ours/n, theirs/n)
	}
}
