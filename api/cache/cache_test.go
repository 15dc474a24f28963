package cache_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/plonegov/carillon/api/cache"
	"github.com/plonegov/carillon/api/web"
	"github.com/plonegov/carillon/search"
)

// keep puts an answer that may be kept under key, and returns what is given.
func keep(t *testing.T, c *cache.Cache, key, body string) string {
	t.Helper()
	a, err := c.Get(t.Context(), key, func(ctx context.Context) (*web.Answer, error) {
		search.ReadsOf(ctx).Directory()
		return web.New("text/plain", []byte(body), web.Fast), nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return string(a.Body())
}

func TestCacheStaysWithinItsBytes(t *testing.T) {
	const most = 1 << 20
	c := cache.New(most, time.Now)
	body := strings.Repeat("x", 5000)
	kept := 0
	for i := range 2000 {
		keep(t, c, fmt.Sprint(i), body)
		keep(t, c, "asked for all the time", "y")
	}
	for i := range 2000 {
		if c.Find(fmt.Sprint(i)) != nil {
			kept++
		}
	}
	if kept == 0 || kept*2*len(body) > most {
		t.Errorf("%d of 2000 answers of %d bytes are kept in %d bytes; an answer may double by its encodings", kept, len(body), most)
	}
	if got := keep(t, c, "asked for all the time", "anew"); got != "y" {
		t.Error("what is asked for all the time was dropped")
	}
	if keep(t, c, "huge", strings.Repeat("x", most)); c.Find("huge") != nil {
		t.Error("an answer larger than a quarter of the cache is kept")
	}
}

func TestCacheKeepsNoErrorAndNothingUnknown(t *testing.T) {
	c := cache.New(1<<20, time.Now)
	broken := errors.New("broken")
	if _, err := c.Get(t.Context(), "a", func(context.Context) (*web.Answer, error) { return nil, broken }); !errors.Is(err, broken) {
		t.Errorf("Get = %v, want the error of the build", err)
	}
	for name, build := range map[string]func(context.Context) (*web.Answer, error){
		"another status": func(ctx context.Context) (*web.Answer, error) {
			search.ReadsOf(ctx).Directory()
			a := web.New("text/plain", nil, web.Fast)
			a.Status = 404
			return a, nil
		},
		"nothing noted": func(context.Context) (*web.Answer, error) { return web.New("text/plain", nil, web.Fast), nil },
		"something missing": func(ctx context.Context) (*web.Answer, error) {
			search.ReadsOf(ctx).Directory()
			search.ReadsOf(ctx).Never()
			return web.New("text/plain", nil, web.Fast), nil
		},
	} {
		if _, err := c.Get(t.Context(), "a", build); err != nil || c.Find("a") != nil {
			t.Errorf("%s: Get = %v, and it is kept: %v", name, err, c.Find("a") != nil)
		}
	}
}

func TestCacheForgetsInTime(t *testing.T) {
	now := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	c := cache.New(1<<20, func() time.Time { return now })
	keep(t, c, "long", "x")
	_, err := c.Get(t.Context(), "short", func(ctx context.Context) (*web.Answer, error) {
		search.ReadsOf(ctx).Directory()
		search.ReadsOf(ctx).Until(now.Add(time.Minute))
		search.ReadsOf(ctx).Until(now.Add(time.Hour))
		return web.New("text/plain", nil, web.Fast), nil
	})
	if err != nil {
		t.Fatal(err)
	}
	now = now.Add(59 * time.Second)
	if c.Find("short") == nil {
		t.Error("an answer that holds for a minute is forgotten before")
	}
	now = now.Add(time.Second)
	if c.Find("short") != nil || c.Find("long") == nil {
		t.Error("after a minute want the other answer alone")
	}
	if now = now.Add(time.Hour); c.Find("long") != nil {
		t.Error("an answer is given after an hour, whatever it was made of")
	}
	keep(t, c, "long", "x")
	if c.Touch(search.Everything); c.Find("long") != nil {
		t.Error("an answer is given after everything was touched")
	}
}
