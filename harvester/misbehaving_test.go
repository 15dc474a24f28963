package harvester

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/shareddata"
	"github.com/plonegov/carillon/harvester/feed"
)

const feedOne = "http://a.example/rss"

// rss is a feed of items, each a guid and a title joined by "=".
func rss(items ...string) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><link>https://a.invalid/</link><description>d</description>`)
	for _, it := range items {
		guid, title, _ := strings.Cut(it, "=")
		fmt.Fprintf(&b, `<item><guid isPermaLink="false">%s</guid><title>%s</title><link>https://a.invalid/%s</link><pubDate>Sun, 01 Mar 2026 10:00:00 GMT</pubDate></item>`,
			guid, title, strings.ReplaceAll(title, " ", "-"))
	}
	return b.String() + "</channel></rss>"
}

// origin is one row of the shared cases, played against the harvester: a
// source that was read once then meets what the origin does.
type origin struct {
	w   *testHub
	src federation.Source
}

// then is one more harvest of an answer.
func (o *origin) then(raw string) Outcome {
	o.w.t.Helper()
	o.w.answer(feedOne, raw)
	o.w.pass(time.Hour)
	return o.w.one(o.src)
}

// stays holds that the items are those read at first.
func (o *origin) stays(out Outcome) {
	o.w.t.Helper()
	if items := o.w.items(); len(items) != 3 || out.Items != 3 {
		o.w.t.Errorf("items %q and outcome %+v, want the three from before", items, out)
	}
}

// fails holds that the health says what is wrong, and the items stay.
func (o *origin) fails(class federation.FailureClass, raw string) {
	o.w.t.Helper()
	out := o.then(raw)
	if out.Failure == nil || out.Failure.Class != class {
		o.w.t.Errorf("outcome %+v, failure %+v, want class %s", out, out.Failure, class)
	}
	o.stays(out)
}

// item is the one live item with the origin id.
func (o *origin) item(originID string) federation.Item {
	o.w.t.Helper()
	it, err := o.w.store.Item(o.w.t.Context(), federation.NewItemID(o.src.Name(), originID))
	if err != nil {
		o.w.t.Fatal(err)
	}
	return it
}

const ok200 = "HTTP/1.1 200 OK\nContent-Type: text/xml\n"

