package websub

import (
	"bufio"
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation/shareddata"
)

// row is one line of the shared cases.
type row struct{ Role, Ref, Case, Must string }

// subscriberCases plays the rows about subscribers. Those about hubs and
// publishers are for when Carillon is one.
var subscriberCases = map[string]func(w *world){
	"100": func(w *world) {
		w.pages["/feed"] = page{header: http.Header{"Link": {"<" + w.hub.URL + `>; rel="hub", <` + w.src.URL + `>; rel=self`}}, body: atom("", "")}
		w.askedFor(w.hub.URL, w.src.URL)
	},
	"101": func(w *world) {
		w.pages["/feed"] = page{header: http.Header{"Content-Type": {"text/html; charset=utf-8"}}, body: `<!doctype html><html><head><title>a</title>
			<link rel=hub href="` + w.hub.URL + `"><link rel=self href="` + w.src.URL + `"></head>
			<body><link rel=hub href="http://evil.example/"><link rel=self href="/evil"></body></html>`}
		w.askedFor(w.hub.URL, w.src.URL)
		w.pages["/feed"] = page{header: http.Header{"Content-Type": {"text/html"}},
			body: `<html><head><title>a</title></head><body><link rel=hub href="` + w.hub.URL + `"></body></html>`}
		if f := w.discover(); len(f.Hubs) > 0 {
			w.Errorf("Discover(links in the body) = %+v, want no hub", f)
		}
	},
	"102": func(w *world) {
		w.pages["/feed"] = page{body: atom(w.hub.URL, w.src.URL)}
		w.askedFor(w.hub.URL, w.src.URL)
	},
	"103": func(w *world) {
		w.pages["/feed"] = page{body: `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>t</title>
			<atom:link rel="hub" href="` + w.hub.URL + `"/><atom:link rel="self" href="` + w.src.URL + `"/>
			<item><guid>1</guid><title>one</title></item></channel></rss>`}
		w.askedFor(w.hub.URL, w.src.URL)
	},
	"104": func(w *world) {
		w.pages["/feed"] = page{header: http.Header{"Link": {"<" + w.hub.URL + ">; rel=hub", "<" + w.src.URL + ">; rel=self"}},
			body: atom("http://other.example/hub", w.origin.URL+"/other")}
		w.askedFor(w.hub.URL, w.src.URL)
	},
	"200": func(w *world) {
		w.pages["/feed"] = page{body: atom(w.hub.URL, w.origin.URL+"/canonical?a=1&b=2")}
		w.askedFor(w.hub.URL, w.origin.URL+"/canonical?a=1&b=2")
		other := newWorld(w.T)
		other.pages["/feed"] = page{body: atom(other.hub.URL, "http://somebody.example/else")}
		other.askedFor(other.hub.URL, other.src.URL)
	},
	"201": func(w *world) { w.redirected(http.StatusFound) },
	"202": func(w *world) { w.redirected(http.StatusMovedPermanently) },
	"203": func(w *world) { w.hubMoved(http.StatusTemporaryRedirect) },
	"204": func(w *world) { w.hubMoved(http.StatusPermanentRedirect) },
	"205": func(w *world) {
		w.pages["/feed"] = page{body: atom(w.hub.URL, w.src.URL)}
		w.discover()
		w.turn()
		for name, change := range map[string]map[string]string{
			"other topic":     {"hub.topic": w.origin.URL + "/other"},
			"longer topic":    {"hub.topic": w.src.URL + "/"},
			"no topic":        {"hub.topic": ""},
			"unsubscribe":     {"hub.mode": "unsubscribe"},
			"mode in capital": {"hub.mode": "SUBSCRIBE"},
			"no challenge":    {"hub.challenge": ""},
			"long challenge":  {"hub.challenge": strings.Repeat("x", maxChallenge+1)},
		} {
			if status, body := w.hub.verify(w.hub.last(), change); status != http.StatusNotFound || body != "" {
				w.Errorf("verification with %s = %d %q, want 404", name, status, body)
			}
		}
		if sub := w.only(); sub.Active(w.now()) {
			w.Errorf("the subscription is %s, want it not confirmed", sub.State)
		}
	},
	"300": func(w *world) {
		w.subscribed()
		body := atom(w.hub.URL, w.src.URL)
		if status := w.hub.push(w.hub.last(), body, sign(w.hub.last(), body)); status != http.StatusAccepted {
			w.Errorf("push = %d, want 202", status)
		}
		if due := w.due(); !due.Equal(w.now()) {
			w.Errorf("the source is due at %v, want now, %v", due, w.now())
		}
		if sub := w.only(); sub.Pushes != 1 || !sub.LastPush.Equal(w.now()) || len(sub.Ignored) > 0 {
			w.Errorf("pushes %d, last at %v, ignored %v, want one now", sub.Pushes, sub.LastPush, sub.Ignored)
		}
	},
	"301": func(w *world) { w.ignores("sha256="+strings.Repeat("ab", 32), wronglySign) },
	"302": func(w *world) { w.ignores("", notSigned) },
	"N1":  func(w *world) { w.ignores("sha1=0123456789012345678901234567890123456789", weaklySigned) },
	"N3": func(w *world) {
		w.ignores("md5=d41d8cd98f00b204e9800998ecf8427e", wrongMethod)
		newWorld(w.T).ignores("none=", wrongMethod)
	},
	"N5": func(w *world) {
		w.src.TrustHub = true
		w.saveSource(w.src)
		w.subscribed()
		body := atom(w.hub.URL, w.src.URL)
		for range 3 {
			if status := w.hub.push(w.hub.last(), body, sign(w.hub.last(), body)); status != http.StatusAccepted {
				w.Errorf("push = %d, want 202", status)
			}
		}
		w.drain()
		if n := w.pusher.count(); n != 1 {
			w.Errorf("the bytes were read %d times, want once", n)
		}
		if sub := w.only(); sub.Pushes != 3 || sub.Replays != 2 {
			w.Errorf("%d pushes and %d replays are counted, want 3 and 2", sub.Pushes, sub.Replays)
		}
	},
	"N7": func(w *world) {
		w.subscribed()
		form := w.hub.last()
		right := form.Get("hub.callback")
		for i := range guesses {
			wrong := right[:len(right)-1] + string("ABCDEFGH"[i%8])
			if wrong == right {
				wrong = right[:len(right)-1] + "I"
			}
			if status := w.hub.push(url.Values{"hub.callback": {wrong}}, "x", ""); status != http.StatusNotFound {
				w.Fatalf("push to a guessed address = %d, want 404", status)
			}
		}
		if status := w.hub.push(url.Values{"hub.callback": {right[:len(right)-2] + "xx"}}, "x", ""); status != http.StatusTooManyRequests {
			w.Errorf("push after %d guesses = %d, want 429", guesses, status)
		}
		if status := w.hub.push(form, "x", sign(form, "x")); status != http.StatusAccepted {
			w.Errorf("right push beside guesses = %d, want 202", status)
		}
		w.pass(time.Minute)
		if status := w.hub.push(url.Values{"hub.callback": {right + "x"}}, "x", ""); status != http.StatusNotFound {
			w.Errorf("push to a guessed address a minute later = %d, want 404", status)
		}
	},
	"N9": func(w *world) {
		w.subscribed()
		body := strings.Repeat("x", 10<<20)
		if status := w.hub.push(w.hub.last(), body, sign(w.hub.last(), body)); status != http.StatusRequestEntityTooLarge {
			w.Errorf("push of 10 MiB = %d, want 413", status)
		}
		w.notProcessed("")
	},
	"N11": func(w *world) {
		w.subscribed()
		form := w.hub.last()
		w.pass(lease)
		if status := w.hub.push(form, "x", sign(form, "x")); status != http.StatusGone {
			w.Errorf("push after the lease = %d, want 410", status)
		}
		w.notProcessed("")
		left := newWorld(w.T)
		left.subscribed()
		form = left.hub.last()
		left.src.Suspended = true
		left.saveSource(left.src)
		left.turn()
		if status := left.hub.push(form, "x", sign(form, "x")); status != http.StatusGone {
			w.Errorf("push while we leave = %d, want 410", status)
		}
		if status, _ := left.hub.verify(left.hub.last(), nil); status != http.StatusOK || left.hub.last().Get("hub.mode") != "unsubscribe" {
			w.Errorf("verification of %v = %d, want 200 for an unsubscription", left.hub.last(), status)
		}
		if status := left.hub.push(form, "x", sign(form, "x")); status != http.StatusNotFound {
			w.Errorf("push after we left = %d, want 404", status)
		}
	},
	"N13": func(w *world) {
		w.subscribed()
		form := w.hub.last()
		status, _ := w.hub.verify(form, map[string]string{"hub.mode": "denied", "hub.reason": "no\r\nmore  room"})
		sub := w.only()
		if status != http.StatusOK || sub.State != "denied" || sub.Active(w.now()) || sub.Reason != "The hub refused: no more room" {
			w.Errorf("denied = %d, state %s, reason %q", status, sub.State, sub.Reason)
		}
		if active, err := w.subscriber.Active(w.Context(), w.src.Name()); err != nil || active {
			w.Errorf("Active(…) = %t, %v, want false: polling alone is left", active, err)
		}
		if status := w.hub.push(form, "x", sign(form, "x")); status != http.StatusGone {
			w.Errorf("push after the refusal = %d, want 410", status)
		}
	},
}

