package safehttp

import (
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

const ok200 = "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n"

// silence reads until the other side is gone.
func silence(conn net.Conn, _ *http.Request) { io.Copy(io.Discard, conn) }

// dripping is a script that sends head at once and text slowly, for ever.
func dripping(head, text string) script {
	return func(conn net.Conn, _ *http.Request) {
		conn.Write([]byte(head))
		drip(conn, text, 5*time.Millisecond)
	}
}

// reset breaks the connection off so that the other side is told so.
func reset(conn net.Conn, _ *http.Request) {
	conn.(*net.TCPConn).SetLinger(0)
	conn.Close()
}

// TestMisbehavingOrigins plays those origins of hostile/http/misbehaving-origins
// that concern the client, under their names there, and some more.
func TestMisbehavingOrigins(t *testing.T) {
	quick := Config{HeaderTimeout: 200 * time.Millisecond, Timeout: time.Minute, MaxBody: 1 << 20}
	tests := []struct {
		id      string
		do      script
		kind    Kind   // "" for an answer
		partial string // body with the error, or its beginning
	}{
		{"accept-then-silence", silence, KindTimeout, ""},
		{"drip-headers", dripping("", "HTTP/1.1 200 OK\r\nX-Slow: aaaa"), KindTimeout, ""},
		{"content-length-long", say(ok200 + "Content-Length: 1000000000000\r\n\r\n<rss>"), KindTruncated, "<rss>"},
		{"close-mid-item", say(ok200 + "Transfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n64\r\n<item><ti"), KindTruncated, "<rss><item><ti"},
		{"bad-chunk", say(ok200 + "Transfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\nzz\r\n"), KindTruncated, "<rss>"},
		{"200-empty", say(ok200 + "Content-Length: 0\r\n\r\n"), "", ""},
		{"304-without-validator", say("HTTP/1.1 304 Not Modified\r\n\r\n"), KindProtocol, ""},
		{"redirect-without-location", say("HTTP/1.1 301 Moved\r\nContent-Length: 0\r\n\r\n"), KindRedirect, ""},
		{"http-0.9", say("<rss></rss>"), KindProtocol, ""},
		{"closed-at-once", say(""), KindConnect, ""},
		{"reset", reset, KindConnect, ""},
		{"1xx-flood", say(strings.Repeat("HTTP/1.1 103 Early Hints\r\n\r\n", 10_000) + ok200 + "\r\n"), KindProtocol, ""},
		{"101-unasked", say("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n"), KindProtocol, ""},
		{"header-flood", say(ok200 + strings.Repeat("X-A: "+strings.Repeat("a", 1000)+"\r\n", 1000) + "\r\n"), KindProtocol, ""},
		{"header-endless-line", say(ok200 + "X-A: " + strings.Repeat("a", 1<<20)), KindProtocol, ""},
		{"trailer-bomb", say(ok200 + "Transfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n0\r\nX-A: " + strings.Repeat("a", 2<<20) + "\r\n\r\n"), KindTruncated, "<rss>"},
		{"encoding-unknown", say(ok200 + "Content-Encoding: foo\r\n\r\n<rss>"), KindEncoding, ""},
		{"gzip-that-is-not", say(ok200 + "Content-Encoding: gzip\r\n\r\n<rss>"), KindEncoding, ""},
	}
	for _, test := range tests {
		t.Run(test.id, func(t *testing.T) {
			c, _ := testClient(t, quick, nil)
			url := serveRaw(t, test.do)
			res, err := c.Get(t.Context(), Request{URL: url})
			if test.kind == "" && err != nil || test.kind != "" && !isKind(err, test.kind) {
				t.Errorf("Get = %v, want kind %q", err, test.kind)
			}
			if cut := errors.Is(err, ErrTruncated); cut != (test.partial != "") || err != nil && cut != (res != nil) {
				t.Errorf("Get = %v, %v, want ErrTruncated and a response: %t", res, err, test.partial != "")
			}
			if res != nil && !strings.HasPrefix(string(res.Body), test.partial) {
				t.Errorf("Get = %.30q, want it to begin with %q", res.Body, test.partial)
			}
		})
	}
}

// TestTotalTimeout has origins that are never slow enough for one limit of a
// single step, but would together take for ever.
func TestTotalTimeout(t *testing.T) {
	c, _ := testClient(t, Config{Timeout: 400 * time.Millisecond, MaxRedirects: 1000}, nil)
	body := serveRaw(t, dripping(ok200+"\r\n<rss>", "x"))
	res, err := c.Get(t.Context(), Request{URL: body})
	if !isKind(err, KindTimeout) || !errors.Is(err, ErrTruncated) || !strings.HasPrefix(string(res.Body), "<rss>") {
		t.Errorf("Get of a dripping body = %v, %v, want %s and what came", res, err, KindTimeout)
	}

	packed := serveRaw(t, dripping(ok200+"Content-Encoding: gzip\r\n\r\n"+string(encoded(t, "gzip", sample)[:30]), "x"))
	if _, err := c.Get(t.Context(), Request{URL: packed}); !isKind(err, KindTimeout) && !isKind(err, KindEncoding) {
		t.Errorf("Get of a dripping gzip body = %v, want %s or %s", err, KindTimeout, KindEncoding)
	}

	var hop atomic.Int64
	hops := serve(t, originIP, func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-time.After(100 * time.Millisecond): // the slowness that is tested
		case <-r.Context().Done():
		}
		http.Redirect(w, r, "/"+strconv.FormatInt(hop.Add(1), 10), http.StatusFound)
	})
	if _, err := c.Get(t.Context(), Request{URL: hops}); !isKind(err, KindTimeout) {
		t.Errorf("Get through slow redirects without end = %v, want %s", err, KindTimeout)
	}
	if n := hop.Load(); n > 10 {
		t.Errorf("%d redirects of 100 ms were followed in 400 ms", n)
	}
}