// origins are the rows that the harvester answers for.
func origins() map[string]func(o *origin) {
	three := rss("1=One", "2=Two", "3=Three")
	return map[string]func(o *origin){
		"content-length-short": func(o *origin) { o.fails(federation.FailFormat, ok200+"Content-Length: 10\n\n"+three) },
		"content-length-long": func(o *origin) {
			o.fails(federation.FailConnect, ok200+"Content-Length: 1000000000000\n\n"+strings.Repeat("x", 1000))
		},
		"close-mid-item": func(o *origin) {
			out := o.then(ok200 + "ETag: \"2\"\nContent-Length: 5000\n\n" + three[:strings.Index(three, "Three")])
			o.stays(out)
			if s := o.w.state(o.src); s.ETag != "" {
				o.w.t.Errorf("validator %q of a cut feed was kept", s.ETag)
			}
		},
		"200-html-error-page": func(o *origin) {
			o.fails(federation.FailFormat, "HTTP/1.1 200 OK\nContent-Type: text/html\n\n<html><title>Maintenance</title></html>")
		},
		"200-empty":         func(o *origin) { o.fails(federation.FailFormat, ok200+"Content-Length: 0\n\n") },
		"200-empty-channel": func(o *origin) { o.fails(federation.FailEmpty, ok200+"\n"+rss()) },
		"304-without-validator": func(o *origin) {
			o.then(ok200 + "\n" + three) // without validators from here on
			o.w.look()
			o.fails(federation.FailConnect, "HTTP/1.1 304 Not Modified\n\n")
			if out := o.then(ok200 + "\n" + three); out.Failure != nil {
				o.w.t.Errorf("fetched again: %+v", out.Failure)
			}
		},
		"etag-lies": func(o *origin) {
			changed := ok200 + "\n" + rss("1=One", "2=Two", "3=Corrected")
			for range 24 * 7 {
				o.then("HTTP/1.1 304 Not Modified\n\n")
				if asked := o.w.look(); len(asked) == 1 && !strings.Contains(asked[0], "If-") {
					o.then(changed)
					return
				}
			}
			o.w.t.Error("no request in a week came without validators")
		},
		"etag-huge": func(o *origin) {
			o.then(ok200 + "ETag: \"" + strings.Repeat("x", 8<<10) + "\"\n\n" + three)
			if s := o.w.state(o.src); s.ETag != "" {
				o.w.t.Errorf("an ETag of %d bytes was kept", len(s.ETag))
			}
		},
		"last-modified-future": func(o *origin) {
			const future = "Thu, 01 Jan 2099 00:00:00 GMT"
			o.then(ok200 + "Last-Modified: " + future + "\n\n" + three)
			o.w.look()
			o.then("HTTP/1.1 304 Not Modified\n\n")
			if asked := o.w.look(); !strings.Contains(asked[0], "If-Modified-Since: "+future) {
				o.w.t.Errorf("asked %q, want the date as it came", asked)
			}
		},
		"retry-after-huge": func(o *origin) {
			o.fails(federation.FailHTTP, "HTTP/1.1 503 Busy\nRetry-After: 999999999\n\nx")
			if wait := o.w.state(o.src).NextFetch.Sub(o.w.time()); wait != 24*time.Hour {
				o.w.t.Errorf("waits %v, want 24 h", wait)
			}
		},
		"retry-after-negative": func(o *origin) {
			for _, v := range []string{"-5", "soon"} {
				o.fails(federation.FailHTTP, "HTTP/1.1 429 Slow Down\nRetry-After: "+v+"\n\nx")
				if wait := o.w.state(o.src).NextFetch.Sub(o.w.time()); wait < 13*time.Minute || wait > 40*time.Minute {
					o.w.t.Errorf("Retry-After: %s: waits %v, want its own back-off", v, wait)
				}
			}
		},
		"cache-max-age-zero": func(o *origin) {
			o.then(ok200 + "Cache-Control: max-age=0\n\n" + strings.Replace(rss("1=One", "2=Two", "3=Three"), "<item>", "<ttl>1</ttl><item>", 1))
			if wait := o.w.state(o.src).NextFetch.Sub(o.w.time()); wait < 15*time.Minute {
				o.w.t.Errorf("waits %v, want its own least interval", wait)
			}
		},
		"redirect-to-loopback": func(o *origin) {
			o.fails(federation.FailRefused, "HTTP/1.1 302 Found\nLocation: http://127.0.0.2/rss\n\n")
		},
		"redirect-to-file": func(o *origin) {
			o.fails(federation.FailRefused, "HTTP/1.1 302 Found\nLocation: file:///etc/passwd\n\n")
		},
		"redirect-permanent": func(o *origin) {
			o.w.ok("http://new.example/rss", rss("1=One", "2=Two", "3=Three "))
			out := o.then("HTTP/1.1 301 Moved\nLocation: http://new.example/rss\n\n")
			if out.Failure == nil || !strings.Contains(out.Failure.Message, o.w.real("http://new.example/rss")) {
				o.w.t.Errorf("%+v, want the new address", out)
			}
		},
		"redirect-loop":    func(o *origin) { o.fails(federation.FailRedirect, "HTTP/1.1 302 Found\nLocation: /rss\n\n") },
		"encoding-unknown": func(o *origin) { o.fails(federation.FailFormat, ok200+"Content-Encoding: foo\n\nx") },
		"charset-mismatch": func(o *origin) {
			o.then("HTTP/1.1 200 OK\nContent-Type: text/xml; charset=utf-8\n\n" +
				strings.Replace(rss("1=Caf\xe9", "2=Two", "3=Three"), `"1.0"?`, `"1.0" encoding="iso-8859-1"?`, 1))
			if got := o.item("1").Title; got != "Café" {
				o.w.t.Errorf("title %q, want Café", got)
			}
		},
		"guid-changes": func(o *origin) {
			for i := range 5 {
				out := o.then(ok200 + "\n" + rss(fmt.Sprint("a", i, "=One"), fmt.Sprint("b", i, "=Two"), fmt.Sprint("c", i, "=Three")))
				o.stays(out)
				if len(out.Warnings) == 0 {
					o.w.t.Error("no warning of ids that change")
				}
			}
		},
		"guid-reused": func(o *origin) {
			reused := ok200 + "\n" + rss("1=One", "2=Two", "3=Three", "4=First", "4=Last")
			first := o.then(reused)
			items := strings.Join(o.w.items(), ",")
			again := o.w.harvestAll(true, o.src)[o.src.Name()]
			if got := strings.Join(o.w.items(), ","); first.New == 0 || got != items || again.New+again.Changed != 0 || !strings.Contains(items, "Last") {
				o.w.t.Errorf("items %s, then %s, %+v, want the last, and the same again", items, got, again)
			}
		},
		"guid-hijack": func(o *origin) {
			other := o.w.source(federation.Source{Member: "b", Slug: "rss", URL: "http://b.example/rss"})
			o.w.ok("http://b.example/rss", rss("1=Taken over"))
			o.w.one(other)
			if got := o.item("1"); got.Title != "One" || got.Version != 1 {
				o.w.t.Errorf("item of a: %q version %d, want it untouched", got.Title, got.Version)
			}
		},
		"date-flood": func(o *origin) {
			o.then(ok200 + "\n" + strings.ReplaceAll(rss("1=One", "2=Two", "3=Three", "4=Four"), "Sun, 01 Mar 2026", "Thu, 01 Jan 2099"))
			if got := o.item("4"); !got.Date().Equal(o.w.time()) {
				o.w.t.Errorf("dated %v, want when it was first seen", got.Date())
			}
		},
		"self-link-other": func(o *origin) {
			self := `<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="self" href="http://b.example/rss"/><item>`
			o.stays(o.then(ok200 + "\n" + strings.Replace(three, "<item>", self, 1)))
			if got := o.item("1"); got.Source != "a/rss" || got.Version != 1 {
				o.w.t.Errorf("item of %s version %d, want it untouched", got.Source, got.Version)
			}
		},
		"id-url-js": func(o *origin) {
			o.then(ok200 + "\n" + strings.Replace(rss("1=One", "2=Two", "3=Three", "javascript:alert(1)=Four"), "https://a.invalid/Four", "javascript:alert(1)", 1))
			if got := o.item("javascript:alert(1)"); got.URL != "" {
				o.w.t.Errorf("link %q, want none", got.URL)
			}
		},
		"enclosure-internal": func(o *origin) {
			o.then(ok200 + "\n" + strings.Replace(three, "</item>", `<enclosure url="http://169.254.169.254/" type="image/png" length="1"/></item>`, 1))
			o.asksOnly("/rss")
		},
		"xml-base-hostile": func(o *origin) {
			o.then(ok200 + "\n" + strings.Replace(three, "<channel>", `<channel xml:base="http://127.0.0.1/">`, 1))
			o.asksOnly("/rss")
		},
		"hub-link-internal": func(o *origin) {
			o.then(ok200 + "Link: <http://127.0.0.1/hub>; rel=\"hub\"\n\n" + three)
			o.asksOnly("/rss")
		},
	}
}

