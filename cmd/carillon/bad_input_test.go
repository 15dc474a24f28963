package main

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/shareddata"
)

// misfortune is what becomes of a source that was read once.
type misfortune struct {
	name  string
	doc   http.HandlerFunc
	class federation.FailureClass // "" = read, with a warning
	says  string                  // part of the message or of a warning
}

// TestBadInput reads good sources, lets each go wrong in its own way, and
// reads them again: the health says what is wrong in plain words, what was
// there stays, and the one source that is still good gets its new item.
func TestBadInput(t *testing.T) {
	forbidden := newForbidden(t)
	all := misfortunes(t, forbidden)
	p, origin := newPublisher(t)
	var y strings.Builder
	y.WriteString("members:\n  - slug: m\n    kind: commune\n    name: M\n    sources:\n")
	fmt.Fprintf(&y, "      - {slug: good, url: %q}\n      - {slug: private, url: \"http://10.0.0.1/rss\"}\n      - {slug: direct, url: %q}\n", origin+"/good", forbidden.url)
	list := []entry{{"1", "Un", "https://example.org/1", "x"}, {"2", "Deux", "https://example.org/2", "x"}, {"3", "Trois", "https://example.org/3", "x"}}
	p.put("/good", bytesOf("application/rss+xml", rssOf("Bon", list...)))
	for i, m := range all {
		fmt.Fprintf(&y, "      - {slug: s%d, url: %q}\n", i, fmt.Sprintf("%s/%d", origin, i))
		p.put(fmt.Sprintf("/%d", i), bytesOf("application/rss+xml", rssOf(m.name, list...)))
	}
	data := applied(t, y.String())
	harvestOf := func() {
		if code, out := carillon(t, "harvest", "m", "--force", "--data="+data, "--allow-private=127.0.0.1/32"); code != exitDone || strings.Contains(out, "panic") {
			t.Fatalf("harvest = %d: %s", code, out)
		}
	}
	harvestOf()
	p.put("/good", bytesOf("application/rss+xml", rssOf("Bon", append(list, entry{"4", "Quatre", "https://example.org/4", "x"})...)))
	for i, m := range all {
		p.put(fmt.Sprintf("/%d", i), m.doc)
	}
	harvestOf()

	hub := serveData(t, data)
	health := healthOf(t, hub)
	for i, m := range all {
		source := fmt.Sprintf("m/s%d", i)
		checkHealth(t, m, health[source])
		items := itemsOf(t, hub, "source="+source)
		if len(items) != 3 || slices.ContainsFunc(items, func(it apiItem) bool { return it.Version != 1 }) {
			t.Errorf("%s: %d items after it, want the three from before: %+v", m.name, len(items), items)
		}
	}
	for _, source := range []string{"m/private", "m/direct"} {
		checkHealth(t, misfortune{name: source, class: federation.FailRefused, says: "private"}, health[source])
	}
	if items := itemsOf(t, hub, "source=m/good"); len(items) != 4 || health["m/good"].LastError != nil {
		t.Errorf("the good source has %d items and %+v, want 4 and no error", len(items), health["m/good"].LastError)
	}
	if n := forbidden.reached.Load(); n != 0 {
		t.Errorf("%d connections were made to an address that is not allowed", n)
	}
	t.Logf("%d bad sources: all told in plain words, all items kept, 0 connections to a forbidden address", len(all)+2)
}

type sourceHealthJSON struct {
	Name      string
	Items     int
	LastError *federation.Failure `json:"last_error"`
	Warnings  []string
}

func healthOf(t *testing.T, hub string) map[string]sourceHealthJSON {
	t.Helper()
	var list struct{ Sources []sourceHealthJSON }
	getJSON(t, hub+"/api/v1/sources", &list)
	out := map[string]sourceHealthJSON{}
	for _, s := range list.Sources {
		out[s.Name] = s
	}
	return out
}

// jargon is what no webmaster should have to read.
var jargon = regexp.MustCompile(`(?i)panic|goroutine|runtime|0x[0-9a-f]{4}|%!|\bEOF\b|\bxml:|\bjson:|\bzip:|\bgzip:|dial tcp|syscall|\bnil\b|\berr(or)?\b:`)

func checkHealth(t *testing.T, m misfortune, h sourceHealthJSON) {
	t.Helper()
	f := h.LastError
	said := strings.Join(h.Warnings, " ")
	switch {
	case (f == nil) != (m.class == ""):
		t.Errorf("%s: failure %+v with warnings %q, want class %q", m.name, f, h.Warnings, m.class)
		return
	case f != nil:
		said = f.Message
		if f.Class != m.class || f.Advice == "" || jargon.MatchString(f.Advice) {
			t.Errorf("%s: failure %+v, want class %q and advice in plain words", m.name, *f, m.class)
		}
	}
	if said == "" || jargon.MatchString(said) || !strings.Contains(said, m.says) {
		t.Errorf("%s: health says %q, want plain words with %q", m.name, said, m.says)
	}
	t.Logf("%-28s %-9s %s", m.name, m.class, said)
}

// forbidden is a server on an address that the operator has not allowed.
type forbidden struct {
	url     string
	reached atomic.Int64
}

