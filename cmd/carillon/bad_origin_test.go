package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// badOrigin is one way to do one's worst.
type badOrigin struct {
	name string
	does http.HandlerFunc
}

// hostile are behaviours of hostile/http/misbehaving-origins, of the recipes
// and of the bombs, and some that come from them.
func hostile(t *testing.T) []badOrigin {
	t.Helper()
	page := func(body string) http.HandlerFunc { return bytesOf("application/rss+xml", body) }
	coded := func(coding string, body []byte) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/rss+xml")
			w.Header().Set("Content-Encoding", coding)
			_, _ = w.Write(body)
		}
	}
	bomb := squeezed(t, 64<<20)
	return []badOrigin{
		{"silence", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }},
		{"headers drip", raw(func(c net.Conn) { drip(c, "HTTP/1.1 200 OK\r\nX-Long: "+strings.Repeat("x", 1000), time.Second) })},
		{"body drips", raw(func(c net.Conn) {
			_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n")
			drip(c, strings.Repeat("<a>", 1000), time.Second)
		})},
		{"body never ends", raw(endless)},
		{"reset", raw(func(c net.Conn) { _ = c.(*net.TCPConn).SetLinger(0) })},
		{"promises 1 TB", raw(func(c net.Conn) {
			_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 1000000000000\r\n\r\n<rss>")
		})},
		{"2 MB of headers", raw(func(c net.Conn) {
			_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\n"+strings.Repeat("X-Header: "+strings.Repeat("x", 1000)+"\r\n", 2000)+"\r\n")
		})},
		{"gzip bomb", coded("gzip", bomb)},
		{"gzip of gzip", coded("gzip, gzip", bomb)},
		{"20 MB", hugeFeed},
		{"redirect loop", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path, http.StatusFound) }},
		{"redirect to private", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://169.254.169.254/latest", http.StatusFound)
		}},
		{"429 at once again", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "0")
			w.WriteHeader(http.StatusTooManyRequests)
		}},
		{"503 for ever", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "999999999")
			w.WriteHeader(http.StatusServiceUnavailable)
		}},
		{"entity bomb", page(entityBomb())},
		{"deep XML", page("<rss><channel>" + strings.Repeat("<a>", 1_000_000))},
		{"deep JSON", bytesOf("application/feed+json", `{"version":"https://jsonfeed.org/version/1.1","items":`+strings.Repeat("[", 4_000_000))},
		{"garbage", func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.CopyN(w, rand.NewChaCha8([32]byte{}), 4<<20)
		}},
		{"100,000 items", page(`<rss version="2.0"><channel><title>t</title>` + manyItems(100_000) + `</channel></rss>`)},
		{"one item of 7 MB", page(`<rss version="2.0"><channel><title>t</title><item><title>t</title><description>` + strings.Repeat("&lt;p&gt;un &lt;b&gt;", 300_000) + `</description></item></channel></rss>`)},
	}
}

// manyItems are as small as items can be that are told apart.
func manyItems(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "<item><guid>%d</guid><title>Avis %d</title></item>", i, i)
	}
	return b.String()
}

// raw answers with what write puts on the connection, which then closes.
func raw(write func(net.Conn)) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			return // the peer is gone
		}
		defer conn.Close()
		write(conn)
	}
}

// drip sends one byte at a time until all is sent or the peer has had enough.
func drip(c net.Conn, text string, each time.Duration) {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	go func() { // ends with the connection
		defer stop()
		_, _ = io.Copy(io.Discard, c)
	}()
	for i := range len(text) {
		select {
		case <-time.After(each):
		case <-ctx.Done():
			return
		}
		if _, err := c.Write([]byte{text[i]}); err != nil {
			return
		}
	}
}

// endless sends until the peer has had enough.
func endless(c net.Conn) {
	_, err := io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n<rss><channel>")
	for part := manyItems(2000); err == nil; {
		_, err = io.WriteString(c, part)
	}
}

// squeezed is n bytes of spaces as gzip sends them.
func squeezed(t *testing.T, n int) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(bytes.Repeat([]byte(" "), n)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
