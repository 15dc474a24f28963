package discover

import (
	"compress/gzip"
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation/shareddata"
)

// wanted is what lxml read of a page.
type wanted struct {
	Base      *string
	Canonical []string
	Links     []struct {
		Rel, Type, Href string
		Title           *string
	}
	Icons []struct {
		Rel, Href string
		Sizes     *string
	}
}

// TestShared compares base, feed links, icons and canonical address of every
// page of the shared data with what lxml read.
func TestShared(t *testing.T) {
	dir := shareddata.Dir(t, "feeds")
	f, err := os.Open(filepath.Join(dir, "golden", "html-discovery-lxml.json.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var golden map[string]wanted
	if err := json.NewDecoder(z).Decode(&golden); err != nil {
		t.Fatal(err)
	}
	if len(golden) == 0 {
		t.Fatal("the golden file names no page")
	}
	for name, want := range golden {
		body, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		const address = "https://page.example/a/b.html"
		got := Read(body, address, http.Header{"Content-Type": {"text/html; charset=utf-8"}})
		if diff := cmp.Diff(want.page(t, address), Page{Base: got.Base, Canonical: got.Canonical, Links: got.Links, Icons: got.Icons}); diff != "" {
			t.Errorf("Read(%s) (-want +got):\n%s", name, diff)
		}
	}
}

// page is what is wanted, with addresses made absolute.
func (w wanted) page(t *testing.T, address string) Page {
	t.Helper()
	base, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	join := func(href string) string {
		u, err := base.Parse(strings.TrimSpace(href))
		if err != nil {
			t.Fatal(err)
		}
		return u.String()
	}
	if w.Base != nil {
		if base, err = base.Parse(*w.Base); err != nil {
			t.Fatal(err)
		}
	}
	p := Page{Base: base.String()}
	if len(w.Canonical) > 0 {
		p.Canonical = join(w.Canonical[0])
	}
	for _, l := range w.Links {
		one := Link{URL: join(l.Href), Rel: l.Rel, Type: l.Type}
		if l.Title != nil {
			one.Title = strings.Join(strings.Fields(*l.Title), " ")
		}
		p.Links = append(p.Links, one)
	}
	for _, i := range w.Icons {
		one := Icon{URL: join(i.Href), Rel: i.Rel}
		if i.Sizes != nil {
			one.Sizes = *i.Sizes
		}
		p.Icons = append(p.Icons, one)
	}
	return p
}
