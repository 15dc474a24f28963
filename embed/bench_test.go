package embed_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
)

// BenchmarkFragment compares a cached fragment with the same bytes from
// http.FileServer, over loopback; "ratio" of DESIGN.md 9 is file/fragment time.
func BenchmarkFragment(b *testing.B) {
	h := newHub(b, region)
	_, body := get(b, h.URL+"/embed/actus.html")
	dir := b.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "actus.html"), []byte(body), 0o600); err != nil {
		b.Fatal(err)
	}
	files := httptest.NewServer(http.FileServer(http.Dir(dir)))
	b.Cleanup(files.Close)
	b.Run("file server", func(b *testing.B) { load(b, files.URL+"/actus.html", len(body)) })
	b.Run("fragment", func(b *testing.B) { load(b, h.URL+"/embed/actus.html", len(body)) })
	b.Run("unsaved", func(b *testing.B) {
		url := h.URL + "/embed/widget/list.html?channel=actus&limit=5&theme-accent=%23b3123a"
		_, body := get(b, url)
		load(b, url, len(body))
	})
}

// load asks for url from two connections, which is what two cores can keep up.
func load(b *testing.B, url string, size int) {
	b.ReportAllocs()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 2, MaxConnsPerHost: 2, DisableCompression: true}}
	defer client.CloseIdleConnections()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			res, err := client.Get(url)
			if err != nil {
				b.Error(err)
				return
			}
			n, err := io.Copy(io.Discard, res.Body)
			_ = res.Body.Close()
			if err != nil || int(n) != size {
				b.Errorf("GET %s: %d bytes, %v, want %d", url, n, err, size)
				return
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "req/s")
}

// BenchmarkHandler is the same without the network.
func BenchmarkHandler(b *testing.B) {
	h := newHub(b, region)
	r := httptest.NewRequest(http.MethodGet, "/embed/actus.html", nil)
	r.Header.Set("Accept-Encoding", "gzip, br")
	w := &sink{header: http.Header{}}
	b.ReportAllocs()
	for b.Loop() {
		clear(w.header)
		h.Handler.ServeHTTP(w, r)
	}
	if w.written == 0 {
		b.Fatal("nothing was written")
	}
}

// sink is a ResponseWriter that counts.
type sink struct {
	header  http.Header
	written int
}

func (s *sink) Header() http.Header         { return s.header }
func (s *sink) WriteHeader(int)             {}
func (s *sink) Write(p []byte) (int, error) { s.written += len(p); return len(p), nil }

// BenchmarkMade makes fragments that nobody has asked for yet.
func BenchmarkMade(b *testing.B) {
	h := newHub(b, region)
	w := &sink{header: http.Header{}}
	n := 0
	b.ReportAllocs()
	for b.Loop() {
		n++
		clear(w.header)
		h.Handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, fmt.Sprintf("/embed/actus.html?theme-accent=%%23%06x", n%(1<<24)), nil))
	}
	if w.written == 0 {
		b.Fatal("nothing was written")
	}
}