func TestEndlessBody(t *testing.T) {
	closed := make(chan bool, 1)
	chunk := "8000\r\n" + strings.Repeat("x", 0x8000) + "\r\n"
	url := serveRaw(t, func(conn net.Conn, _ *http.Request) {
		conn.Write([]byte(ok200 + "Transfer-Encoding: chunked\r\n\r\n"))
		for {
			if _, err := conn.Write([]byte(chunk)); err != nil {
				closed <- true
				return
			}
		}
	})
	c, _ := testClient(t, Config{MaxBody: 1 << 20}, nil)
	for _, limit := range []int64{0, 10 << 10, 2 << 20} {
		if res, err := c.Get(t.Context(), Request{URL: url, MaxBody: limit}); res != nil || !errors.Is(err, ErrTooLarge) || !isKind(err, KindTooLarge) {
			t.Errorf("Get with limit %d = %v, %v, want %v", limit, res, err, ErrTooLarge)
		}
		<-closed // or the test hangs: the connection must not stay open
	}
}

// TestContentLengthShort has an origin whose surplus bytes must not become
// part of the next answer.
func TestContentLengthShort(t *testing.T) {
	var asked atomic.Int64
	url := serveRaw(t, func(conn net.Conn, _ *http.Request) {
		body := strings.Repeat(string('a'+rune(asked.Add(1)-1)), 1000)
		conn.Write([]byte(ok200 + "Content-Length: 100\r\n\r\n" + body))
	})
	c, _ := testClient(t, Config{}, nil)
	first, err := c.Get(t.Context(), Request{URL: url})
	if err != nil || string(first.Body) != strings.Repeat("a", 100) {
		t.Fatalf("first Get = %v, %v, want 100 a's", first, err)
	}
	// An error is allowed: the surplus may arrive when the second was sent.
	if next, err := c.Get(t.Context(), Request{URL: url}); err == nil && strings.Contains(string(next.Body), "a") {
		t.Errorf("second Get = %q, which holds bytes of the first", next.Body)
	}
}

