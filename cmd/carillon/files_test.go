package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/worktest"
	"github.com/plonegov/carillon/harvester/extract/extracttest"
)

// filesSite publishes a decision and a document whose files say what they do
// not, a news item with such a file, and a decision whose file is a scan.
func filesSite(t *testing.T) string {
	mux := http.NewServeMux()
	site := httptest.NewServer(mux)
	t.Cleanup(site.Close)
	entry := func(id, title, file, media string) string {
		return fmt.Sprintf(`<entry><id>urn:%s</id><title>%s</title><link rel="enclosure" type="%s" href="%s/%s" title="Délibération signée"/></entry>`, id, title, media, site.URL, file)
	}
	feed := func(path string, entries ...string) {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprintf(w, `<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:%s</id><title>f</title>%s</feed>`, path, strings.Join(entries, ""))
		})
	}
	const pdf = "application/pdf"
	feed("/actes",
		entry("1", "Règlement de police du 12 mai", "acte.pdf", pdf),
		entry("2", "Budget de la fabrique", "scan.pdf", pdf))
	feed("/papiers", entry("3", "Fiche", "fiche.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"))
	feed("/nouvelles", entry("4", "Fête", "fete.pdf", pdf))
	for name, body := range map[string][]byte{
		"/acte.pdf":   extracttest.PDF("Vu la loi communale.", "Article 4. La chatonnière du parc est fermée dès l'été.\nDer Spielplatz bleibt offen."),
		"/scan.pdf":   extracttest.PDF("", ""),
		"/fiche.docx": extracttest.DOCX("Aanvraag van een standplaats", "op de rommelmarkt"),
		"/fete.pdf":   extracttest.PDF("tombola"),
	} {
		mux.HandleFunc(name, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(body) })
	}
	return site.URL
}

// TestFoundByItsFile runs a whole hub: what stands in a file alone is found,
// with the page it stands on, on the API and on the page in four languages;
// what was not asked for is not fetched; a file without text is told on the
// source's health; and all is gone with the item.
func TestFoundByItsFile(t *testing.T) {
	site := filesSite(t)
	store, base := serveWhole(t, fmt.Sprintf(`
members:
  - slug: alba
    kind: commune
    name: Alba
    url: %[1]s
    languages: [fr]
    sources:
      - {slug: actes, url: %[1]s/actes, type: decision}
      - {slug: papiers, url: %[1]s/papiers, type: document}
      - {slug: nouvelles, url: %[1]s/nouvelles, type: news}
`, site))
	awaitFiles(t, store, "alba/actes", 2)
	awaitFiles(t, store, "alba/papiers", 1)

	for _, tt := range []struct {
		q, title, snippet, url string
		page                   int
	}{
		{"chatonniere", "Règlement de police du 12 mai", "<mark>chatonnière</mark>", site + "/acte.pdf#page=2", 2},
		{"Spielplatz", "Règlement de police du 12 mai", "<mark>Spielplatz</mark>", site + "/acte.pdf#page=2", 2},
		{"rommelmarkt", "Fiche", "<mark>rommelmarkt</mark>", site + "/fiche.docx", 2},
	} {
		got := awaitFound(t, base, tt.q)
		if len(got.Items) != 1 || got.Items[0].Title != tt.title {
			t.Errorf("search for %q = %+v, want %q alone", tt.q, got.Items, tt.title)
			continue
		}
		f := got.Items[0].Highlight.File
		if f == nil || f.Page != tt.page || f.URL != tt.url || f.Title != "Délibération signée" || !strings.Contains(f.Snippet, tt.snippet) {
			t.Errorf("search for %q: highlight.file = %+v, want page %d of %s with %s", tt.q, f, tt.page, tt.url, tt.snippet)
		}
	}
	if got := find(t, base, "police"); len(got.Items) != 1 || got.Items[0].Highlight.File != nil {
		t.Errorf("search for a word of the title = %+v, want the item without a passage of its file", got.Items)
	}
	if got := find(t, base, "tombola"); len(got.Items) != 0 {
		t.Errorf("search for a word of a news item's file = %+v, want nothing: such files are not read", got.Items)
	}
	for lang, want := range map[string]string{"fr": "page 2", "nl": "pagina 2", "de": "Seite 2", "en": "page 2"} {
		_, page := get(t, base+"/search?q=chatonniere&ui="+lang)
		if !strings.Contains(page, want+"</a>") || !strings.Contains(page, `href="`+site+`/acte.pdf#page=2"`) || !strings.Contains(page, "<mark>chatonnière</mark>") {
			t.Errorf("the page in %s does not say %q with a link to it", lang, want)
		}
	}
	if _, health := get(t, base+"/api/v1/sources/alba/actes"); !strings.Contains(health, `"file_scanned"`) || !strings.Contains(health, `"unread":{"scanned":1}`) {
		t.Errorf("the health of the source does not tell of the scan:\n%s", health)
	}

	id := federation.NewItemID("alba/actes", "urn:1")
	err := store.InTx(t.Context(), func(tx federation.Tx) error { return tx.WithdrawItem(t.Context(), id, "", time.Now()) })
	if err != nil {
		t.Fatal(err)
	}
	await(t, "the withdrawn decision to be gone", func() bool { return len(find(t, base, "chatonniere").Items) == 0 })
}

type foundFiles struct {
	Items []struct {
		Title     string
		Highlight struct {
			File *struct {
				Title, URL, Snippet string
				Page                int
			}
		}
	}
}

func find(t *testing.T, base, q string) (out foundFiles) {
	t.Helper()
	status, body := get(t, base+"/api/v1/search?q="+url.QueryEscape(q))
	if status == http.StatusServiceUnavailable {
		return out
	}
	if err := json.Unmarshal([]byte(body), &out); err != nil || status != http.StatusOK {
		t.Fatalf("search for %q = %d, %v: %s", q, status, err, body)
	}
	return out
}

func awaitFound(t *testing.T, base, q string) (out foundFiles) {
	t.Helper()
	await(t, q+" to be found", func() bool { out = find(t, base, q); return len(out.Items) > 0 })
	return out
}

// awaitFiles waits until n files of the source were looked at.
func awaitFiles(t *testing.T, store federation.Store, source string, n int) {
	t.Helper()
	await(t, fmt.Sprintf("%d files of %s", n, source), func() bool {
		c, err := store.FileCounts(t.Context(), source)
		return err == nil && c.Files == n && c.Waiting == 0
	})
}

// await asks until yes says so.
func await(t *testing.T, what string, yes func() bool) {
	t.Helper()
	patience := worktest.Patience(t)
	for !yes() {
		select {
		case <-patience:
			t.Fatalf("waited for %s", what)
		case <-time.After(100 * time.Millisecond):
		}
	}
}