// askedFor holds that what the origin serves makes us subscribe.
func (w *world) askedFor(hub, topic string) {
	w.Helper()
	w.discover()
	w.turn()
	sub, form := w.only(), w.hub.last()
	if sub.Hub != hub || sub.Topic != topic {
		w.Errorf("subscribed to %q at %q, want %q at %q", sub.Topic, sub.Hub, topic, hub)
	}
	if form.Get("hub.topic") != topic || form.Get("hub.mode") != "subscribe" {
		w.Errorf("the hub was asked %v, want topic %q", form, topic)
	}
	if status, body := w.hub.verify(form, nil); status != http.StatusOK || body != theChallenge {
		w.Errorf("verification = %d %q, want the challenge", status, body)
	}
	if sub = w.only(); !sub.Active(w.now()) {
		w.Errorf("the subscription is %s, want active", sub.State)
	}
}

func (w *world) redirected(status int) {
	w.pages["/feed"] = page{status: status, header: http.Header{"Location": {"/moved"}}}
	w.pages["/moved"] = page{body: atom(w.hub.URL, "")}
	w.askedFor(w.hub.URL, w.origin.URL+"/moved")
}

func (w *world) hubMoved(status int) {
	next := newPeer(w.T)
	w.hub.answers(status, "Location", next.URL)
	w.pages["/feed"] = page{body: atom(w.hub.URL, w.src.URL)}
	w.discover()
	w.turn()
	if got := next.last(); got.Get("hub.topic") != w.src.URL || got.Get("hub.secret") == "" {
		w.Errorf("the new hub was asked %v, want the whole request", got)
	}
	if code, _ := next.verify(next.last(), nil); code != http.StatusOK || !w.only().Active(w.now()) {
		w.Errorf("verification by the new hub = %d, want 200", code)
	}
}

