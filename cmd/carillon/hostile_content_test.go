package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	xhtml "golang.org/x/net/html"

	"github.com/plonegov/carillon/federation/shareddata"
)

// hostileTexts are fields of an item that reach beyond themselves, in a feed of
// each kind.
var hostileTexts = map[string]string{
	"feed.xml": "<rss version=\"2.0\"><channel><title>Ville \u202eeliv\u202c\u200b</title><link>https://a.example/</link><description/>" +
		"<item><guid isPermaLink=\"false\">b</guid><title>Avis \u202eofficiel\u202c zero\u200bwidth Z" + strings.Repeat("\u0301", 60) + "</title>" +
		"<author>\u2067a@b.example (Le \u202ebourgmestre)</author><category>ur\u200bgence</category>" +
		"<description>&lt;img src=\"http://t.example/p.png\" srcset=\"https://t.example/a 1x\" alt=\"\u202ex\"&gt; texte</description></item></channel></rss>",
	"feed.json": "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"J\",\"items\":[{\"id\":\"j\",\"url\":\"https://a.example/j\",\"title\":\"Avis \u202eofficiel zero\u200bwidth\",\n\t\t\"content_html\":\"<img src='https://t.example/x.gif'><video poster='https://t.example/v'></video><p>texte</p>\",\"authors\":[{\"name\":\"\u2067Le bourgmestre\"}],\"tags\":[\"ur\u200bgence\"]}]}",
	"feed.ics": "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:u\r\nSUMMARY:Avis \u202eofficiel zero\u200bwidth\r\nLOCATION:Pla\u200bce \u202ex\r\n" +
		"DTSTART:20991224T180000Z\r\nDESCRIPTION:tex\u200bte\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
	"feed.atom": "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>A</title><id>urn:a</id><updated>2026-03-01T12:00:00Z</updated><entry><id>urn:1</id><updated>2026-03-01T12:00:00Z</updated>" +
		"<title>Avis \u202eofficiel zero\u200bwidth</title><author><name>\u202ex</name></author><rights>\u202eVille</rights><summary>tex\u200bte</summary></entry></feed>",
}

// TestHostileTextsStayInTheirPlace: what a source writes into a field turns no
// word around it, hides nothing, and loads nothing from anybody.
func TestHostileTextsStayInTheirPlace(t *testing.T) {
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, ok := hostileTexts[strings.TrimPrefix(r.URL.Path, "/")]
		if !ok {
			http.NotFound(w, r)
			return
		}
		fmt.Fprint(w, body)
	}))
	t.Cleanup(site.Close)
	var y strings.Builder
	y.WriteString("members:\n  - slug: ville\n    kind: commune\n    name: Ville\n    sources:\n")
	for name := range hostileTexts {
		fmt.Fprintf(&y, "      - {slug: %s, url: %q}\n", strings.ReplaceAll(name, ".", "-"), site.URL+"/"+name)
	}
	staysInPlace(t, startHub(t, y.String()), len(hostileTexts))
}

// TestTrialOfHostileContent is the same of the shared trial.
func TestTrialOfHostileContent(t *testing.T) {
	body, err := os.ReadFile(shareddata.Dir(t, "trials", "trust", "hostile-content.xml"))
	if err != nil {
		t.Fatal(err)
	}
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(body) }))
	t.Cleanup(site.Close)
	staysInPlace(t, startHub(t, fmt.Sprintf("members:\n  - {slug: mal, kind: commune, name: Mal, sources: [{slug: s, url: %q}]}\n", site.URL)), 14)
}

// content is the text of items, in pages, JSON, RSS and Atom.
var content = regexp.MustCompile(`(?s)<div class="prose".*?</article>|"content_html": ?"(\\.|[^"])*"|<content:encoded>.*?</content:encoded>|<content type="html">.*?</content>`)

// loads are the addresses that a page loads of itself.
func loads(body string) (all []string) {
	z := xhtml.NewTokenizer(strings.NewReader(body))
	for {
		switch z.Next() {
		case xhtml.ErrorToken:
			return all
		case xhtml.StartTagToken, xhtml.SelfClosingTagToken:
			for _, a := range z.Token().Attr {
				if slices.Contains([]string{"src", "srcset", "poster", "background"}, a.Key) {
					all = append(all, a.Val)
				}
			}
		}
	}
}

// staysInPlace reads everything that a hub of hostile items shows.
func staysInPlace(t *testing.T, hub string, least int) {
	t.Helper()
	items := itemsOf(t, hub, "")
	if len(items) < least {
		t.Fatalf("%d items, want %d: the rest proves nothing", len(items), least)
	}
	paths := []string{"/", "/search", "/members/" + items[0].Member.Slug, "/embed/widget/list.html?summary&images", "/embed/widget/list?summary&images"}
	for _, it := range items {
		paths = append(paths, "/items/"+it.ID)
	}
	for _, path := range append(paths, "/api/v1/items?limit=100", "/feed.rss", "/feed.atom", "/feed.json") {
		status, body := get(t, hub+path)
		if status != http.StatusOK {
			t.Errorf("GET %s = %d", path, status)
		}
		outside := content.ReplaceAllString(body, "") // a text is a block of its own: nothing in it turns what is around
		marks := 0
		for i, r := range outside {
			if marks++; !unicode.Is(unicode.M, r) {
				marks = 0
			}
			if r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' || r == '\u200b' || r == '\ufeff' || marks > 4 {
				t.Errorf("GET %s holds %+q after %.200q", path, r, outside[max(0, i-120):i])
				break
			}
		}
		if !strings.HasPrefix(path, "/items/") && !strings.HasPrefix(path, "/embed") {
			continue
		}
		for _, address := range loads(body) {
			if !strings.HasPrefix(address, "/pictures/") && !strings.HasPrefix(address, "/static/") && !strings.HasPrefix(address, hub+"/") {
				t.Errorf("GET %s loads %q", path, address)
			}
		}
	}
}
