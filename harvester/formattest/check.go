package formattest

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
)

// maxItems is how many items are read of a document.
const maxItems = 20_000

// Check reads body and fails the test where a promise is broken: how sure a
// format is lies between 0 and 100; an error has words and no items with it; no
// more items than are listed, and 20,000 at most; ids that are there and distinct; valid text
// without control characters; HTML that sanitising leaves as it is; addresses of
// the web, and of pages each once; dates in order.
func Check(t testing.TB, f federation.Format, c Corpus, name string, body []byte) (federation.Decoded, error) {
	t.Helper()
	doc := c.document(body)
	if s := f.Sniff(doc); s < 0 || s > 100 {
		t.Errorf("%s: Sniff = %d", name, s)
	}
	d, err := f.Decode(doc)
	if err != nil && (strings.TrimSpace(err.Error()) == "" || len(d.Items)+d.Listed > 0) {
		t.Errorf("%s: Decode = %d items of %d and error %q", name, len(d.Items), d.Listed, err)
	}
	if d.Listed < len(d.Items) || len(d.Items) > maxItems {
		t.Errorf("%s: Listed = %d, %d items", name, d.Listed, len(d.Items))
	}
	seen := map[string]bool{}
	for _, it := range d.Items {
		if it.OriginID == "" || seen[it.OriginID] {
			t.Errorf("%s: OriginID %q is empty or repeated", name, it.OriginID)
		}
		seen[it.OriginID] = true
		item(t, name, it)
	}
	read := map[string]bool{}
	for _, p := range d.Pages {
		if !strings.HasPrefix(strings.ToLower(p.URL), "http") || read[p.URL] {
			t.Errorf("%s: page %q is no address or comes twice", name, p.URL)
		}
		read[p.URL] = true
	}
	if text := Render(d); !utf8.ValidString(text) || strings.ContainsAny(text, "\x00\x01\x08\x0b\x1b") {
		t.Errorf("%s: %q is not valid text", name, text)
	}
	if c.Check != nil && err == nil {
		c.Check(t, name, d)
	}
	return d, err
}

func item(t testing.TB, name string, it federation.Item) {
	t.Helper()
	if again := markup.Sanitise(it.Content.String(), nil); !again.Equal(it.Content) {
		t.Errorf("%s: sanitising the content again changes it", name)
	}
	for _, a := range it.Attachments {
		if !strings.HasPrefix(strings.ToLower(a.URL), "http") {
			t.Errorf("%s: attachment %q", name, a.URL)
		}
	}
	if e := it.Event; e != nil && (e.Start.IsZero() && e.Status == "" || !e.End.IsZero() && !e.End.After(e.Start)) {
		t.Errorf("%s: %s is from %s to %s", name, it.OriginID, e.Start, e.End)
	}
	if p := it.Point(); p != nil && !p.Valid() {
		t.Errorf("%s: point %v", name, *p)
	}
}