// ignores holds that a push so signed is answered and left at that.
func (w *world) ignores(signature, why string) {
	w.src.TrustHub = true
	w.saveSource(w.src)
	w.subscribed()
	if status := w.hub.push(w.hub.last(), "x", signature); status != http.StatusAccepted {
		w.Errorf("push signed %q = %d, want 202", signature, status)
	}
	w.drain()
	w.notProcessed(why)
}

// drain reads what is queued.
func (w *world) drain() {
	w.Helper()
	for len(w.callback.queue) > 0 {
		w.callback.take(w.Context(), <-w.callback.queue)
		<-w.callback.bodies
	}
	if n := len(w.callback.bodies); n > 0 {
		w.Errorf("%d places for bodies are still taken, want none", n)
	}
}

func TestConformance(t *testing.T) {
	dir := shareddata.Dir(t, "hostile", "websub")
	played, others := 0, 0
	for _, name := range []string{"conformance.jsonl", "negative.jsonl"} {
		for _, c := range rows(t, filepath.Join(dir, name)) {
			if c.Role != "subscriber" { // Carillon is no hub and no publisher yet
				others++
				continue
			}
			t.Run(c.Role+" "+c.Ref+" "+c.Case, func(t *testing.T) {
				play := subscriberCases[c.Ref]
				if play == nil {
					t.Fatalf("no test plays this row: %s", c.Must)
				}
				play(newWorld(t))
				played++
			})
		}
	}
	t.Logf("%d rows played; %d are about hubs and publishers", played, others)
	if played < len(subscriberCases) {
		t.Errorf("%d rows were played, and there are tests for %d", played, len(subscriberCases))
	}
}

func rows(t *testing.T, path string) (list []row) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		var c row
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		list = append(list, c)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}