// TestBadValidators has validators that must neither be kept nor sent.
func TestBadValidators(t *testing.T) {
	for _, etag := range []string{strings.Repeat("x", 64<<10), `"é"`, "\"a\rb\"", "\"a\x01b\"", "\"a\r\nb\"", strings.Repeat("x", maxValidator+1)} {
		var got http.Header
		url := serveRaw(t, func(conn net.Conn, r *http.Request) {
			got = r.Header
			conn.Write([]byte(ok200 + "ETag: " + etag + "\r\nLast-Modified: " + etag[:min(len(etag), 4000)] + "\r\nContent-Length: 0\r\n\r\n"))
		})
		c, _ := testClient(t, Config{}, nil)
		res, err := c.Get(t.Context(), Request{URL: url, ETag: etag, LastModified: etag})
		if got.Get("If-None-Match") != "" || got.Get("If-Modified-Since") != "" || got.Get("b") != "" {
			t.Errorf("ETag %.20q was sent: %v", etag, got)
		}
		if strings.ContainsAny(etag, "\r\n\x01") && isKind(err, KindProtocol) {
			continue // not a header line: the whole answer is refused
		}
		if err != nil || res.Header.Get("ETag") != "" {
			t.Errorf("Get with ETag %.20q = %v, want an answer without it", etag, err)
		}
		if lm := res.Header.Get("Last-Modified"); lm != "" && !usable(lm) {
			t.Errorf("Last-Modified %.20q was kept", lm)
		}
	}
}

func TestDNSFlap(t *testing.T) {
	up := false
	base := serve(t, originIP, hello)
	c, _ := testClient(t, Config{}, func(string) []netip.Addr {
		if !up {
			return nil
		}
		return []netip.Addr{netip.MustParseAddr(originIP)}
	})
	url := "http://flap.example:" + portOf(base)
	for range 3 {
		if _, err := c.Get(t.Context(), Request{URL: url}); !isKind(err, KindDNS) {
			t.Errorf("Get of a name that is gone = %v, want %s", err, KindDNS)
		}
	}
	up = true
	if _, err := c.Get(t.Context(), Request{URL: url}); err != nil {
		t.Errorf("Get of a name that is back: %v", err)
	}
}

func TestRedirectLoop(t *testing.T) {
	base := serve(t, originIP, func(w http.ResponseWriter, r *http.Request) {
		to := map[string]string{"/a": "/b", "/b": "/a", "/self": "/self"}[r.URL.Path]
		http.Redirect(w, r, to, http.StatusFound)
	})
	c, _ := testClient(t, Config{}, nil)
	for _, path := range []string{"/a", "/self"} {
		_, err := c.Get(t.Context(), Request{URL: base + path})
		if !isKind(err, KindRedirect) || !strings.Contains(err.Error(), "circle") {
			t.Errorf("Get(%q) = %v, want %s for a circle", path, err, KindRedirect)
		}
	}
}

// TestErrorTells checks what an error says beside its kind.
func TestErrorTells(t *testing.T) {
	url := serveRaw(t, say("HTTP/1.1 200 OK\r\nRetry-After: 60\r\nContent-Encoding: foo\r\n\r\n<rss>"))
	c, _ := testClient(t, Config{}, nil)
	_, err := c.Get(t.Context(), Request{URL: url})
	var e *Error
	if !errors.As(err, &e) || e.Status != 200 || e.RetryAfter != time.Minute || e.URL != url+"/" {
		t.Fatalf("Get = %#v, want status 200, a minute, %q", err, url+"/")
	}
	want := `get "` + url + `/": encoding: content coding "foo" is not known`
	if err.Error() != want {
		t.Errorf("Get = %q, want %q", err, want)
	}
	_, err = c.Get(t.Context(), Request{URL: "http://" + strings.Repeat("x", 1<<20)})
	if !isKind(err, KindRefused) || len(err.Error()) > 2*MaxURL {
		t.Errorf("Get of a huge URL: error of %d bytes, kind refused: %t", len(err.Error()), isKind(err, KindRefused))
	}
}
