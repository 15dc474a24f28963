package main

import (
	"fmt"
	"html"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/plonegov/carillon/api/feed"
	"github.com/plonegov/carillon/federation/shareddata"
)

// sheetCount is how many sheets of DILA the shared data has.
const sheetCount = 41

// TestSheets harvests the sheets of DILA from a folder and from a zip, and
// looks for what each must have, and for the attribution its licence demands,
// in everything the hub puts out.
func TestSheets(t *testing.T) {
	folder := shareddata.Dir(t, "dila-comarquage-xml")
	p, origin := newPublisher(t)
	packed := sheets(t)
	p.put("/flux.zip", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(zipOf(t, packed)) })
	hub := startHub(t, fmt.Sprintf("members:\n  - slug: m\n    kind: agency\n    name: M\n    sources:\n      - {slug: folder, url: %q}\n      - {slug: zip, url: %q}\n",
		"file:"+filepath.ToSlash(folder), origin+"/flux.zip"))

	var of = map[string][]apiItem{}
	for _, source := range []string{"folder", "zip"} {
		of[source] = itemsOf(t, hub, "source=m/"+source)
		if len(of[source]) != sheetCount {
			t.Errorf("%d items from the %s, want %d", len(of[source]), source, sheetCount)
		}
		for _, it := range of[source] {
			checkSheet(t, it)
			page := visible(t, hub+"/items/"+it.ID)
			if a := it.Provenance.Attribution; !strings.Contains(page, a) || !strings.Contains(page, "Licence Ouverte 2.0") {
				t.Errorf("the page of %s does not show %q", it.URL, a)
			}
		}
		for _, f := range feed.Formats {
			attributed(t, hub+"/feed."+f.Extension+"?limit=100&source=m/"+source, of[source])
		}
		attributed(t, hub+"/embed/widget/list.html?limit=100&source=m/"+source, of[source])
		attributed(t, hub+"/embed/widget/list?limit=100&source=m/"+source, of[source])
	}
	// A local file's address would tell the folders of the server.
	if status, body := get(t, hub+"/api/v1/items?limit=100&source=m/folder"); status != 200 || strings.Contains(body, filepath.ToSlash(filepath.Dir(folder))) {
		t.Errorf("the API tells where on the server the sheets lie")
	}
	t.Logf("%d sheets from a folder, %d from a zip: type, theme, date, attribution on page, API, 3 feeds, widget and frame",
		len(of["folder"]), len(of["zip"]))
}

func checkSheet(t *testing.T, it apiItem) {
	t.Helper()
	switch {
	case it.Title == "", it.Type != "service", it.Updated == nil, it.Language != "fr", it.ContentHTML == "":
		t.Errorf("sheet %s is not whole: title %q, type %s, updated %v, language %q, %d bytes of content",
			it.URL, it.Title, it.Type, it.Updated, it.Language, len(it.ContentHTML))
	case len(it.Categories) == 0:
		t.Errorf("sheet %s has no theme", it.URL)
	case it.Provenance.License != "etalab-2.0" || !strings.Contains(it.Provenance.Attribution, "Direction de l'information légale et administrative"):
		t.Errorf("sheet %s: licence %q, attribution %q", it.URL, it.Provenance.License, it.Provenance.Attribution)
	}
	if u, err := url.Parse(it.URL); err != nil || !strings.HasSuffix(u.Hostname(), "service-public.fr") && !strings.HasSuffix(u.Hostname(), "service-public.gouv.fr") {
		t.Errorf("sheet %s is not at service-public.fr", it.URL)
	}
}

// visible is a page with its references undone.
func visible(t *testing.T, address string) string {
	t.Helper()
	status, body := get(t, address)
	if status != http.StatusOK {
		t.Errorf("GET %s = %d", address, status)
	}
	return html.UnescapeString(body)
}

// attributed holds that an output says of every item whose it is.
func attributed(t *testing.T, address string, items []apiItem) {
	t.Helper()
	body := visible(t, address)
	for _, it := range items {
		if !strings.Contains(body, it.Provenance.Attribution) {
			t.Errorf("GET %s does not say %q of %s", address, it.Provenance.Attribution, it.Title)
			return
		}
	}
}
