package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestDemo runs the demo as a newcomer does and looks at what it promises:
// addresses, items of six members and more by a French word with an accent
// left out and a typo in it, and three pages that embed the hub and keep their
// link without it.
func TestDemo(t *testing.T) {
	out, in := &safeBuffer{}, newPipe(t)
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan int, 1)
	go func() { done <- run(ctx, []string{"demo", "--listen=127.0.0.1:0"}, in.r, out, out) }()
	t.Cleanup(func() {
		stop()
		if code := <-done; code != exitDone {
			t.Errorf("demo ended with %d", code)
		}
	})
	addresses := waitFor(t, out, `http://127\.0\.0\.1:\d+/`, 4)
	hub, sites := addresses[0], addresses[1:4]

	t.Run("search", func(t *testing.T) {
		for _, word := range []string{"ecolle", "decmebre"} { // école, décembre
			members := map[string]bool{}
			for _, it := range searchAPI(t, hub, word) {
				members[it.Member.Slug] = true
			}
			if len(members) < 6 {
				t.Errorf("%q finds items of %d members, want at least 6: %v", word, len(members), members)
			}
		}
	})
	for _, site := range sites {
		status, body := get(t, site)
		if status != 200 || !strings.Contains(body, "carillon.js") || !strings.Contains(body, `href="`+hub) {
			t.Errorf("GET %s = %d; want a page with the loader and a link to the hub:\n%.300s", site, status, body)
		}
	}
	t.Run("without the hub", func(t *testing.T) {
		in.line(t)
		waitFor(t, out, `The hub is stopped`, 1)
		for _, site := range sites {
			if status, body := get(t, site); status != 200 || !strings.Contains(body, `href="`+hub) {
				t.Errorf("GET %s without the hub = %d, want the page with its link", site, status)
			}
		}
	})
}

type foundItem struct {
	ID     string                `json:"id"`
	Title  string                `json:"title"`
	URL    string                `json:"url"`
	Member struct{ Slug string } `json:"member"`
	Source struct{ Slug string } `json:"source"`
}

func searchAPI(t *testing.T, hub, words string) []foundItem {
	t.Helper()
	status, body := get(t, hub+"api/v1/search?limit=100&q="+url.QueryEscape(words))
	var found struct{ Items []foundItem }
	if err := json.Unmarshal([]byte(body), &found); err != nil || status != 200 {
		t.Fatalf("search %q = %d, %v: %.300s", words, status, err, body)
	}
	return found.Items
}

// waitFor waits until the output holds n matches of the pattern.
func waitFor(t *testing.T, out *safeBuffer, pattern string, n int) []string {
	t.Helper()
	re := regexp.MustCompile(pattern)
	for deadline := time.Now().Add(30 * time.Second); ; {
		if found := re.FindAllString(out.String(), -1); len(found) >= n {
			return found
		}
		if time.Now().After(deadline) {
			t.Fatalf("no %d matches of %s after 30 s in:\n%s", n, pattern, out)
		}
		<-time.After(20 * time.Millisecond)
	}
}

// safeBuffer is a bytes.Buffer for one writer and one reader at once.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// pipe is a standard input a test can type into.
type pipe struct {
	r *io.PipeReader
	w *io.PipeWriter
}

func newPipe(t *testing.T) pipe {
	r, w := io.Pipe()
	t.Cleanup(func() { w.Close() })
	return pipe{r, w}
}

func (p pipe) line(t *testing.T) {
	t.Helper()
	if _, err := io.WriteString(p.w, "\n"); err != nil {
		t.Fatal(err)
	}
}