func newForbidden(t *testing.T) *forbidden {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.2:0")
	if err != nil {
		t.Skipf("this machine has no second loopback address: %v", err)
	}
	f := &forbidden{url: "http://" + l.Addr().String() + "/rss"}
	s := httptest.NewUnstartedServer(http.NotFoundHandler())
	s.Listener.Close()
	s.Listener = l
	s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			f.reached.Add(1)
		}
	}
	s.Start()
	t.Cleanup(s.Close)
	return f
}

func misfortunes(t *testing.T, f *forbidden) []misfortune {
	t.Helper()
	feed := rssOf("Coupé", entry{"1", "Un", "https://example.org/1", "x"}, entry{"2", "Deux", "https://example.org/2", "x"}, entry{"3", "Trois", "https://example.org/3", "x"})
	list := []misfortune{
		{"plain text", bytesOf("text/plain", "Bonjour."), federation.FailFormat, "not"},
		{"a web page", bytesOf("text/html", "<!DOCTYPE html><html lang=fr><title>Actualités</title><h1>Actualités</h1></html>"), federation.FailFormat, "web page"},
		{"a web page called a feed", bytesOf("application/rss+xml", "<html><body>Maintenance</body></html>"), federation.FailFormat, "web page"},
		{"nothing", bytesOf("application/rss+xml", ""), federation.FailFormat, "nothing"},
		{"another XML", bytesOf("application/xml", `<?xml version="1.0"?><catalogue><livre/></catalogue>`), federation.FailFormat, ""},
		{"an empty list", bytesOf("application/rss+xml", rssOf("Vide")), federation.FailEmpty, "No item can be read"},
		{"truncated in the second item", bytesOf("application/rss+xml", feed[:strings.Index(feed, "Deux")+2]), "", ""},
		{"truncated before the items", bytesOf("application/rss+xml", feed[:strings.Index(feed, "<item>")]), federation.FailEmpty, ""},
		{"connection cut", cutOff(feed), "", "cut short"},
		{"20 MB", hugeFeed, federation.FailTooLarge, "larger"},
		{"404", http.NotFound, federation.FailHTTP, "404"},
		{"410", answering(http.StatusGone), federation.FailHTTP, "410"},
		{"503", answering(http.StatusServiceUnavailable), federation.FailHTTP, "503"},
		{"redirect in a circle", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path, http.StatusFound) }, federation.FailRedirect, "redirects"},
		{"entity bomb in a feed", bytesOf("application/rss+xml", entityBomb()), federation.FailFormat, ""},
	}
	for _, to := range []string{f.url, "http://10.0.0.1/rss", "http://[::1]:9/", "http://169.254.169.254/latest/meta-data/", "file:///etc/passwd", "http://2130706433/"} {
		list = append(list, misfortune{"redirect to " + to, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Location", to)
			w.WriteHeader(http.StatusFound)
		}, federation.FailRefused, "private"})
	}
	return append(list, bombs(t)...)
}

// bombs are the archives and compressed answers of the shared data.
func bombs(t *testing.T) []misfortune {
	t.Helper()
	var list []misfortune
	add := func(name, coding string, class federation.FailureClass) {
		body, err := os.ReadFile(shareddata.Dir(t, "hostile", "bombs", name))
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, misfortune{name, func(w http.ResponseWriter, _ *http.Request) {
			if coding != "" {
				w.Header().Set("Content-Encoding", coding)
			}
			_, _ = w.Write(body)
		}, class, ""})
	}
	add("zeros.xml.gz", "gzip", federation.FailTooLarge)
	add("zeros.deflate", "deflate", federation.FailTooLarge)
	add("double.gz.gz", "gzip, gzip", federation.FailFormat)
	add("overlap.zip", "", federation.FailTooLarge)
	add("many-entries.zip", "", federation.FailTooLarge)
	for _, name := range []string{"nested.zip", "zip-slip.zip", "lying-size.zip", "bad-crc.zip", "truncated.zip", "lol.svg"} {
		add(name, "", federation.FailFormat)
	}
	return list
}

// cutOff promises a whole document and sends half of it.
func cutOff(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/rss+xml")
		w.Header().Set("Content-Length", fmt.Sprint(len(body)))
		_, _ = w.Write([]byte(body[:len(body)*2/3]))
	}
}

// hugeFeed is 20 MB of feed.
func hugeFeed(w http.ResponseWriter, _ *http.Request) {
	_, _ = w.Write([]byte(`<?xml version="1.0"?><rss version="2.0"><channel><title>Grand</title>`))
	chunk := []byte(strings.Repeat("<item><guid>1</guid><title>Encore</title></item>", 1<<10))
	for sent := 0; sent < 20_000_000; sent += len(chunk) {
		if _, err := w.Write(chunk); err != nil {
			return
		}
	}
}

func answering(status int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }
}

// entityBomb is a feed whose one title would be a thousand million words.
func entityBomb() string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "cloche">`)
	for i := range 9 {
		fmt.Fprintf(&b, `<!ENTITY a%d "%s">`, i+1, strings.Repeat(fmt.Sprintf("&a%d;", i), 10))
	}
	return b.String() + `]>` + strings.TrimPrefix(rssOf("Bombe", entry{"1", "&a9;", "https://example.org/1", "&a9;"}), `<?xml version="1.0" encoding="utf-8"?>`)
}