// asksOnly holds that nothing but the source was ever fetched.
func (o *origin) asksOnly(path string) {
	o.w.t.Helper()
	for _, asked := range o.w.look() {
		if got, _, _ := strings.Cut(asked, " "); got != path {
			o.w.t.Errorf("asked for %q, want %q only", asked, path)
		}
	}
}

// elsewhere are the rows that concern the guarded client or a decoder alone;
// their tests are in federation/safehttp and harvester/feed.
const elsewhere = ` accept-then-silence drip-headers drip-body endless-body etag-crlf redirect-strips-tls redirect-with-auth
 dns-rebind dns-mixed dns-flap tls-expired tls-wrong-host tls-self-signed http-0.9 1xx-flood trailer-bomb gzip-unasked charset-utf7 bom-mix `

// TestMisbehavingOrigins plays the rows of hostile/http/misbehaving-origins
// with the feed decoder.
func TestMisbehavingOrigins(t *testing.T) {
	rows, err := os.ReadFile(shareddata.Dir(t, "hostile", "http", "misbehaving-origins.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	cases := origins()
	for line := range strings.Lines(string(rows)) {
		var row struct{ ID, Must string }
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatal(err)
		}
		play, ours := cases[row.ID]
		if !ours {
			if !strings.Contains(strings.ReplaceAll(elsewhere, "\n", " "), " "+row.ID+" ") {
				t.Errorf("no case for %q; must: %s", row.ID, row.Must)
			}
			continue
		}
		t.Run(row.ID, func(t *testing.T) {
			t.Logf("must: %s", row.Must)
			w := newTestHub(t, newStore(t))
			w.formats = []federation.Format{feed.Format()}
			o := &origin{w: w, src: w.source(federation.Source{Member: "a", Slug: "rss", URL: feedOne})}
			w.answer(feedOne, ok200+"ETag: \"1\"\n\n"+rss("1=One", "2=Two", "3=Three"))
			if out := w.one(o.src); out.New != 3 {
				t.Fatalf("first harvest: %+v, %+v", out, out.Failure)
			}
			w.look()
			play(o)
		})
	}
}
