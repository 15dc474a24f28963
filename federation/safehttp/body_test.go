package safehttp

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"

	"github.com/plonegov/carillon/federation/shareddata"
)

const sample = "<rss>Le conseil communal se réunit lundi à l'hôtel de ville.</rss>"

// encoded returns text in coding; "raw-deflate" is deflate without its frame.
func encoded(t testing.TB, coding, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	var w io.WriteCloser
	switch coding {
	case "gzip", "x-gzip":
		w = gzip.NewWriter(&b)
	case "deflate":
		w = zlib.NewWriter(&b)
	case "raw-deflate":
		w, _ = flate.NewWriter(&b, 6)
	case "br":
		w = brotli.NewWriter(&b)
	default:
		return []byte(text)
	}
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// answer is a 200 as readBody sees it.
func answer(body []byte, codings ...string) *http.Response {
	return &http.Response{StatusCode: 200, Header: http.Header{"Content-Encoding": codings}, Body: io.NopCloser(bytes.NewReader(body))}
}

func TestReadBodyCodings(t *testing.T) {
	tests := []struct {
		headers []string
		coding  string
	}{
		{nil, ""}, {[]string{""}, ""}, {[]string{"identity"}, ""}, {[]string{"gzip"}, "gzip"}, {[]string{"X-GZIP"}, "gzip"},
		{[]string{" GZip , identity"}, "gzip"}, {[]string{"deflate"}, "deflate"}, {[]string{"deflate"}, "raw-deflate"}, {[]string{"br"}, "br"},
	}
	for _, test := range tests {
		body, kind, err := readBody(answer(encoded(t, test.coding, sample), test.headers...), 1000)
		if string(body) != sample || kind != "" || err != nil {
			t.Errorf("readBody(%q as %q) = %q, %q, %v", test.coding, test.headers, body, kind, err)
		}
		if body, _, err := readBody(answer(nil, test.headers...), 1000); len(body) != 0 || err != nil {
			t.Errorf("readBody(nothing as %q) = %q, %v, want nothing", test.headers, body, err)
		}
	}
	two := append(encoded(t, "gzip", "one "), encoded(t, "gzip", "two")...)
	if body, _, err := readBody(answer(two, "gzip"), 1000); string(body) != "one two" || err != nil {
		t.Errorf("readBody(two gzip members) = %q, %v", body, err)
	}
}

func TestReadBodyRefuses(t *testing.T) {
	tests := []struct {
		body    []byte
		headers []string
	}{
		{[]byte(sample), []string{"foo"}},
		{[]byte(sample), []string{"gzip"}},
		{[]byte(sample), []string{"deflate"}},
		{[]byte(sample), []string{"br"}},
		{encoded(t, "gzip", sample), []string{"gzip, gzip"}},
		{encoded(t, "gzip", sample), []string{"gzip", "br"}},
		{encoded(t, "gzip", sample), []string{"zstd"}},
	}
	for _, test := range tests {
		if body, kind, err := readBody(answer(test.body, test.headers...), 1000); kind != KindEncoding || err == nil {
			t.Errorf("readBody(%.10q as %q) = %q, %q, %v, want %s", test.body, test.headers, body, kind, err, KindEncoding)
		}
	}
	corrupt := encoded(t, "gzip", sample)
	corrupt[len(corrupt)-6] ^= 1 // in the checksum
	if _, kind, err := readBody(answer(corrupt, "gzip"), 1000); kind != KindEncoding || !errors.Is(err, gzip.ErrChecksum) {
		t.Errorf("readBody(wrong checksum) = %q, %v, want %s", kind, err, KindEncoding)
	}
}

func TestReadBodyLimit(t *testing.T) {
	for _, coding := range []string{"", "gzip", "deflate", "br"} {
		body := encoded(t, coding, strings.Repeat("x", 1000))
		if got, _, err := readBody(answer(body, coding), 1000); len(got) != 1000 || err != nil {
			t.Errorf("readBody(1000 bytes, %q, limit 1000) = %d bytes, %v", coding, len(got), err)
		}
		if got, kind, err := readBody(answer(body, coding), 999); len(got) != 999 || kind != KindTooLarge || !errors.Is(err, ErrTooLarge) {
			t.Errorf("readBody(1000 bytes, %q, limit 999) = %d bytes, %q, %v, want %s", coding, len(got), kind, err, KindTooLarge)
		}
	}
}

// TestReadBodyOfNothing has streams that go on and decode to nothing.
func TestReadBodyOfNothing(t *testing.T) {
	empty := encoded(t, "gzip", "")
	many := bytes.Repeat(empty, 200<<10/len(empty))
	if _, kind, err := readBody(answer(many, "gzip"), 1000); kind != KindTooLarge || !errors.Is(err, ErrTooLarge) {
		t.Errorf("readBody(empty gzip members without end) = %q, %v, want %s", kind, err, KindTooLarge)
	}
	stored := bytes.Repeat([]byte{0, 0, 0, 0xff, 0xff}, 40<<10) // RFC 1951, 3.2.4, length 0
	if _, kind, err := readBody(answer(stored, "deflate"), 1000); kind != KindTooLarge || !errors.Is(err, ErrTooLarge) {
		t.Errorf("readBody(empty deflate blocks without end) = %q, %v, want %s", kind, err, KindTooLarge)
	}
}

func TestReadBodyCut(t *testing.T) {
	long := strings.Repeat(sample, 2000)
	for _, coding := range []string{"gzip", "deflate", "raw-deflate", "br"} {
		whole := encoded(t, coding, long)
		for _, n := range []int{1, 2, len(whole) / 2, len(whole) - 1} {
			body, kind, err := readBody(answer(whole[:n], strings.TrimPrefix(coding, "raw-")), 1<<20)
			if kind != KindTruncated || !errors.Is(err, ErrTruncated) || !strings.HasPrefix(long, string(body)) {
				t.Errorf("readBody(%d of %d bytes, %q) = %d bytes, %q, %v, want %s", n, len(whole), coding, len(body), kind, err, KindTruncated)
			}
		}
	}
}

// TestBombs serves those of the shared bombs that are for the HTTP client.
func TestBombs(t *testing.T) {
	dir := shareddata.Dir(t, "hostile/bombs")
	for _, bomb := range linesOf[struct {
		File string
		Note string
	}](t, filepath.Join(dir, "manifest.jsonl")) {
		_, coding, ok := strings.Cut(bomb.Note, "Content-Encoding: ")
		if !ok {
			continue // an archive or an image: its reader's work
		}
		data, err := os.ReadFile(filepath.Join(dir, bomb.File))
		if err != nil {
			t.Fatal(err)
		}
		base := serve(t, originIP, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", coding)
			w.Write(data)
		})
		c, _ := testClient(t, Config{}, nil)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		res, err := c.Get(t.Context(), Request{URL: base})
		runtime.ReadMemStats(&after)
		if res != nil || !isKind(err, KindTooLarge) && !isKind(err, KindEncoding) {
			t.Errorf("Get of %s as %q = %v, want %s or %s", bomb.File, coding, err, KindTooLarge, KindEncoding)
		}
		if grown := after.TotalAlloc - before.TotalAlloc; grown > 64<<20 {
			t.Errorf("Get of %s allocated %d bytes, want 64 MiB or less", bomb.File, grown)
		}
	}
}

func FuzzReadBody(f *testing.F) {
	for _, coding := range []string{"", "gzip", "deflate", "raw-deflate", "br"} {
		f.Add(strings.TrimPrefix(coding, "raw-"), encoded(f, coding, sample))
	}
	f.Fuzz(func(t *testing.T, coding string, data []byte) {
		body, kind, err := readBody(answer(data, coding), 1000)
		if len(body) > 1000 || (kind == "") != (err == nil) {
			t.Fatalf("readBody(%q, %q) = %d bytes, %q, %v", data, coding, len(body), kind, err)
		}
	})
}
